"""The reader's own time zone and language, for as long as a request lasts."""

from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from django.conf import settings
from django.utils import timezone, translation

from .viewer import Viewer

_LANGUAGES = {code for code, _ in settings.LANGUAGES}


def activate_reader(viewer: Viewer) -> None:
    """Show times and words as the viewer wants them: the person's choice, else the organisation's.

    The browser's language stands where neither chose one. `ViewerMiddleware` undoes it.
    """
    timezone.activate(zone_of(viewer))
    if language := language_of(viewer):
        translation.activate(language)


def zone_of(viewer: Viewer) -> ZoneInfo:
    """The viewer's time zone; UTC where nothing valid is stored."""
    person = viewer.person.time_zone if viewer.person else ""
    organisation = viewer.organisation.time_zone if viewer.organisation else ""
    return zone_named(person or organisation)


def known_zone(name: str) -> str:
    """`name` where it is a time zone's, else ""."""
    return name if name in _zones() else ""


def zone_named(name: str) -> ZoneInfo:
    """The time zone of that name; UTC where there is none."""
    return ZoneInfo(known_zone(name) or "UTC")


@cache
def _zones() -> frozenset[str]:
    """Every zone's name; asking the system walks its folders, so it is asked once."""
    return frozenset(available_timezones())


def language_of(viewer: Viewer) -> str | None:
    """The language that the person chose, or None to let the browser say."""
    chosen = viewer.person.language if viewer.person else ""
    return chosen if chosen in _LANGUAGES else None
