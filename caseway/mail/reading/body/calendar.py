"""Calendar invitations (RFC 5545) as a few lines that a person can read."""

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from babel.core import get_global

UNFOLD = re.compile(r"\n[ \t]")
PROPERTY = re.compile(r'([A-Za-z-]+)((?:[^":]|"[^"]*")*):(.*)', re.DOTALL)
ESCAPED = re.compile(r"\\([nN\\,;])")
TIME_ZONE = re.compile(r"TZID=\"?([^;:\"]+)")
MAILTO = re.compile(r"^mailto:", re.IGNORECASE)
SHOWN = ("STATE", "SUMMARY", "DTSTART", "DTEND", "LOCATION", "ORGANIZER", "ATTENDEE", "DESCRIPTION")
CALLED_OFF = frozenset({"CANCEL", "CANCELLED"})

MOST_CHARACTERS = 200_000
LONGEST_LINE = 10_000
MOST_ATTENDEES = 20


def invitation_text(source: str) -> str:
    """Tell summary, start, end, place, organiser, attendees and description of the first event.

    Times are told with their zone as they are written, and in UTC where that is another: pages tell
    those in their reader's zone. One that is called off begins with CANCELLED. Empty where there is
    no event.
    """
    properties: dict[str, str] = {}
    attendees: list[str] = []
    inside = False
    for line in UNFOLD.sub("", source[:MOST_CHARACTERS]).split("\n"):
        upper = line.strip().upper()
        if upper == "BEGIN:VEVENT":
            inside = True
        elif inside and upper.startswith(("END:VEVENT", "BEGIN:VALARM")):
            break
        elif found := PROPERTY.match(line[:LONGEST_LINE]):
            name, value = found[1].upper(), _value(found[1].upper(), found[2], found[3])
            if name in {"METHOD", "STATUS"} and value.upper() in CALLED_OFF:
                properties["STATE"] = "CANCELLED"
            elif inside and name == "ATTENDEE":
                attendees.append(value)
            elif inside:
                properties.setdefault(name, value)
    properties["ATTENDEE"] = ", ".join(attendees[:MOST_ATTENDEES])
    return "\n".join(properties[name] for name in SHOWN if properties.get(name)) if inside else ""


def _value(name: str, parameters: str, value: str) -> str:
    text = ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], value).strip()
    if name in {"DTSTART", "DTEND"}:
        zone = TIME_ZONE.search(parameters)
        return _moment(text, zone[1] if zone else "")
    return MAILTO.sub("", text)


def _moment(value: str, zone: str) -> str:
    try:
        if len(value) == 8:
            return datetime.strptime(value, "%Y%m%d").strftime("%Y-%m-%d")  # noqa: DTZ007
        moment = datetime.strptime(value.rstrip("Z"), "%Y%m%dT%H%M%S")  # noqa: DTZ007
    except ValueError:
        return value
    if value.endswith("Z"):
        return f"{moment:%Y-%m-%d %H:%M} UTC"
    told = f"{moment:%Y-%m-%d %H:%M} {zone}".strip()
    known = _zone(zone)
    if known is None:
        return told
    try:
        return f"{told} ({moment.replace(tzinfo=known).astimezone(UTC):%Y-%m-%d %H:%M} UTC)"
    except OverflowError:
        return told


def _zone(name: str) -> ZoneInfo | None:
    """The zone by its own name, or by the one that Windows has for it."""
    if not name:
        return None
    try:
        return ZoneInfo(get_global("windows_zone_mapping").get(name, name))
    except (KeyError, OSError, ValueError):
        return None
