"""What the list fetches after it has come: how many cases it has, and one beside it."""

import re

import pytest

from caseway.accounts.models import Person
from caseway.cases.ownership.actions import claim
from caseway.cases.tests.story import raised_by_kim, says, shared_with_brightwater
from caseway.cases.types import Audience
from caseway.demo.cast import Cast

from .conftest import Desk, links

pytestmark = pytest.mark.django_db


def test_a_filtered_list_counts_afterwards(cast: Cast, desk: Desk) -> None:
    for n in range(52):
        raised_by_kim(cast, f"Sideboard {n}")
    ana = desk(cast.ana)
    page = ana.get("/desk/cases/?view=all&q=sideboard").content.decode()
    assert "1–50 " in page
    (address,) = re.findall(r'hx-get="(/desk/cases/count[^"]*)"', page)
    assert ana.get(address.replace("&amp;", "&")).content.decode().strip() == "of 52"
    assert "1–50 of 52, sorted by last update" in ana.get("/desk/cases/").content.decode()
    (following,) = links(ana.get("/desk/cases/").content.decode(), 'rel="next"')
    assert "51–52 of 52" in ana.get(following).content.decode()


def test_a_preview_has_the_head_and_what_was_said_last(cast: Cast, desk: Desk) -> None:
    case = raised_by_kim(cast)
    for n in range(7):
        says(case, cast.at_desk(cast.ana), Audience.CUSTOMER, f"Word number {n}")
    page = desk(cast.ana).get(f"/desk/cases/{case.number}/preview?view=new").content.decode()
    assert "Sideboard arrived broken" in page
    assert "Word number 6" in page
    assert "Word number 1" not in page
    assert "What was said before" in page
    assert f"/desk/cases/{case.number}?view=new" in page
    assert "Kim Tran" in page


def test_a_preview_shows_a_partner_its_own_side_only(cast: Cast, desk: Desk) -> None:
    case = shared_with_brightwater(cast)
    says(case, cast.in_portal(cast.kim), Audience.CUSTOMER, "Between Kim and Larkfield")
    says(case, cast.at_desk(cast.ana), Audience.TEAM, "Ours alone")
    page = desk(cast.omar).get(f"/desk/cases/{case.number}/preview").content.decode()
    assert "Crate damaged" in page
    for secret in ("Kim", "Orchid", "Sideboard", "Ours alone"):
        assert secret not in page


@pytest.mark.parametrize("who", ["pia", "omar", "kim"])
def test_strangers_get_no_preview(cast: Cast, desk: Desk, who: str) -> None:
    answer = desk(getattr(cast, who)).get(f"/desk/cases/{raised_by_kim(cast).number}/preview")
    assert answer.status_code == 404


def test_previewing_is_remembered_for_the_person(cast: Cast, desk: Desk) -> None:
    claim(raised_by_kim(cast), by=cast.at_desk(cast.ben))
    assert "data-previews aria" not in desk(cast.ana).get("/desk/cases/").content.decode()
    desk(cast.ana).post("/desk/cases/previews", {"first": "1"})
    assert Person.objects.get(pk=cast.ana.pk).previews_cases
    elsewhere = desk(Person.objects.get(pk=cast.ana.pk)).get("/desk/cases/").content.decode()
    assert re.search(r"<cw-list[^>]* data-previews>", elsewhere)
    assert not re.search(r"<cw-list[^>]* data-previews>", desk(cast.ben).get("/desk/cases/").content.decode())
