"""Shipments in the admin: to look at. What changes them is the feed."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from .models import Shipment, ShipmentEvent


class ReadOnly:
    """Neither adds nor changes nor deletes."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False


class EventInline(ReadOnly, admin.TabularInline):  # type: ignore[type-arg]
    """What happened to it."""

    model = ShipmentEvent
    extra = 0


@admin.register(Shipment)
class ShipmentAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    """Goods on their way."""

    inlines = (EventInline,)
    list_display = ("number", "organisation", "tracking_number", "status", "carrier_label", "updated_at")
    list_filter = ("organisation", "status", "mode")
    search_fields = ("numbers__value",)
    search_help_text = "The beginning of any number, without blanks and dashes, in upper case"
    list_select_related = ("organisation", "carrier")
    show_full_result_count = False
