"""Drafts of new cases: kept, offered, thrown away, taken up, and never overwritten unseen."""

from datetime import timedelta

from caseway.cases.drafting.actions import KEPT_FOR, MOST, SET_ASIDE_FOR, forget_old_drafts
from caseway.cases.models import Case, CaseDraft
from caseway.core.clock import now
from caseway.demo.cast import Cast
from caseway.portal.tests.people import browser, shipment_for

from .way import NEW, Way, item

WORDS = {"subject": "Cracked top", "description": "The top has a crack."}


def test_it_is_kept_offered_on_any_device_and_ends_with_the_case(cast: Cast) -> None:
    kim = Way(cast, cast.kim).begin()
    assert kim.autosave("content", **WORDS).status_code == 204
    for address in ("/", NEW):
        page = browser(cast.kim).get(address).content.decode()
        assert "Go on with your draft" in page
        assert kim.url() in page
        assert "Cracked top" not in browser(cast.jo).get(address).content.decode()
    other_device = Way(cast, cast.kim, key=kim.key)
    assert other_device.client.get(kim.url())["Location"] == kim.url("content")
    assert "The top has a crack." in other_device.see("content")
    other_device.send("content", "submit", **WORDS)
    assert not CaseDraft.objects.exists()
    assert kim.autosave("content", **WORDS).status_code == 204
    assert not CaseDraft.objects.exists()


def test_several_are_kept_apart_and_empty_ones_are_not_offered(cast: Cast) -> None:
    client = browser(cast.kim)
    first, second, empty = (Way(cast, cast.kim, client=client).begin() for _ in range(3))
    first.autosave("content", subject="First")
    second.autosave("content", subject="Second")
    page = client.get("/").content.decode()
    assert page.index("Second") < page.index("First")
    assert empty.url() not in page
    assert 'value="First"' in first.see("content")


def test_it_goes_on_where_it_stands(cast: Cast) -> None:
    shipment_for(cast)
    kim = Way(cast, cast.kim).begin()
    assert kim.client.get(kim.url())["Location"] == kim.url("guidance")
    kim.send("shipment", "save", shipment="SHP-2209417")
    assert kim.client.get(kim.url())["Location"] == kim.url("shipment")


def test_saving_says_so_and_throwing_away_can_be_undone(cast: Cast) -> None:
    kim = Way(cast, cast.kim).begin()
    answer = kim.send("content", "save", **WORDS)
    assert "Your draft is kept." in kim.client.get(answer["Location"]).content.decode()
    thrown = kim.client.post(kim.url(), {"do": "discard"}).content.decode()
    assert "“Cracked top” was thrown away." in thrown
    assert kim.url() not in kim.client.get("/").content.decode()
    kim.client.post(kim.url(), {"do": "restore"})
    assert "Cracked top" in kim.client.get("/").content.decode()
    assert Way(cast, cast.jo, key=kim.key).client.post(kim.url(), {"do": "discard"}).status_code == 404


def test_another_device_overwrites_nothing_unseen(cast: Cast) -> None:
    phone = Way(cast, cast.kim).begin()
    laptop = Way(cast, cast.kim, key=phone.key)
    on_phone, on_laptop = phone.see("content"), laptop.see("content")
    phone.autosave("content", on_phone, subject="By phone", description="Typed on the phone")
    fragment = laptop.autosave("content", on_laptop, subject="By laptop", description="Typed there")
    assert fragment.status_code == 409
    assert "Typed on the phone" in fragment.content.decode()
    answer = laptop.send("content", "submit", on_laptop, subject="By laptop", description="Typed there")
    page = answer.content.decode()
    assert answer.status_code == 409
    for kept in ("Typed there", "Typed on the phone", "Keep mine", "Take what is saved there"):
        assert kept in page
    assert phone.draft.content["subject"] == "By phone"
    assert not Case.objects.exists()
    mine = laptop.client.post(
        laptop.url("content"),
        {"page": "laptop", "seen": phone.draft.pages["content"], "subject": "By laptop", "description": "T"},
    )
    assert mine.status_code == 302
    assert phone.draft.content["subject"] == "By laptop"
    assert phone.autosave("content", on_phone, subject="By phone again").status_code == 409


def test_the_same_page_saves_again_and_the_same_words_are_no_conflict(cast: Cast) -> None:
    kim = Way(cast, cast.kim).begin()
    page = kim.see("content")
    for words in ("One", "One two", "One two three"):
        assert kim.autosave("content", page, subject=words).status_code == 204
    other = Way(cast, cast.kim, key=kim.key)
    assert other.autosave("content", subject="One two three").status_code == 204


def test_steps_are_saved_apart(cast: Cast) -> None:
    """One device finds the shipment while another one writes."""
    shipment_for(cast)
    phone = Way(cast, cast.kim).begin()
    laptop = Way(cast, cast.kim, key=phone.key)
    page = phone.see("shipment")
    laptop.autosave("content", laptop.see("content"), **WORDS)
    assert phone.send("shipment", "continue", page, shipment="SHP-2209417").status_code == 302
    assert phone.draft.content["subject"] == "Cracked top"


def test_there_is_a_limit_that_says_so(cast: Cast) -> None:
    content = {"subject": "One", "description": "", "attachments": [], "category": ""}
    person = {"organisation": cast.larkfield, "person": cast.kim, "content": content}
    CaseDraft.objects.bulk_create(CaseDraft(**person) for _ in range(MOST))
    answer = browser(cast.kim).post(NEW, {"category": str(item(cast).pk)})
    assert answer.status_code == 422
    assert "You have too many drafts." in answer.content.decode()


def test_old_ones_go(cast: Cast) -> None:
    kept, old, aside = (Way(cast, cast.kim).begin() for _ in range(3))
    CaseDraft.objects.filter(pk=old.key).update(saved_at=now() - KEPT_FOR - timedelta(hours=1))
    gone = now() - SET_ASIDE_FOR - timedelta(hours=1)
    CaseDraft.objects.filter(pk=aside.key).update(set_aside_at=gone)
    assert forget_old_drafts() == 2
    assert CaseDraft.objects.get().pk == kept.key
