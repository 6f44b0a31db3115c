"""Mail in and out."""

from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "caseway.mail"
    label = "mail"
    verbose_name = "Mail"
    default_auto_field = "django.db.models.BigAutoField"
