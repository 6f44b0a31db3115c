"""Where a person is signed in, and signing them out there."""

import re
from dataclasses import dataclass
from datetime import datetime

from allauth.usersessions.models import UserSession
from django.http import HttpRequest
from django.utils.translation import gettext as _

from caseway.accounts.models import Person

# In this order: each of these browsers names the ones below it as well.
_BROWSERS = (
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    (r"iPhone|iPad", "iOS"),
    (r"Android", "Android"),
    (r"Windows", "Windows"),
    (r"Mac OS X", "macOS"),
    (r"Linux", "Linux"),
)


@dataclass(frozen=True)
class Place:
    """One browser in which the person is signed in."""

    key: int
    device: str
    address: str
    since: datetime
    is_here: bool


def places_of(person: Person, request: HttpRequest) -> list[Place]:
    """Where the person is signed in, this browser first, then the latest."""
    here = request.session.session_key
    living = UserSession.objects.purge_and_list(person)
    places = [
        Place(one.pk, device_of(one.user_agent), one.ip, one.created_at, one.session_key == here)
        for one in living
    ]
    return sorted(places, key=lambda place: (not place.is_here, -place.since.timestamp()))


def sign_out_elsewhere(person: Person, request: HttpRequest, key: int | None = None) -> int:
    """End the person's other sessions, or the one of `key`; gives how many. This browser's stays."""
    others = UserSession.objects.filter(user=person).exclude(session_key=request.session.session_key)
    ended = list(others if key is None else others.filter(pk=key))
    for one in ended:
        one.end()
    return len(ended)


def renew_key(request: HttpRequest) -> None:
    """Give the session another key, as at each change of what it may do."""
    before = request.session.session_key
    request.session.cycle_key()
    UserSession.objects.filter(session_key=before).update(session_key=request.session.session_key)


def device_of(user_agent: str) -> str:
    """Browser and system in words, as far as the browser tells them."""
    browser = next((name for mark, name in _BROWSERS if mark in user_agent), "")
    system = next((name for mark, name in _SYSTEMS if re.search(mark, user_agent)), "")
    return ", ".join(filter(None, (browser, system))) or _("Unknown browser")
