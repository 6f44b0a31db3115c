"""The links of the closing mail: one click and one press, once, for nobody else, and for no program."""

import pytest
from django.test import Client

from caseway.accounts.models import Brand
from caseway.cases.lifecycle import actions as lifecycle
from caseway.cases.models import Case, CaseEvent, Participant, Satisfaction
from caseway.cases.satisfaction.links import link_token
from caseway.cases.tests.story import raised_by_kim
from caseway.cases.types import Audience
from caseway.demo.cast import Cast
from caseway.mail.models import Delivery

from .situations import address_in_the_mail, browser, close, closed_case, links_in_the_mail, long_ago


def answers() -> list[tuple[str, str]]:
    return list(Satisfaction.objects.order_by("pk").values_list("verdict", "comment"))


def test_the_mail_asks_its_customer_with_a_link_for_each_answer(cast: Cast) -> None:
    case = closed_case(cast)
    links = links_in_the_mail(case)
    mail = Delivery.objects.get(case=case, purpose="solved")
    assert sorted(links) == ["good", "mixed", "poor"]
    assert len(set(links.values())) == 1
    for answer, path in links.items():
        assert f"{path}?answer={answer}" in mail.html
    assert "Not satisfied" in mail.text


def test_a_link_opens_a_page_and_one_press_answers(cast: Cast) -> None:
    case, client = closed_case(cast), browser()
    path = address_in_the_mail(case)
    page = client.get(f"{path}?answer=mixed").content.decode()
    assert 'value="mixed" checked' in page
    assert page.count('type="submit"') == 1
    assert answers() == []
    assert client.post(path, {"answer": "mixed"})["Location"] == path
    assert answers() == [("mixed", "")]
    assert "partly satisfied" in client.get(path).content.decode()
    stored = Satisfaction.objects.get()
    assert (stored.case, stored.contact, stored.way) == (case, cast.contact(cast.kim), "mail")


def test_programs_that_follow_links_answer_nothing(cast: Cast) -> None:
    links = links_in_the_mail(closed_case(cast))
    for answer, path in links.items():
        for method in ("get", "head", "options", "put", "delete"):
            getattr(browser(), method)(f"{path}?answer={answer}")
    assert answers() == []


def test_a_post_without_the_pages_token_answers_nothing(cast: Cast) -> None:
    path = address_in_the_mail(closed_case(cast))
    client = Client(enforce_csrf_checks=True, headers={"host": "larkfield.localhost"})
    assert client.post(path, {"answer": "good"}).status_code == 403
    assert answers() == []


def test_it_counts_once_and_takes_one_word_afterwards(cast: Cast) -> None:
    path, client = address_in_the_mail(closed_case(cast)), browser()
    client.post(path, {"answer": "poor"})
    assert client.post(path, {"answer": "good"}).status_code == 409
    assert client.post(path, {"comment": " \x00 "}).status_code == 422
    assert client.post(path, {"comment": "x" * 2001}).status_code == 422
    assert client.post(path, {"comment": "It took <b>weeks</b>."}).status_code == 302
    assert client.post(path, {"comment": "Another"}).status_code == 409
    assert answers() == [("poor", "It took <b>weeks</b>.")]
    page = client.get(path).content.decode()
    assert "Your words have reached us." in page
    assert "<b>weeks" not in page


@pytest.mark.parametrize("answer", ["", "great", "good\x00", "GOOD"])
def test_an_answer_is_one_of_the_three(cast: Cast, answer: str) -> None:
    path = address_in_the_mail(closed_case(cast))
    assert browser().post(path, {"answer": answer}).status_code == 422
    assert answers() == []


def test_forged_links_lead_nowhere_whatever_is_wrong_with_them(cast: Cast) -> None:
    case = closed_case(cast)
    path = address_in_the_mail(case)
    token = path.split("/")[2]
    named, signature = token.split(":")
    closure, max_ = case.closures.get().pk, cast.contact(cast.max).pk
    forged = (
        token[:-1] + ("A" if token[-1] != "A" else "B"), f"{named}:", f":{signature}", "x", "x" * 5000,
        link_token(closure, max_), link_token(closure + 1, cast.contact(cast.kim).pk),
        link_token(10**30, 1), f"{named}:{signature}:{signature}",
    )  # fmt: skip
    for wrong in forged:
        for client in (browser(), browser(cast.kim)):
            assert client.get(f"/satisfaction/{wrong}/").status_code == 404, wrong
            assert client.post(f"/satisfaction/{wrong}/", {"answer": "good"}).status_code == 404, wrong
    assert answers() == []


def test_the_token_of_another_case_answers_that_one_alone(cast: Cast) -> None:
    one, other = closed_case(cast), closed_case(cast)
    browser().post(address_in_the_mail(one), {"answer": "good"})
    assert list(Satisfaction.objects.values_list("case", flat=True)) == [one.pk]
    assert "Are you satisfied" in browser().get(address_in_the_mail(other)).content.decode()


def test_after_reopening_the_old_link_is_over_and_a_new_closing_asks_again(cast: Cast) -> None:
    case = closed_case(cast)
    old = address_in_the_mail(case)
    browser().post(old, {"answer": "good"})
    lifecycle.reopen(case, by=cast.at_desk(cast.lea))
    assert "too late" in browser().get(old).content.decode()
    assert browser().post(old, {"answer": "poor"}).status_code == 409
    assert browser().post(old, {"comment": "Late"}).status_code == 409
    new = address_in_the_mail(close(cast, case))
    assert new != old
    assert browser().post(old, {"answer": "poor"}).status_code == 409
    browser().post(new, {"answer": "poor"})
    assert answers() == [("good", ""), ("poor", "")]


def test_it_ends_with_the_policys_days(cast: Cast) -> None:
    case = closed_case(cast)
    path = address_in_the_mail(case)
    long_ago(case, 31)
    page = browser().get(path)
    assert page.status_code == 200
    assert "too late" in page.content.decode()
    assert browser().post(path, {"answer": "good"}).status_code == 409


def test_policy_asks_nothing(cast: Cast) -> None:
    cast.larkfield.stored_policy = {"asks_satisfaction": False}
    cast.larkfield.save()
    case = raised_by_kim(cast)
    case.host.refresh_from_db()
    close(cast, case)
    mail = Delivery.objects.get(case=case, purpose="solved")
    assert "/satisfaction/" not in mail.text + mail.html


def test_whoever_is_copied_in_is_told_and_not_asked(cast: Cast) -> None:
    case = raised_by_kim(cast)
    Participant.objects.create(
        case=case, organisation=cast.larkfield, audience=Audience.CUSTOMER, address="aunt@elsewhere.example"
    )
    close(cast, case)
    copied = Delivery.objects.get(case=case, purpose="solved", address="aunt@elsewhere.example")
    assert "/satisfaction/" not in copied.text + copied.html
    assert links_in_the_mail(case)


def test_a_case_that_went_to_another_contact_takes_no_answer_of_the_first(cast: Cast) -> None:
    case = closed_case(cast)
    path = address_in_the_mail(case)
    Case.objects.filter(pk=case.pk).update(contact=cast.contact(cast.jo))
    assert browser().get(path).status_code == 404


def test_the_link_is_good_at_its_organisations_portals_only(cast: Cast) -> None:
    case = closed_case(cast)
    path = address_in_the_mail(case)
    Brand.objects.create(
        organisation=cast.quillon, slug="q", name="Quillon", colour="#3f6f2a", host="quillon.localhost"
    )
    assert browser(host="quillon.localhost").get(path).status_code == 404
    assert browser(host="quillon.localhost").post(path, {"answer": "good"}).status_code == 404
    assert browser(host="garden.localhost").get(path).status_code == 200
    assert browser(host="localhost").get(path).status_code == 200


def test_the_page_tells_a_stranger_nothing_but_the_number(cast: Cast) -> None:
    case = closed_case(cast)
    page = browser(cast.max).get(address_in_the_mail(case)).content.decode()
    for secret in ("Sideboard", "Kim", "Orchid", "Lea", "done"):
        assert secret not in page, secret


def test_history_holds_ids_and_the_answer_for_the_hosts_agents_only(cast: Cast) -> None:
    case = closed_case(cast)
    moved = Case.objects.get(pk=case.pk).customer_updated_at
    browser().post(address_in_the_mail(case), {"answer": "good"})
    browser().post(address_in_the_mail(case), {"comment": "secret words"})
    event = CaseEvent.objects.get(kind="case.rated")
    assert event.payload == {"step_id": case.closures.get().pk, "verdict": "good"}
    seen = [
        CaseEvent.objects.visible_to(viewer).filter(pk=event.pk).exists()
        for viewer in (cast.at_desk(cast.ana), cast.at_desk(cast.omar), cast.in_portal(cast.kim))
    ]
    assert seen == [True, False, False]
    assert Case.objects.get(pk=case.pk).customer_updated_at == moved
