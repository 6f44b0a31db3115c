"""The addresses of the links in mails to partners. Short, since people see them."""

from django.urls import path

from . import views

urlpatterns = [
    path("<str:token>/", views.answering, name="answering"),
    path("<str:token>/files/<uuid:key>/", views.answering_file, name="answering_file"),
]
