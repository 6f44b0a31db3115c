"""Who is mailed, on the case page and in its dialog."""

import pytest
from django.test import Client

from caseway.cases.models import Participant
from caseway.cases.subscribing import actions as subscribing
from caseway.cases.tests.story import raised_by_kim
from caseway.cases.types import Audience
from caseway.demo.cast import Cast


@pytest.fixture
def ana(cast: Cast) -> Client:
    browser = Client()
    browser.force_login(cast.ana)
    return browser


@pytest.fixture
def people(cast: Cast) -> dict[str, Participant]:
    """Two who were let in, and one who was only copied, on a case of Kim's."""
    case = raised_by_kim(cast)
    known = {"pat": True, "sue": True, "eve": False}
    return {
        name: Participant.objects.create(
            case=case,
            organisation=cast.larkfield,
            audience=Audience.CUSTOMER,
            address=f"{name}@else.example",
            is_approved=let_in,
            is_subscribed=let_in,
        )
        for name, let_in in known.items()
    }


def told(people: dict[str, Participant]) -> set[str]:
    keys = [one.pk for one in people.values()]
    return {one.address[:3] for one in Participant.objects.filter(pk__in=keys, is_subscribed=True)}


def address(people: dict[str, Participant], more: str = "") -> str:
    return f"/desk/cases/{people['pat'].case.number}{more}"


def test_the_case_page_says_who_is_not_mailed(
    cast: Cast, ana: Client, people: dict[str, Participant]
) -> None:
    subscribing.end(people["sue"], by=cast.at_desk(cast.lea))
    page = ana.get(address(people)).content.decode()
    assert page.count("not mailed") == 1
    assert page.count("only copied") == 1
    assert f'href="{address(people, "/subscriptions")}"' in page


def test_the_dialog_offers_what_can_be_changed(
    cast: Cast, ana: Client, people: dict[str, Participant]
) -> None:
    subscribing.choose_themselves(people["sue"], told=False)
    page = ana.get(address(people, "/subscriptions")).content.decode()
    assert page.count('name="told"') == 2  # neither Kim, whose case it is, nor Eve
    assert page.count(" checked") == 1
    assert "They ended the e-mails themselves" in page
    assert "Their own case" in page
    assert "Only copied on a mail" in page


def test_boxes_end_and_start(ana: Client, people: dict[str, Participant]) -> None:
    pat, sue = people["pat"].pk, people["sue"].pk
    assert ana.post(address(people, "/subscriptions"), {"told": [sue], "seen": [pat, sue]}).status_code == 302
    assert told(people) == {"sue"}
    ana.post(address(people, "/subscriptions"), {"told": [pat, sue], "seen": [sue]})
    assert told(people) == {"pat", "sue"}


def test_what_was_not_changed_here_stays_as_others_left_it(
    cast: Cast, ana: Client, people: dict[str, Participant]
) -> None:
    """Sue ended her mails while the dialog was open."""
    pat, sue = people["pat"].pk, people["sue"].pk
    subscribing.choose_themselves(people["sue"], told=False)
    ana.post(address(people, "/subscriptions"), {"told": [sue], "seen": [pat, sue]})
    assert told(people) == set()


def test_what_is_not_theirs_to_change_is_refused(ana: Client, people: dict[str, Participant]) -> None:
    eve = people["eve"].pk
    assert ana.post(address(people, "/subscriptions"), {"told": [eve]}).status_code == 409
    kim = Participant.objects.get(case=people["pat"].case, address="kim@orchid.example").pk
    assert ana.post(address(people, "/subscriptions"), {"seen": [kim]}).status_code == 409
    assert ana.post(address(people, "/subscriptions"), {"told": ["999999"]}).status_code == 422
    assert told(people) == {"pat", "sue"}
