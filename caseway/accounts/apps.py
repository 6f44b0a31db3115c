"""Organisations, people, roles and partnerships."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "caseway.accounts"
    label = "accounts"
    verbose_name = "Organisations and people"
    default_auto_field = "django.db.models.BigAutoField"
