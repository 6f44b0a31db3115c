"""The core: what every slice stands on, without a word of the domain."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "caseway.core"
    label = "core"
    default_auto_field = "django.db.models.BigAutoField"
