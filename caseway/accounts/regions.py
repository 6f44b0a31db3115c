"""The country that a person is likely to be in."""

from functools import cache

from babel.core import get_global

from caseway.core.phones import knows_region

from .models import Organisation, Person


def region_of(person: Person, organisation: Organisation | None) -> str:
    """The country (ISO 3166, two letters) of the person's time zone, else of their organisation's.

    "" where neither says: UTC is everybody's.
    """
    zones = (person.time_zone, organisation.time_zone if organisation else "")
    found = (_countries().get(zone, "") for zone in zones)
    return next((country for country in found if knows_region(country)), "")


@cache
def _countries() -> dict[str, str]:
    return dict(get_global("zone_territories"))
