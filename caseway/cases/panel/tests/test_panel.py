"""The edit panel of a customer's case, as a browser without scripts sends it."""

import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from caseway.cases.creation.actions import create
from caseway.cases.creation.fields import NewCase
from caseway.cases.editing.actions import edit
from caseway.cases.models import Case, Message, NoteSubject, Reason
from caseway.cases.tests.browsing import words_of
from caseway.cases.tests.story import closure_reason, fresh, raised_by_kim, shared_with_brightwater, side_of
from caseway.cases.types import Audience
from caseway.demo.cast import Cast

pytestmark = pytest.mark.django_db


class Counter(Client):
    """Somebody of customer service at one case of an account."""

    def __init__(self, person, case: Case) -> None:
        super().__init__()
        self.force_login(person)
        self.page = reverse("desk:customer_case", args=[case.account_id, case.number])

    def read(self) -> str:
        return words_of(self.get(self.page))

    def part(self, section: str) -> str:
        return words_of(self.get(f"{self.page}panel/{section}/"))

    def send(self, section: str, **data: object):
        return self.post(f"{self.page}panel/{section}/", data)


@pytest.fixture
def case(cast: Cast) -> Case:
    return raised_by_kim(cast)


@pytest.fixture
def sam(cast: Cast, case: Case) -> Counter:
    return Counter(cast.sam, case)


def before(case: Case, cast: Cast) -> dict[str, str]:
    side = side_of(case, cast.larkfield)
    return {
        "subject": side.subject, "before-subject": side.subject,
        "description": side.description, "before-description": side.description,
        "type": side.type, "before-type": side.type,
        "priority": str(side.priority_id), "before-priority": str(side.priority_id),
    }  # fmt: skip


def subject_of(cast: Cast) -> NoteSubject:
    found = NoteSubject.objects.filter(organisation=cast.larkfield).first()
    assert found is not None
    return found


def test_the_asked_for_section_is_open(sam: Counter) -> None:
    for section in ("note", "status", "edit"):
        assert f'id="panel-{section}" name="panel" open' in sam.part(section)
    assert sam.get(f"{sam.page}panel/record/").status_code == 404


def test_a_note_has_a_subject_from_the_list(cast: Cast, case: Case, sam: Counter) -> None:
    subject = subject_of(cast)
    assert sam.send("note", subject=subject.pk, text="Rang back, nobody there")["Location"] == sam.page
    note = Message.objects.get(case=case, audience=Audience.TEAM)
    assert (note.subject, note.author) == (subject.label, cast.sam)
    page = sam.read()
    assert subject.label in page
    assert "Rang back, nobody there" in page


def test_sent_twice_it_is_written_once(case: Case, sam: Counter) -> None:
    token = "6f6f9d0c-55cf-4b1f-9a41-3e9b2d9a5f10"
    for _time in range(2):
        sam.send("note", text="Once", token=token)
    assert Message.objects.filter(case=case, audience=Audience.TEAM).count() == 1


def test_foreign_subjects_and_empty_notes_are_refused_and_kept(cast: Cast, case: Case, sam: Counter) -> None:
    foreign = NoteSubject.objects.create(organisation=cast.brightwater, name={"en": "Theirs"})
    answer = sam.send("note", subject=foreign.pk, text="Kept words")
    assert answer.status_code == 422
    assert "Kept words" in words_of(answer)
    assert "Theirs" not in words_of(answer)
    assert sam.send("note", text=" ").status_code == 422
    assert not Message.objects.filter(case=case, audience=Audience.TEAM).exists()


def test_closing_and_reopening_ask_why_and_the_case_shows_it(cast: Cast, case: Case, sam: Counter) -> None:
    assert "OPEN" in sam.read()
    assert sam.send("status", note="No reason given").status_code == 422
    assert sam.send("status", reason=closure_reason(cast).pk, note="Replaced the top").status_code == 302
    page = sam.read()
    assert "CLOSED" in page
    assert closure_reason(cast).label in page
    assert "Replaced the top" in page
    again = Reason.objects.filter(organisation=cast.larkfield, kind=Reason.Kind.REOPEN).first()
    assert again is not None
    assert sam.send("status", reason=again.pk, note="It wobbles").status_code == 302
    page = sam.read()
    assert "OPEN" in page
    assert again.label in page
    assert "It wobbles" in page


def test_details_are_saved_and_cleared_to_what_is_stored(cast: Cast, case: Case, sam: Counter) -> None:
    given = before(case, cast) | {"type": "damaged", "tags": "claim, top"}
    assert sam.send("edit", **given).status_code == 302
    side = side_of(case, cast.larkfield)
    assert (side.type, side.tags) == ("damaged", ["claim", "top"])
    assert "Changed by another hand" not in sam.part("edit")
    edit(case, by=cast.at_desk(cast.ana), changes={"subject": "Changed by another hand"})
    assert 'value="Changed by another hand"' in sam.part("edit")


def test_edits_of_different_fields_both_hold(cast: Cast, case: Case, sam: Counter) -> None:
    seen = before(case, cast)
    edit(case, by=cast.at_desk(cast.ana), changes={"type": "lost"})
    assert sam.send("edit", **seen | {"subject": "Top is cracked"}).status_code == 302
    side = side_of(case, cast.larkfield)
    assert (side.type, side.subject) == ("lost", "Top is cracked")


def test_of_the_same_field_the_second_reads_what_changed(cast: Cast, case: Case, sam: Counter) -> None:
    seen = before(case, cast)
    edit(case, by=cast.at_desk(cast.ana), changes={"type": "lost"})
    answer = sam.send("edit", **seen | {"type": "damaged"})
    assert answer.status_code == 409
    page = words_of(answer)
    assert "Type was “General status update” and is “Lost” now." in page
    assert 'value="damaged" selected' in page
    assert 'name="before-type" value="lost"' in page
    assert side_of(case, cast.larkfield).type == "lost"
    assert sam.send("edit", **seen | {"type": "damaged", "before-type": "lost"}).status_code == 302
    assert side_of(case, cast.larkfield).type == "damaged"


def test_lines_of_a_description_are_no_change_of_it(cast: Cast, case: Case, sam: Counter) -> None:
    edit(case, by=cast.at_desk(cast.ana), changes={"description": "One\nTwo"})
    seen = before(case, cast) | {"description": "One\r\nTwo", "before-description": "One\r\nTwo"}
    version = side_of(case, cast.larkfield).version
    assert sam.send("edit", **seen).status_code == 302
    assert side_of(case, cast.larkfield).version == version
    assert sam.send("edit", **seen | {"description": "One\r\nTwo\r\nThree"}).status_code == 302
    assert side_of(case, cast.larkfield).description == "One\nTwo\nThree"


def test_a_closed_case_says_why_nothing_is_edited(cast: Cast, case: Case, sam: Counter) -> None:
    sam.send("status", reason=closure_reason(cast).pk, note="Done")
    assert "Save case" not in sam.part("edit")
    answer = sam.send("edit", **before(case, cast) | {"subject": "Late"})
    assert answer.status_code == 409
    assert 'value="Late"' in words_of(answer)
    assert sam.send("note", text="Still to be said").status_code == 302


def test_it_is_the_panel_of_this_accounts_cases_only(cast: Cast, case: Case) -> None:
    shared = shared_with_brightwater(cast)
    new = NewCase(subject="Chairs", description="x", account=cast.fernwood.pk)
    other = create(new, by=cast.at_desk(cast.ana))
    strangers = ((cast.omar, shared), (cast.pia, case), (cast.kim, case))
    for person, its in strangers:
        window = Counter(person, its)
        assert window.get(window.page).status_code == 404
        assert window.send("note", text="In").status_code == 404
    mixed = Counter(cast.sam, case)
    mixed.page = reverse("desk:customer_case", args=[cast.orchid.pk, other.number])
    assert mixed.get(mixed.page).status_code == 404
    assert mixed.send("status", reason=closure_reason(cast).pk, note="x").status_code == 404
    assert fresh(other).is_active


def test_htmx_renews_one_part_and_stays_where_another_holds_words(sam: Counter) -> None:
    headers = {"HX-Request": "true", "HX-Target": "panel-note"}
    address = f"{sam.page}panel/note/"
    assert "<dialog" in words_of(sam.get(address, headers={"HX-Request": "true", "HX-Target": "dialogs"}))
    refused = sam.post(address, {"text": ""}, headers=headers)
    assert words_of(refused).lstrip().startswith('<details class="panelpart" id="panel-note"')
    done = sam.post(address, {"text": "One"}, headers=headers)
    assert (done.status_code, "caseway:close" in done["HX-Trigger"]) == (204, True)
    stays = sam.post(address, {"text": "Two", "stay": "1"}, headers=headers)
    assert stays.status_code == 200
    assert "caseway:changed" in stays["HX-Trigger"]
    assert "Two" not in words_of(stays)


@pytest.mark.parametrize("claims", [False, True], ids=["undo", "a strange way back"])
def test_undoing_leads_back_to_where_the_case_was_closed(
    cast: Cast, case: Case, sam: Counter, claims: bool
) -> None:
    sam.send("status", reason=closure_reason(cast).pk, note="Done.")
    found = re.search(r'action="([^"]*/undo/[^"]*)"', sam.read())
    assert found is not None
    address = unescape(found[1])
    if claims:
        address = address.split("?")[0] + "?back=//evil.example/desk/cases/"
    answer = sam.post(address)
    assert answer["Location"] == (f"/desk/cases/{case.number}" if claims else sam.page)
    assert fresh(case).is_active
