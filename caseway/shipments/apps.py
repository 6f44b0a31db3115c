"""Shipments, their numbers and their events."""

from django.apps import AppConfig


class ShipmentsConfig(AppConfig):
    name = "caseway.shipments"
    label = "shipments"
    verbose_name = "Shipments"
    default_auto_field = "django.db.models.BigAutoField"
