"""What is told at once, and who else is here."""

from django.apps import AppConfig


class LiveConfig(AppConfig):
    name = "caseway.live"
    label = "live"
    verbose_name = "Live"
    default_auto_field = "django.db.models.BigAutoField"
