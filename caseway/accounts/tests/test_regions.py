"""Which country's numbers are meant where somebody types none."""

import pytest

from caseway.accounts.models import Organisation, Person
from caseway.accounts.regions import region_of


@pytest.mark.parametrize(
    ("own", "organisations", "region"),
    [
        ("Europe/Berlin", "America/Chicago", "DE"),
        ("", "America/Chicago", "US"),
        ("UTC", "America/Chicago", "US"),
        ("", "UTC", ""),
        ("Mars/Base", "", ""),
    ],
)
def test_the_time_zone_says_it(own: str, organisations: str, region: str) -> None:
    assert region_of(Person(time_zone=own), Organisation(time_zone=organisations)) == region


def test_without_an_organisation_the_person_alone() -> None:
    assert region_of(Person(time_zone="Asia/Ho_Chi_Minh"), None) == "VN"
    assert region_of(Person(), None) == ""
