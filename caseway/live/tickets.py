"""Who comes with which session: asked anew for all open streams together, a handful of queries."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.utils.crypto import constant_time_compare

from caseway.accounts.brands.hosts import brand_of_host
from caseway.accounts.models import Person
from caseway.accounts.seats import CHOSEN_DESK
from caseway.accounts.second_factor.queries import with_second_factor
from caseway.accounts.viewer import NOBODY, Viewer
from caseway.core.clock import now
from caseway.customers.viewers import desk_viewers_of, portal_viewers_of

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True)
class Ticket:
    """What a stream was asked for with: the session's key, for which seat, at which host."""

    session_key: str
    at_portal: bool = False
    host: str = ""


@dataclass(frozen=True)
class SignedIn:
    """A session that is believed."""

    person: Person
    chosen_desk: int | None


def viewers_of(tickets: Mapping[K, Ticket]) -> dict[K, Viewer]:
    """The viewer of each ticket: nobody for a session that ended, a person who may not, a lost seat.

    The rules are those of pages: an unexpired session whose hash fits the person, who is active and
    chose their password themselves; a desk that asks for a second factor is open to whoever has one.
    """
    sessions = _sessions_of({ticket.session_key for ticket in tickets.values()})
    here = {key: sessions.get(ticket.session_key) for key, ticket in tickets.items()}
    at_desk = _seated(tickets, here, at_portal=False)
    viewers = dict.fromkeys(tickets, NOBODY)
    viewers |= desk_viewers_of(
        {key: (signed_in.person, signed_in.chosen_desk) for key, signed_in in at_desk.items()}
    )
    hosts = {ticket.host: brand_of_host(ticket.host) for ticket in tickets.values() if ticket.at_portal}
    viewers |= portal_viewers_of(
        {
            key: (signed_in.person, brand.organisation_id if (brand := hosts[tickets[key].host]) else None)
            for key, signed_in in _seated(tickets, here, at_portal=True).items()
        }
    )
    return _guarded(viewers)


def _seated(
    tickets: Mapping[K, Ticket], here: Mapping[K, SignedIn | None], *, at_portal: bool
) -> dict[K, SignedIn]:
    return {
        key: signed_in
        for key, signed_in in here.items()
        if signed_in is not None and tickets[key].at_portal is at_portal
    }


def _sessions_of(keys: Iterable[str]) -> dict[str, SignedIn]:
    decode: Callable[[str], dict[str, Any]] = SessionStore().decode
    rows = Session.objects.filter(session_key__in=list(keys), expire_date__gt=now())
    sessions = {row.session_key: decode(row.session_data) for row in rows}
    ids = {int(held[SESSION_KEY]) for held in sessions.values() if held.get(SESSION_KEY)}
    people = Person.objects.filter(is_active=True, must_change_password=False).in_bulk(ids)
    return {
        key: SignedIn(person, held.get(CHOSEN_DESK))
        for key, held in sessions.items()
        if (person := people.get(int(held.get(SESSION_KEY) or 0))) and _is_believed(held, person)
    }


def _is_believed(held: Mapping[str, Any], person: Person) -> bool:
    """Whether the session is of the person as they are now: a new password ends it (Django's rule)."""
    if held.get(BACKEND_SESSION_KEY) not in settings.AUTHENTICATION_BACKENDS:
        return False
    given = str(held.get(HASH_SESSION_KEY, ""))
    hashes = [person.get_session_auth_hash(), *person.get_session_auth_fallback_hash()]
    return any(constant_time_compare(given, one) for one in hashes)


def _guarded(viewers: Mapping[K, Viewer]) -> dict[K, Viewer]:
    """The same, but nobody where a desk asks for a second factor that its person lacks."""
    asked = {viewer.me for viewer in viewers.values() if viewer.needs_second_factor}
    with_one = with_second_factor(asked) if asked else set()
    return {
        key: NOBODY if viewer.needs_second_factor and viewer.me not in with_one else viewer
        for key, viewer in viewers.items()
    }


def rights_of(viewer: Viewer) -> Hashable:
    """All that decides what the viewer may see: when it changes, a stream begins anew."""
    return (
        viewer.seat,
        viewer.person_id,
        viewer.organisation_id,
        viewer.policy,
        viewer.permissions,
        viewer.team_ids,
        viewer.contact_id,
        viewer.account_id,
        viewer.administers_account,
    )
