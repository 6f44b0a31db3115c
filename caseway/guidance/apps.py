"""Guides, rendered safely and found by words and by meaning."""

from django.apps import AppConfig


class GuidanceConfig(AppConfig):
    name = "caseway.guidance"
    label = "guidance"
    verbose_name = "Guidance"
    default_auto_field = "django.db.models.BigAutoField"
