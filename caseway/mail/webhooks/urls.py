"""Addresses for providers."""

from django.urls import path

from . import views

app_name = "mail_hooks"
urlpatterns = [
    path("<slug:name>/inbound/", views.inbound, name="inbound"),
    path("<slug:name>/tracking/", views.tracking, name="tracking"),
]
