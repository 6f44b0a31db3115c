"""What a number can be."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class StoredKind(TextChoices):
    """The kinds of numbers that a shipment is stored with: what they are to its parties."""

    SHIPMENT = "shipment", _("Shipment number")
    TRACKING = "tracking", _("Tracking number")
    REFERENCE = "reference", _("Reference number")
    PO = "po", _("PO")
    BOL = "bol", _("BOL")
    ORDER = "order", _("Order number")
    RA = "ra", _("RA number")


class SeenKind(TextChoices):
    """The kinds that are seen in the number itself or said before it; stored as any of the others."""

    PRO = "pro", _("PRO number")
    CONTAINER = "container", _("Container number")
    SSCC = "sscc", _("SSCC")
    POSTAL = "postal", _("Postal item number")
    UPS = "ups", _("UPS tracking number")
    USPS = "usps", _("USPS tracking number")
    FEDEX = "fedex", _("FedEx tracking number")
    DHL = "dhl", _("DHL tracking number")


NumberKind = StoredKind | SeenKind
"""Whatever a number may be taken for; `label` is its kind in words for a person."""
