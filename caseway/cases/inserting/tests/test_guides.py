"""Guides put into an answer: for the readers who may see them, once counted, with and without scripts."""

import pytest

from caseway.cases.conversation.drafts import drafts_of
from caseway.cases.guides.counting import counts_of
from caseway.cases.models import Case
from caseway.cases.tests.browsing import Desk, words_of
from caseway.cases.tests.story import raised_by_kim, shared_with_brightwater
from caseway.customers.models import Contact
from caseway.demo.cast import Cast
from caseway.guidance.tests.writing import guide_of, larkfields

SCRIPT = {"HX-Request": "true"}


@pytest.fixture
def case(cast: Cast) -> Case:
    return raised_by_kim(cast)


def insert(cast: Cast, case: Case, key: int, audience: str = "customer", **more: str):
    url = f"/desk/cases/{case.number}/guides/{key}/insertion"
    return Desk(cast.ana, case).post(url, {"audience": audience, **more}, headers=SCRIPT)


def listed(cast: Cast, case: Case, **query: str) -> str:
    answer = Desk(cast.ana, case).get(f"/desk/cases/{case.number}/guides", query, headers=SCRIPT)
    assert answer.status_code == 200
    return words_of(answer)


def test_those_that_fit_the_case_come_first_and_words_find_the_others(cast: Cast, case: Case) -> None:
    guide_of(larkfields(cast), "About our vans", "They are blue.")
    guide_of(larkfields(cast), "Furniture that arrived broken", "Send photos of the cracked top.")
    whole = listed(cast, case, audience="customer")
    assert whole.index("For this case") < whole.index("Furniture that arrived broken")
    assert whole.index("Furniture that arrived broken") < whole.index("About our vans")
    found = listed(cast, case, audience="customer", q="blue vans")
    assert "About our vans" in found
    assert "Nothing fits." in listed(cast, case, audience="customer", q="xqzzkw")


def test_the_customer_gets_text_with_the_address_in_their_portal(cast: Cast, case: Case) -> None:
    guide = guide_of(larkfields(cast), "Report damage", "Send **photos** of:\n\n- the crate")
    text = words_of(insert(cast, case, guide.pk))
    assert text.startswith("Report damage\n\nSend photos of:\n\n- the crate\n\nhttp")
    assert text.endswith(f"/portal/guidance/{guide.pk}/")


def test_who_has_no_sign_in_gets_the_text_alone_and_colleagues_the_desks_address(
    cast: Cast, case: Case
) -> None:
    guide = guide_of(larkfields(cast))
    Contact.objects.filter(email=cast.kim.email).update(person=None)
    assert "http" not in words_of(insert(cast, case, guide.pk))
    note = words_of(insert(cast, case, guide.pk, audience="team"))
    assert note.endswith(f"/desk/settings/guidance/{guide.pk}/")


def test_what_a_reader_may_not_see_is_not_offered_and_not_given(cast: Cast) -> None:
    case = shared_with_brightwater(cast)
    draft = guide_of(larkfields(cast), "Not yet", draft=True)
    published = guide_of(larkfields(cast), "Ours")
    foreign = guide_of(cast.at_desk(cast.iris), "Brightwater's own")
    garden = guide_of(larkfields(cast), "Garden only", brand=cast.garden_brand.pk)
    Case.objects.filter(pk=case.pk).update(brand=cast.larkfield_brand)
    page = listed(cast, case, audience="customer")
    assert "Ours" in page
    for hidden in (draft, foreign, garden):
        assert hidden.title not in page
        assert insert(cast, case, hidden.pk).status_code == 404
    assert insert(cast, case, published.pk, audience="partner").status_code == 404
    assert "Ours" not in listed(cast, case, audience="partner")
    theirs = Desk(cast.omar, case)
    assert theirs.get(f"/desk/cases/{case.number}/guides?audience=customer").status_code == 404


def test_the_readers_language_is_taken(cast: Cast, case: Case) -> None:
    english = guide_of(larkfields(cast), "Report damage")
    german = guide_of(larkfields(cast), "Schaden melden", language="de", original=english.pk)
    cast.kim.language = "de"
    cast.kim.save()
    page = listed(cast, case, audience="customer")
    assert "Schaden melden" in page
    assert "Report damage" not in page
    assert insert(cast, case, german.pk).status_code == 200
    assert insert(cast, case, english.pk).status_code == 404


def test_it_counts_once_for_each_composer(cast: Cast, case: Case) -> None:
    guide = guide_of(larkfields(cast))
    for token in ("a", "a", "b"):
        insert(cast, case, guide.pk, token=token)
    assert counts_of([guide])[guide.pk]["inserted"] == 2
    assert "Put into 2 answers." in words_of(Desk(cast.lea).get(f"/desk/settings/guidance/{guide.pk}/"))


def test_without_scripts_it_goes_into_the_draft_below_what_is_there(cast: Cast, case: Case) -> None:
    guide = guide_of(larkfields(cast))
    ana = Desk(cast.ana, case)
    ana.do("draft", audience="customer", text="Hello Kim,")
    page = words_of(ana.get(f"/desk/cases/{case.number}/guides?audience=customer"))
    assert f'action="/desk/cases/{case.number}/guides/{guide.pk}/insertion"' in page
    done = ana.post(f"/desk/cases/{case.number}/guides/{guide.pk}/insertion", {"audience": "customer"})
    assert done.status_code == 302
    text = drafts_of(cast.at_desk(cast.ana), case)["customer"].content["text"]
    assert text.startswith("Hello Kim,\n\nReport damage\n\nSend photos.")
