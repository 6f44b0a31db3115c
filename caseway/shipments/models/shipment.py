"""A shipment as the order feed tells it."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models.functions import Collate, Upper
from django.utils.translation import gettext_lazy as _

from caseway.accounts.models import Brand, Organisation
from caseway.core.clock import now
from caseway.customers.models import CustomerAccount
from caseway.shipments.numbers import StoredKind

from .access import ShipmentQuerySet
from .place import ENDS, Place

BETWEEN = "[ \t./()#-]+"
"""What the parts of a number are told apart by, and nobody means."""


def _compared(column: str) -> models.GeneratedField:
    """A column as its beginning is asked for: upper case, without what stands between the parts."""
    parts = (models.F(column), models.Value(BETWEEN), models.Value(""), models.Value("g"))
    return models.GeneratedField(
        expression=Upper(Collate(models.Func(*parts, function="regexp_replace"), "C")),
        output_field=models.CharField(max_length=60, db_collation="C"),
        db_persist=True,
    )


BEGINNINGS = {
    "po": "purchase_order",
    "reference": "reference_number",
    "origin_postal": "origin_postal_code",
    "dest_postal": "destination_postal_code",
}
"""Indexes for what begins so, and their columns."""


class Shipment(models.Model):
    """Goods on their way, from one organisation's feed; seen by its shipper and its carrier.

    The customer account is the feeding organisation's own knowledge and never shown to the other.
    """

    class Mode(models.TextChoices):
        PARCEL = "parcel", _("Parcel")
        FREIGHT = "freight", _("Freight")

    class Direction(models.TextChoices):
        INBOUND = "inbound", _("Inbound")
        OUTBOUND = "outbound", _("Outbound")
        THIRD_PARTY = "third_party", _("Third party")

    class Status(models.TextChoices):
        PLANNED = "planned", _("Planned")
        PICKED_UP = "picked_up", _("Picked up")
        IN_TRANSIT = "in_transit", _("In transit")
        OUT_FOR_DELIVERY = "out_for_delivery", _("Out for delivery")
        DELIVERED = "delivered", _("Delivered")
        EXCEPTION = "exception", _("Exception")
        RETURNED = "returned", _("Returned")
        CANCELLED = "cancelled", _("Cancelled")

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="fed_shipments", help_text=_("Whose feed told it")
    )
    number = models.CharField(_("shipment number"), max_length=60, db_collation="C")
    tracking_number = models.CharField(max_length=60, blank=True)
    reference_number = models.CharField(max_length=60, blank=True)
    purchase_order = models.CharField(_("PO"), max_length=60, blank=True)
    bill_of_lading = models.CharField(_("BOL"), max_length=60, blank=True)
    order_number = models.CharField(_("order"), max_length=60, blank=True)
    return_authorization = models.CharField(_("RA"), max_length=60, blank=True)
    shipper = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="shipments_sent"
    )
    shipper_name = models.CharField(max_length=120, blank=True)
    carrier = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="shipments_carried"
    )
    carrier_name = models.CharField(max_length=120, blank=True)
    brand = models.ForeignKey(Brand, models.SET_NULL, null=True, blank=True)
    account = models.ForeignKey(
        CustomerAccount, models.SET_NULL, null=True, blank=True, related_name="shipments"
    )
    mode = models.CharField(max_length=8, choices=Mode, default=Mode.PARCEL)
    direction = models.CharField(max_length=12, choices=Direction, default=Direction.OUTBOUND)
    region = models.CharField(max_length=60, blank=True)
    status = models.CharField(max_length=20, choices=Status, default=Status.PLANNED)
    goods = models.CharField(max_length=200, blank=True)
    eta = models.DateTimeField(_("ETA"), null=True, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)
    origin_name = models.CharField(max_length=160, blank=True)
    origin_address = models.CharField(max_length=250, blank=True)
    origin_postal_code = models.CharField(max_length=20, blank=True)
    origin_country = models.CharField(max_length=2, blank=True)
    destination_name = models.CharField(max_length=160, blank=True)
    destination_address = models.CharField(max_length=250, blank=True)
    destination_postal_code = models.CharField(max_length=20, blank=True)
    destination_country = models.CharField(max_length=2, blank=True)
    created_at = models.DateTimeField(default=now)
    updated_at = models.DateTimeField(default=now)

    # What lists of cases are filtered by; follows from the columns above.
    origin_place = models.ForeignKey(Place, models.SET_NULL, null=True, editable=False, related_name="+")
    destination_place = models.ForeignKey(Place, models.SET_NULL, null=True, editable=False, related_name="+")
    purchase_order_compared = _compared("purchase_order")
    reference_number_compared = _compared("reference_number")
    origin_postal_code_compared = _compared("origin_postal_code")
    destination_postal_code_compared = _compared("destination_postal_code")

    objects = ShipmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("shipment")
        verbose_name_plural = _("shipments")
        constraints = [models.UniqueConstraint(fields=["organisation", "number"], name="shipment_number")]
        indexes = [
            models.Index(fields=["organisation", "-updated_at", "-id"], name="shipment_feed_recent"),
            models.Index(fields=["carrier", "-updated_at", "-id"], name="shipment_carrier_recent"),
            models.Index(fields=["account", "-updated_at", "-id"], name="shipment_account_recent"),
            # With the id: which shipments fit is read from the index alone.
            models.Index(fields=["organisation", "region"], name="shipment_in_region", include=["id"]),
            *(
                models.Index(
                    fields=["organisation", f"{column}_compared"], name=f"shipment_by_{name}", include=["id"]
                )
                for name, column in BEGINNINGS.items()
            ),
            *(
                models.Index(fields=[f"{end}_place", "organisation"], name=f"shipment_{name}", include=["id"])
                for name, end in (("from", "origin"), ("to", "destination"))
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def save(self, *, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        """Store it with its places. `bulk_create` and `bulk_update` know nothing of them: call
        `Place.objects.settle` first."""
        fields = None if update_fields is None else set(update_fields)
        if fields is None or fields & {f"{end}_name" for end in ENDS}:
            Place.objects.settle([self])
            fields = None if fields is None else fields | {f"{end}_place" for end in ENDS}
        super().save(update_fields=fields, **kwargs)

    @property
    def carrier_label(self) -> str:
        """The carrier's name, whether or not it is an organisation here."""
        return self.carrier.name if self.carrier else self.carrier_name

    @property
    def shipper_label(self) -> str:
        """The shipper's name, whether or not it is an organisation here."""
        return self.shipper.name if self.shipper else self.shipper_name


class ShipmentNumber(models.Model):
    """One number of a shipment, normalised for search: upper case, without blanks and dashes."""

    shipment = models.ForeignKey(Shipment, models.CASCADE, related_name="numbers")
    kind = models.CharField(max_length=10, choices=StoredKind)
    value = models.CharField(max_length=60, db_collation="C")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shipment", "kind"], name="shipment_number_kind")]
        indexes = [models.Index(fields=["value", "shipment"], name="shipment_number_value")]

    def __str__(self) -> str:
        return self.value


class ShipmentEvent(models.Model):
    """Something that happened to a shipment. An exception is an event that went wrong."""

    shipment = models.ForeignKey(Shipment, models.CASCADE, related_name="events")
    happened_at = models.DateTimeField()
    code = models.CharField(max_length=40)
    description = models.CharField(max_length=200)
    place = models.CharField(max_length=160, blank=True)
    is_exception = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("shipment event")
        verbose_name_plural = _("shipment events")
        ordering = ("-happened_at", "-id")
        constraints = [
            models.UniqueConstraint(
                fields=["shipment", "happened_at", "code", "place"], name="shipment_event_once"
            )
        ]

    def __str__(self) -> str:
        return self.description
