"""The filter bar of the shipments: one chip per field, with what its popover offers."""

from collections.abc import Sequence

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from caseway.accounts.models import Organisation
from caseway.accounts.viewer import Viewer
from caseway.desk.queue.chips import SHOWN, Choice, FilterChip, Moments
from caseway.shipments.filtering import ShipmentFilter
from caseway.shipments.models import Shipment

MOST_PARTIES = 60


def chips_for(wanted: ShipmentFilter, viewer: Viewer, *, q: str) -> list[FilterChip]:
    """The chips in their order; one query, for the carriers (of a shipper) or shippers (of a carrier)."""
    wrong = [("any", _("Something went wrong")), ("none", _("Nothing went wrong"))]
    return [
        _chip("status", _("Status"), Shipment.Status.choices, wanted, q),
        _chip("exception", _("Exceptions"), wrong, wanted, q),
        _parties(wanted, viewer, q),
        _chip("mode", _("Mode"), Shipment.Mode.choices, wanted, q),
        _chip("direction", _("Direction"), Shipment.Direction.choices, wanted, q),
        _eta(wanted, q),
    ]


def carries(viewer: Viewer) -> bool:
    """Whether the viewer's organisation carries: the other party of a shipment is the shipper then."""
    return viewer.organisation is not None and viewer.organisation.kind == Organisation.Kind.CARRIER


def _chip(
    name: str, label: str, choices: Sequence[tuple[str, object]], wanted: ShipmentFilter, q: str
) -> FilterChip:
    chosen = getattr(wanted, name)
    offered = [Choice(value, str(words), value in chosen) for value, words in choices]
    named = [choice.label for choice in offered if choice.chosen]
    return FilterChip(
        name=name,
        label=label,
        value=", ".join(named[:SHOWN]),
        more=max(len(named) - SHOWN, 0),
        without=wanted.without(name).query_string(q=q),
        choices=offered,
    )


def _parties(wanted: ShipmentFilter, viewer: Viewer, q: str) -> FilterChip:
    """The other party: those with whom there is, or was, a partnership."""
    ours = viewer.organisation_id
    with_us = Q(partnerships_as_shipper__carrier=ours) | Q(partnerships_as_carrier__shipper=ours)
    found = Organisation.objects.filter(with_us).order_by("name").distinct()
    choices = list(found.values_list("slug", "name")[:MOST_PARTIES])
    name, label = ("shipper", _("Shipper")) if carries(viewer) else ("carrier", _("Carrier"))
    return _chip(name, label, choices, wanted, q)


def _eta(wanted: ShipmentFilter, q: str) -> FilterChip:
    first, last = wanted.eta_after, wanted.eta_before
    days = [date_format(day, "MONTH_DAY_FORMAT") if day else "…" for day in (first, last)]
    return FilterChip(
        name="eta",
        label=_("ETA"),
        value=" – ".join(days) if first or last else "",
        without=wanted.without("eta_after", "eta_before").query_string(q=q),
        moments=Moments(first.isoformat() if first else "", last.isoformat() if last else ""),
    )
