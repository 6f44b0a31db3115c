"""Where a mail belongs: by a signed address, or by a Message-ID of ours. Never by its subject."""

from collections.abc import Iterator
from dataclasses import dataclass

from caseway.cases.lifecycle.going_on import survivor_of, talks_at
from caseway.cases.models import Case, Participant
from caseway.cases.types import Audience
from caseway.core.text import normal_address
from caseway.mail.models import Delivery, RawMail
from caseway.mail.reading import ReadMail
from caseway.mail.tokens import conversation_in

MOST_REFERENCES = 100


@dataclass(frozen=True)
class Route:
    """A conversation of one organisation on a case. `named` is the case that the mail spoke of,
    `case` the one that it is on by now."""

    case: Case
    named: Case
    audience: Audience


def route_of(raw: RawMail, mail: ReadMail) -> Route | None:
    """The conversation that the mail proves to know; None where it proves nothing.

    Proof is not enough to join: the sender must take part.
    """
    return _by_address(raw, mail) or _by_reference(raw, mail)


def _by_address(raw: RawMail, mail: ReadMail) -> Route | None:
    named = conversation_in([*raw.recipients, *_addresses(mail)])
    if named is None or named.organisation_id != raw.organisation_id:
        return None
    case = Case.objects.filter(pk=named.case_id, sides__organisation=raw.organisation_id).first()
    return Route(_goes_on_at(case, named.audience), case, named.audience) if case else None


def _by_reference(raw: RawMail, mail: ReadMail) -> Route | None:
    ids = [f"<{i.strip('<>')}>" for i in (mail.in_reply_to, *mail.references[-MOST_REFERENCES:]) if i]
    if not ids:
        return None
    ours = (
        Delivery.objects.filter(header_id__in=ids, organisation=raw.organisation_id, case__isnull=False)
        .exclude(audience="")
        .select_related("case")
        .order_by("-pk")
        .first()
    )
    if ours is None or ours.case is None:
        return None
    audience = Audience(ours.audience)
    return Route(_goes_on_at(ours.case, audience), ours.case, audience)


def _addresses(mail: ReadMail) -> Iterator[str]:
    yield from mail.delivered_to
    for address in (*mail.to, *mail.cc):
        yield address.email


def _goes_on_at(case: Case, audience: Audience) -> Case:
    """Where the conversation goes on after merges: a customer's never on another customer's case."""
    return talks_at(case) if audience is Audience.CUSTOMER else survivor_of(case)


def participant_on(route: Route, address: str) -> Participant | None:
    """The approved participant of the conversation with this address.

    A partner's people take part under their own organisation, a customer's under ours.
    """
    return (
        Participant.objects.filter(
            case__in={route.case.pk, route.named.pk},
            audience=route.audience,
            address=normal_address(address),
            is_approved=True,
        )
        .select_related("contact", "organisation")
        .order_by("-pk")
        .first()
    )
