"""Addresses for machines."""

from django.urls import path

from caseway.core.health.views import live, ready
from caseway.core.metrics.views import metrics

urlpatterns = [
    path("health/live", live, name="health-live"),
    path("health/ready", ready, name="health-ready"),
    path("metrics", metrics, name="metrics"),
]
