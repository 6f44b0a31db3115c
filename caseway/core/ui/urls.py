"""Addresses of the kit."""

from django.conf import settings
from django.urls import path, register_converter
from django.urls.converters import StringConverter

from caseway.core.ui import views
from caseway.core.ui.reference.urls import urlpatterns as reference


class ColourConverter(StringConverter):
    """Six lower-case hex digits."""

    regex = "[0-9a-f]{6}"


register_converter(ColourConverter, "colour")

app_name = "ui"
brands = [
    path("ui/brand-<colour:colour>.css", views.brand, name="brand"),
    path("ui/trying-<colour:colour>.css", views.preview, name="trying"),
]
urlpatterns = [*brands, *(reference if settings.DEBUG else [])]
