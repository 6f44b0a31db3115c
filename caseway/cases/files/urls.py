"""Addresses of files, mounted by desk and portal under their own names: `portal:file`, `desk:file`."""

from django.urls import path

from . import uploading, views

urlpatterns = [
    path("", uploading.start, name="files"),
    path("uploads/<uuid:upload>/", uploading.upload, name="upload"),
    path("uploads/<uuid:upload>/parts/<int:offset>", uploading.part, name="part"),
    path("uploads/<uuid:upload>/finish", uploading.completion, name="completion"),
    path("<uuid:key>/", views.file, name="file"),
    path("<uuid:key>/picture", views.picture, name="picture"),
]
