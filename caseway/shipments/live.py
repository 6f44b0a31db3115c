"""Where a shipment is just now, in words for its customer: what answers "where is my order"."""

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from markupsafe import Markup

from caseway.accounts.reader import language_of, zone_of
from caseway.accounts.viewer import Viewer
from caseway.core.clock import now
from caseway.core.ui.times import stamp

from .models import Shipment, ShipmentEvent
from .wording import UNDER_WAY, expected_words

Status = Shipment.Status
SILENCE = timedelta(days=3)
"""How long a shipment under way may be without news before we say so."""


@dataclass(frozen=True)
class LiveStatus:
    """`words` say where it is; `more` holds further sentences. `is_bad` and `is_late` ask for attention."""

    shipment: Shipment
    words: Markup
    more: list[Markup]
    is_bad: bool
    is_late: bool


def status_for_customer(
    shipment: Shipment, viewer: Viewer, events: Sequence[ShipmentEvent] | None = None
) -> LiveStatus:
    """How the shipment stands, in the viewer's time zone and language.

    `events` are its latest, newest first, where they are loaded already; else one query.
    """
    known = list(shipment.events.all()[:20]) if events is None else events
    with ExitStack() as reader:
        reader.enter_context(timezone.override(zone_of(viewer)))
        if language := language_of(viewer):
            reader.enter_context(translation.override(language))
        return _told(shipment, known)


def _told(shipment: Shipment, events: Sequence[ShipmentEvent]) -> LiveStatus:
    under_way = shipment.status in UNDER_WAY | {Status.EXCEPTION}
    late = bool(under_way and shipment.eta and shipment.eta < now())
    sentences = [_now(shipment, events)]
    if shipment.status not in (Status.DELIVERED, Status.CANCELLED):
        sentences += [*_what_went_wrong(shipment, events), *_expected(shipment, late=late)]
    sentences += _silence(shipment, events)
    return LiveStatus(
        shipment=shipment,
        words=sentences[0],
        more=sentences[1:],
        is_bad=shipment.status in (Status.EXCEPTION, Status.RETURNED),
        is_late=late,
    )


def _now(shipment: Shipment, events: Sequence[ShipmentEvent]) -> Markup:
    """The first sentence: the status and since when, where and what the carrier noted."""
    latest = events[0] if events else None
    status = str(shipment.get_status_display())
    if shipment.status == Status.DELIVERED:
        return _delivered(shipment, latest)
    if latest is None or shipment.status in (Status.PLANNED, Status.CANCELLED):
        return Markup("{}").format(_("%(status)s.") % {"status": status})
    if shipment.status == Status.OUT_FOR_DELIVERY:
        return _fill(_("%(status)s since %(moment)s."), status=status, moment=_moment(latest))
    if latest.is_exception:  # told by the sentence of what went wrong
        return Markup("{}").format(_("%(status)s.") % {"status": status})
    told = _("%(status)s: %(event)s, %(moment)s.")
    return _fill(told, status=status, event=_event(latest), moment=_moment(latest))


def _delivered(shipment: Shipment, latest: ShipmentEvent | None) -> Markup:
    status = str(shipment.get_status_display())
    at = shipment.delivered_at or (latest.happened_at if latest else None)
    if at is None:
        return Markup("{}").format(_("%(status)s.") % {"status": status})
    # The carrier's own words name who signed.
    noted = _event(latest) if latest and not latest.is_exception else status
    return _fill(_("%(event)s, %(moment)s."), event=noted, moment=stamp(at, inside=True))


def _what_went_wrong(shipment: Shipment, events: Sequence[ShipmentEvent]) -> list[Markup]:
    if shipment.status != Status.EXCEPTION:
        return []
    wrong = next((event for event in events if event.is_exception), None)
    if wrong is None:
        return []
    return [_fill(_("%(event)s, %(moment)s."), event=_event(wrong), moment=_moment(wrong))]


def _expected(shipment: Shipment, *, late: bool) -> list[Markup]:
    if shipment.eta is None or shipment.status == Status.RETURNED:
        return []
    words = expected_words(shipment.eta)
    told = _("It is late: it %(was_expected)s.") % {"was_expected": words} if late else f"{_capital(words)}."
    return [Markup("{}").format(told)]


def _silence(shipment: Shipment, events: Sequence[ShipmentEvent]) -> list[Markup]:
    waits = shipment.status in UNDER_WAY - {Status.PLANNED} | {Status.EXCEPTION}
    if not waits or not events or (passed := now() - events[0].happened_at) < SILENCE:
        return []
    told = ngettext("No news for %(num)s day.", "No news for %(num)s days.", passed.days)
    return [Markup("{}").format(told % {"num": passed.days})]


def _event(event: ShipmentEvent) -> str:
    return ", ".join(part for part in (event.description, event.place) if part)


def _moment(event: ShipmentEvent) -> Markup:
    return stamp(event.happened_at, inside=True)


def _fill(sentence: str, **values: object) -> Markup:
    """The sentence with its values, of which only markup of ours isn't escaped."""
    return Markup(sentence.replace("&", "&amp;").replace("<", "&lt;")) % values  # noqa: S704


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
