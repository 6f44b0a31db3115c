"""How a shipment stands, in a few words and in the reader's own time."""

from datetime import datetime, timedelta

from babel.dates import format_skeleton, format_time
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from caseway.core.clock import now
from caseway.core.ui.locales import reader_locale

from .matching import match_of
from .models import Shipment
from .numbers import Recognised, StoredKind

Status = Shipment.Status
UNDER_WAY = frozenset({Status.PLANNED, Status.PICKED_UP, Status.IN_TRANSIT, Status.OUT_FOR_DELIVERY})


def standing_of(shipment: Shipment) -> str:
    """For example "Delivered 19 Nov" or "Out for delivery, expected today by 17:00"."""
    status = str(shipment.get_status_display())
    if shipment.status == Status.DELIVERED and shipment.delivered_at:
        return _("%(status)s %(day)s") % {"status": status, "day": _day(shipment.delivered_at)}
    if shipment.eta is None or shipment.status not in UNDER_WAY | {Status.EXCEPTION}:
        return status
    return _("%(status)s, %(expected)s") % {"status": status, "expected": expected_words(shipment.eta)}


def expected_words(eta: datetime) -> str:
    """For example "expected today by 17:00" or "was expected 18 Nov", in the active zone and language."""
    if eta < now():
        return _("was expected %(day)s") % {"day": _day(eta)}
    at = localtime(eta)
    away = (at.date() - localtime(now()).date()).days
    if away > 1:
        return _("expected %(day)s") % {"day": _day(eta)}
    # A feed that gives the day alone means its last minute.
    if (at + timedelta(minutes=1)).date() > at.date():
        return _("expected tomorrow") if away else _("expected today")
    clock = {"time": format_time(at, "short", locale=reader_locale())}
    return _("expected tomorrow by %(time)s") % clock if away else _("expected today by %(time)s") % clock


def _day(moment: datetime) -> str:
    at = localtime(moment)
    skeleton = "MMMd" if at.year == localtime(now()).year else "yMMMd"
    return format_skeleton(skeleton, at, locale=reader_locale())


def taken_for(wanted: Recognised) -> str:
    """What a typed number was taken for, in a sentence; "" where it may be anything."""
    if wanted.kind is None:
        return ""
    kind = str(wanted.kind.label)
    if wanted.fits is False:
        return _(
            "We took this for: %(kind)s. Its check digit does not fit, so one digit may be mistyped; "
            "we searched for it all the same."
        ) % {"kind": kind}
    return _("We took this for: %(kind)s.") % {"kind": kind}


def found_by(shipment: Shipment, wanted: Recognised) -> str:
    """By which number `wanted` finds the shipment, as "Order number 4471902"; "" by its own number."""
    match = match_of(shipment, wanted)
    if match is None or match.kind is StoredKind.SHIPMENT:
        return ""
    return _("%(kind)s %(number)s") % {"kind": match.kind.label, "number": match.number}
