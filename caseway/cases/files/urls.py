"""Addresses of files, mounted by desk and portal under their own names: `portal:file`, `desk:file`."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.take, name="files"),
    path("<uuid:key>/", views.file, name="file"),
    path("<uuid:key>/picture", views.picture, name="picture"),
]
