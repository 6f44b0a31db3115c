"""The portal as a Django app: no tables of its own."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Where customers come."""

    name = "caseway.portal"
