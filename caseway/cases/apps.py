"""The heart: cases, their sides, what was said and what happened."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "caseway.cases"
    label = "cases"
    verbose_name = "Cases"
    default_auto_field = "django.db.models.BigAutoField"
