"""The REST API: tokens, what every operation has in common, and the operations themselves."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "caseway.api"
    label = "api"
    verbose_name = "API"
    default_auto_field = "django.db.models.BigAutoField"
