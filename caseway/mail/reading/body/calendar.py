"""Calendar invitations (RFC 5545) as a few lines that a person can read."""

import re
from datetime import datetime

UNFOLD = re.compile(r"\n[ \t]")
PROPERTY = re.compile(r'([A-Za-z-]+)((?:[^":]|"[^"]*")*):(.*)', re.DOTALL)
ESCAPED = re.compile(r"\\([nN\\,;])")
TIME_ZONE = re.compile(r"TZID=\"?([^;:\"]+)")
MAILTO = re.compile(r"^mailto:", re.IGNORECASE)
SHOWN = ("SUMMARY", "DTSTART", "DTEND", "LOCATION", "ORGANIZER", "DESCRIPTION")

MOST_CHARACTERS = 200_000
LONGEST_LINE = 10_000


def invitation_text(source: str) -> str:
    """Tell summary, start, end, place, organiser and description of the first event.

    Times are told with their zone as they are written. Empty where there is no event.
    """
    lines = UNFOLD.sub("", source[:MOST_CHARACTERS]).split("\n")
    properties: dict[str, str] = {}
    inside = False
    for line in lines:
        upper = line.strip().upper()
        if upper == "BEGIN:VEVENT":
            inside = True
        elif inside and upper.startswith(("END:VEVENT", "BEGIN:VALARM")):
            break
        elif inside and (found := PROPERTY.match(line[:LONGEST_LINE])):
            properties.setdefault(found[1].upper(), _value(found[1].upper(), found[2], found[3]))
    return "\n".join(properties[name] for name in SHOWN if properties.get(name))


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
    return f"{moment:%Y-%m-%d %H:%M} {'UTC' if value.endswith('Z') else zone}".strip()
