"""The desk as a Django app: no tables of its own."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Where agents work."""

    name = "caseway.desk"
