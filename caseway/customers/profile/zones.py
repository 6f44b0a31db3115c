"""Time zones as people choose them: by place, with the time that it is there now."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

REGIONS = (
    "Africa",
    "America",
    "Antarctica",
    "Arctic",
    "Asia",
    "Atlantic",
    "Australia",
    "Europe",
    "Indian",
    "Pacific",
)


@dataclass(frozen=True)
class Zone:
    """One choice: the name that is stored, and the clock there."""

    name: str
    clock: str


@cache
def zone_names() -> tuple[str, ...]:
    """Names by place, and UTC; old names and fixed offsets are left out."""
    places = (name for name in available_timezones() if name.partition("/")[0] in REGIONS)
    return ("UTC", *sorted(places))


def zones_at(moment: datetime) -> list[Zone]:
    """Every choice, with its clock at `moment`."""
    return [Zone(name, moment.astimezone(ZoneInfo(name)).strftime("%H:%M")) for name in zone_names()]
