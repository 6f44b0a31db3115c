"""Urging, as an agent does it in a browser."""

from caseway.cases.tests.browsing import Desk
from caseway.cases.tests.story import owned_by_ana
from caseway.demo.cast import Cast


def test_where_reminders_arent_configured_it_says_so(cast: Cast) -> None:
    ben = Desk(cast.ben, owned_by_ana(cast))
    assert ben.do("urges").status_code == 302
    assert "Reminders are not configured." in ben.read()


def test_the_owner_is_reminded(cast: Cast) -> None:
    cast.larkfield.stored_policy = {"urging_by_mail": True}
    cast.larkfield.save()
    case = owned_by_ana(cast)
    ben = Desk(cast.ben, case)
    ben.do("urges")
    assert case.events.filter(kind="case.urged").count() == 1
    assert "The owner is reminded." in ben.read()


def test_nobody_is_urged_more_than_three_times_an_hour(cast: Cast) -> None:
    cast.larkfield.stored_policy = {"urging_by_mail": True}
    cast.larkfield.save()
    case = owned_by_ana(cast)
    ben = Desk(cast.ben, case)
    for _time in range(4):
        ben.do("urges")
    assert case.events.filter(kind="case.urged").count() == 3
    assert "urged several times" in ben.read()


def test_strangers_urge_nobody(cast: Cast) -> None:
    case = owned_by_ana(cast)
    assert Desk(cast.pia, case).do("urges").status_code == 404
    assert not case.events.filter(kind="case.urged").exists()
