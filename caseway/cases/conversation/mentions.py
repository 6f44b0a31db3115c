"""Naming colleagues in notes: "@Ben Okafor", or "@ben@larkfield.example" where two have one name."""

import re
from collections.abc import Iterable

from caseway.accounts.models import Membership
from caseway.accounts.permissions import Permission
from caseway.accounts.viewer import Viewer
from caseway.cases.models import Mention, Message, Side
from caseway.cases.types import Audience

NOTES = (Audience.TEAM, Audience.RECORD)


def colleagues_who_read(side: Side, audience: Audience) -> list[Membership]:
    """Who could read a note of this audience once it names them: the record only its own readers."""
    seats = Membership.objects.filter(organisation=side.organisation_id, is_active=True)
    rows = (
        seats.filter(person__is_active=True).select_related("person", "role").order_by("person__name", "pk")
    )
    if audience is Audience.TEAM:
        return list(rows)
    return [
        one for one in rows if Permission.RECORDS in one.role.permissions or one.person_id == side.owner_id
    ]


def call_for(one: Membership, others: Iterable[Membership]) -> str:
    """How to name them without doubt."""
    twins = sum(other.person.name == one.person.name for other in others)
    return f"@{one.person.name}" if twins == 1 and one.person.name else f"@{one.person.email}"


def note_mentions(message: Message, side: Side, by: Viewer) -> list[int]:
    """Store whom a note names, its writer excepted; gives their ids. No query where there is no sign."""
    if message.audience not in NOTES or "@" not in message.text:
        return []
    seats = colleagues_who_read(side, Audience(message.audience))
    named = [one.person_id for one in _named_in(message.text, seats) if one.person_id != by.person_id]
    Mention.objects.bulk_create(
        [
            Mention(
                message=message, case_id=message.case_id, person_id=key, organisation_id=side.organisation_id
            )
            for key in named
        ]
    )
    return named


def _named_in(text: str, seats: list[Membership]) -> list[Membership]:
    """The longest names first, so that "@Ana Ferreira" doesn't name an Ana as well."""
    found, left = [], text
    for one in sorted(seats, key=lambda one: -len(call_for(one, seats))):
        for call in {call_for(one, seats), f"@{one.person.email}"}:
            whole = re.compile(rf"(?<![\w@.]){re.escape(call)}(?![\w@])", re.IGNORECASE)
            if whole.search(left):
                left = whole.sub(" ", left)
                found.append(one)
                break
    return found
