"""What a number can be."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class NumberKind(TextChoices):
    """The kinds that are told apart, in words for a person.

    The first seven are those that a shipment is stored with; the others are seen by their shape.
    """

    SHIPMENT = "shipment", _("Shipment number")
    TRACKING = "tracking", _("Tracking number")
    REFERENCE = "reference", _("Reference number")
    PO = "po", _("PO")
    BOL = "bol", _("BOL")
    ORDER = "order", _("Order number")
    RA = "ra", _("RA number")
    PRO = "pro", _("PRO number")
    CONTAINER = "container", _("Container number")
    SSCC = "sscc", _("SSCC")
    POSTAL = "postal", _("Postal item number")
    UPS = "ups", _("UPS tracking number")
    USPS = "usps", _("USPS tracking number")
    FEDEX = "fedex", _("FedEx tracking number")
    DHL = "dhl", _("DHL tracking number")
