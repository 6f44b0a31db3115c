"""`/brands/…`."""

from django.urls import path

from . import views

urlpatterns = [path("<slug:digest>.png", views.logo, name="brand_logo")]
