"""Addresses of the development outbox."""

from django.urls import path

from . import views

app_name = "outbox"
urlpatterns = [
    path("", views.outbox, name="list"),
    path("<int:key>/", views.letter, name="letter"),
    path("<int:key>/html/", views.letter_html, name="html"),
    path("<int:key>.eml", views.letter_source, name="source"),
]
