"""Addresses of the reference pages."""

from django.urls import path

from caseway.core.ui.reference import views

urlpatterns = [
    path("dev/components", views.desk_components, name="components"),
    path("dev/components/portal", views.portal_components, name="portal_components"),
    path("dev/components/upload", views.upload, name="sample_upload"),
    path("dev/components/draft", views.draft, name="sample_draft"),
    path("dev/components/post", views.post, name="sample_post"),
]
