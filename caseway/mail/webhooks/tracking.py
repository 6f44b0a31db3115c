"""What a provider tells of a mail of ours: it arrived, or it will not, or its reader complained."""

from datetime import timedelta
from typing import Any

from anymail.signals import AnymailTrackingEvent, EventType, RejectReason

from caseway.core.clock import now
from caseway.core.text import normal_address
from caseway.mail.incoming.bounces import note_came_back
from caseway.mail.models import Delivery
from caseway.mail.reading import Bounce

UNDELIVERABLE = frozenset({EventType.BOUNCED, EventType.REJECTED, EventType.COMPLAINED})
FOR_GOOD = frozenset(
    {RejectReason.BOUNCED, RejectReason.INVALID, RejectReason.SPAM, RejectReason.UNSUBSCRIBED}
)
FOR_NOW = frozenset({"SoftBounce", "Transient", "DnsError", "Undetermined"})
"""Postmark's and Amazon's words for what may work another time; django-anymail counts them among bounces."""
REMEMBERED = timedelta(days=10)
"""So long a report finds a mail by its recipient, where the provider has an id of its own for it."""


def note_event(event: AnymailTrackingEvent) -> bool:
    """Mark the delivery and the address; whether the report is about a mail of ours.

    A complaint marks its address as a bounce does: whoever complains wants no more.
    """
    delivery = _delivery_of(event)
    if delivery is None:
        return False
    if event.event_type == EventType.DELIVERED:
        at = event.timestamp or now()
        Delivery.objects.filter(pk=delivery.pk, delivered_at__isnull=True).update(delivered_at=at)
    elif event.event_type in UNDELIVERABLE:
        note_came_back(delivery, _bounce_of(event), at=event.timestamp or now())
    return True


def _bounce_of(event: AnymailTrackingEvent) -> Bounce:
    words = str(event.mta_response or event.description or event.reject_reason or "")
    kind = str(event.event_type)
    return Bounce(str(event.recipient or ""), kind, words, permanent=_is_for_good(event))


def _is_for_good(event: AnymailTrackingEvent) -> bool:
    told = _told(event)
    bounce = told.get("bounce")
    kinds = {told.get("Type"), bounce.get("bounceType") if isinstance(bounce, dict) else None}
    return event.reject_reason in FOR_GOOD and not kinds & FOR_NOW


def _told(event: AnymailTrackingEvent) -> dict[str, Any]:
    return event.esp_event if isinstance(event.esp_event, dict) else {}


def _original_id(event: AnymailTrackingEvent) -> str:
    """The Message-ID that we gave: Amazon replaces it, and tells of it beside its own."""
    mail = _told(event).get("mail")
    headers = mail.get("commonHeaders") if isinstance(mail, dict) else None
    return str(headers.get("messageId") or "") if isinstance(headers, dict) else ""


def _delivery_of(event: AnymailTrackingEvent) -> Delivery | None:
    sent = Delivery.objects.filter(state__in=[Delivery.State.SENT, Delivery.State.BOUNCED])
    known = [f"<{one.strip('<>')}>" for one in (str(event.message_id or ""), _original_id(event)) if one]
    found = sent.filter(header_id__in=known).first()
    if found:
        return found
    recipient = normal_address(str(event.recipient or ""))
    if not recipient:
        return None
    recent = sent.filter(address=recipient, sent_at__gte=now() - REMEMBERED)
    return recent.order_by("-sent_at").first()
