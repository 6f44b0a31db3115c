"""Where an order is, answered in the form of a new case."""

from django.test import Client

from caseway.cases.creation.tests.way import Way
from caseway.cases.models import Case, CaseDraft
from caseway.core.clock import now
from caseway.core.limits import Tally
from caseway.demo.cast import Cast
from caseway.portal.shipments.answers import MOST_A_MINUTE
from caseway.portal.tests.people import browser, shipment_for
from caseway.shipments.models import Shipment, ShipmentEvent, ShipmentNumber, StatusAnswer

WRITTEN, CHOSEN, SOLVED = (f"/portal/answers/{name}/" for name in ("written", "chosen", "solved"))
TRACKING = "1Z 999 AA1 01 2345 6784"


def on_its_way(cast: Cast, number: str = "SHP-7001", **more: object) -> Shipment:
    shipment = shipment_for(cast, number, status=Shipment.Status.OUT_FOR_DELIVERY, **more)
    ShipmentEvent.objects.create(shipment=shipment, happened_at=now(), code="OFD", description="Out")
    ShipmentNumber.objects.create(shipment=shipment, kind="tracking", value="1Z999AA10123456784")
    return shipment


def asked(client: Client, address: str, **fields: str) -> str:
    response = client.post(address, fields)
    assert response.status_code == 200
    return response.content.decode()


def test_a_number_in_the_text_is_answered(cast: Cast, django_assert_max_num_queries) -> None:
    on_its_way(cast)
    client = browser(cast.kim)
    with django_assert_max_num_queries(11):
        answer = asked(client, WRITTEN, subject="Late", description=f"Where is {TRACKING}?")
    assert "Out for delivery since" in answer
    assert "This answers it" in answer
    assert StatusAnswer.objects.get().solved_at is None


def test_a_chosen_shipment_is_answered_and_not_twice(cast: Cast) -> None:
    on_its_way(cast)
    client = browser(cast.kim)
    assert "Out for delivery since" in asked(client, CHOSEN, shipment="SHP-7001")
    assert asked(client, WRITTEN, description=TRACKING, shipment="SHP-7001").strip() == ""
    assert asked(client, CHOSEN, shipment="").strip() == ""
    assert asked(client, CHOSEN, shipment="SHP-7001\x00x").strip() == ""


def test_nothing_is_said_of_what_is_not_theirs(cast: Cast) -> None:
    on_its_way(cast, account=cast.fernwood)
    client = browser(cast.kim)
    for text in (f"Where is {TRACKING}?", "order SHP-7001", "order SHP-7002", "nothing", ""):
        assert asked(client, WRITTEN, description=text).strip() == ""
    assert asked(client, CHOSEN, shipment="SHP-7001").strip() == ""
    assert not StatusAnswer.objects.exists()
    assert client.post(SOLVED, {"solved": "SHP-7001"}).status_code == 404
    for stranger in (cast.ana, cast.pia):
        assert browser(stranger).post(WRITTEN, {"description": TRACKING}).status_code == 404
    assert Client(headers={"host": "larkfield.localhost"}).post(WRITTEN).status_code == 302


def test_a_mistyped_number_is_told_kindly(cast: Cast) -> None:
    answer = asked(browser(cast.kim), WRITTEN, description="my tracking number is 1Z999AA10123456785")
    assert "its check digit does not fit" in answer
    assert "UPS tracking number" in answer


def test_this_answers_it_makes_no_case_and_sets_the_draft_aside(cast: Cast) -> None:
    on_its_way(cast)
    kim = Way(cast, cast.kim).begin(shipment="SHP-7001")
    sent = {"solved": "SHP-7001", "draft": str(kim.key), "subject": "Late", "description": "Where?"}
    response = kim.client.post(SOLVED, sent)
    assert (response.status_code, response["Location"]) == (302, "/portal/shipments/SHP-7001/")
    assert "No case was made" in kim.client.get(response["Location"]).content.decode()
    assert StatusAnswer.objects.get().solved_at is not None
    assert CaseDraft.objects.get().set_aside_at is not None
    assert not Case.objects.exists()


def test_nobody_sets_anothers_draft_aside(cast: Cast) -> None:
    on_its_way(cast)
    kim = Way(cast, cast.kim).begin()
    browser(cast.jo).post(SOLVED, {"solved": "SHP-7001", "draft": str(kim.key)})
    assert CaseDraft.objects.get().set_aside_at is None


def test_a_case_raised_after_all_takes_the_answer_back(cast: Cast) -> None:
    on_its_way(cast)
    kim = Way(cast, cast.kim).begin(shipment="SHP-7001")
    kim.client.post(SOLVED, {"solved": "SHP-7001", "draft": str(kim.key)})
    browser(cast.jo).post(SOLVED, {"solved": "SHP-7001"})
    kim.send("content", "submit", subject="Late", description="Where?")
    assert Case.objects.count() == 1
    solved = StatusAnswer.objects.filter(solved_at__isnull=False)
    assert [answer.contact for answer in solved] == [cast.contact(cast.jo)]


def test_the_steps_answer_without_scripts_too(cast: Cast) -> None:
    on_its_way(cast)
    kim = Way(cast, cast.kim).begin(shipment="SHP-7001")
    page = kim.see("shipment")
    assert "Out for delivery since" in page
    assert f'formaction="{SOLVED}"' in page
    kim.send("shipment", "skip")
    kim.autosave("content", description=f"Where is {TRACKING}?")
    assert "Out for delivery since" in kim.see("content")


def test_asking_all_the_time_is_refused(cast: Cast) -> None:
    client = browser(cast.kim)
    asked(client, WRITTEN, description="x")
    Tally.objects.update(count=MOST_A_MINUTE)
    response = client.post(WRITTEN, {"description": "x"})
    assert response.status_code == 429
    assert browser(cast.jo).post(WRITTEN, {"description": "x"}).status_code == 200
