"""What an agent chose to be told of, and how: as `/me` gives and takes it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import time
from typing import Annotated

from django.utils.translation import gettext as _
from pydantic import Field, StrictBool

from caseway.accounts.models import Membership
from caseway.api.http.answers import In, Out
from caseway.core.errors import Invalid
from caseway.notifications.choosing.choices import Chosen, chosen_by, chosen_in
from caseway.notifications.models import Choices, Kind

OWNED_CASES = "owned_cases"
Clock = Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]


class Ways(Out):
    """How you are told of one kind of event."""

    shown: bool = Field(description="In Caseway: at `GET /notifications`")
    mailed: bool = Field(description="By e-mail at once")
    digested: bool = Field(description="In the daily digest, while it is unread")


class Events(Out):
    """How you are told, by kind of event."""

    mentioned: Ways
    mine: Ways = Field(description="Your cases and tasks; `mailed` is the same as `owned_cases`")
    followed: Ways
    unassigned: Ways


class WaysIn(In):
    """Ways to change; what is left out or null stays."""

    shown: StrictBool | None = None
    mailed: StrictBool | None = None
    digested: StrictBool | None = None


class EventsIn(In):
    """Kinds to change; what is left out or null stays."""

    mentioned: WaysIn | None = None
    mine: WaysIn | None = None
    followed: WaysIn | None = None
    unassigned: WaysIn | None = None


def chosen_at(seat: Membership, *, lock: bool) -> Chosen:
    """The seat's choices; with `lock` as they are stored now, and stay to the transaction's end."""
    if not lock:
        return chosen_by(seat)
    return chosen_in(Choices.objects.select_for_update().filter(seat=seat).first(), seat)


def events_of(chosen: Chosen) -> Events:
    """The choices, by kind."""
    return Events(
        **{kind.value: Ways(**{way: kind in on for way, on in chosen.ways().items()}) for kind in Kind}
    )


def changed(
    stored: Chosen, events: EventsIn | None, *, owned_cases: bool | None, digest_at: str | None
) -> Chosen:
    """The choices with what was sent in them. Raises Invalid where it contradicts itself."""
    sent: Mapping[str, Mapping[str, bool | None]] = events.model_dump(exclude_none=True) if events else {}
    mine = sent.get(Kind.MINE.value, {}).get("mailed")
    if owned_cases is not None and mine is not None and owned_cases != mine:
        words = _("This says the opposite of events.mine.mailed.")
        raise Invalid({f"notifications.{OWNED_CASES}": words})
    if owned_cases is not None:
        sent = {**sent, Kind.MINE.value: {**sent.get(Kind.MINE.value, {}), "mailed": owned_cases}}
    ways = {
        way: frozenset(k for k in Kind if sent.get(k.value, {}).get(way, k in on))
        for way, on in stored.ways().items()
    }
    moment = time.fromisoformat(digest_at) if digest_at else stored.digest_at
    return replace(stored, **ways, digest_at=moment)
