"""Naming a colleague in a note: stored, told by the event, and let in where policy narrows sight."""

import pytest

from caseway.accounts.models import Person
from caseway.cases.models import Case, CaseEvent, Mention
from caseway.cases.tests.browsing import Desk, words_of
from caseway.cases.tests.story import owned_by_ana, raised_by_kim, says
from caseway.cases.types import Audience
from caseway.demo.cast import Cast

SCRIPT = {"HX-Request": "true"}


def named(cast: Cast, case: Case, text: str, audience: Audience = Audience.TEAM) -> set[Person]:
    message = says(case, cast.at_desk(cast.ana), audience, text)
    return {one.person for one in Mention.objects.filter(message=message)}


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("@Ben Okafor, please look", {"ben"}),
        ("please, @ben okafor!", {"ben"}),
        ("@ben@larkfield.example and @Lea", {"ben"}),
        ("mail to x@Ben Okafor", set()),
        ("@Ben Okaforsson", set()),
        ("@Ana Ferreira is me", set()),
        ("@Omar Haddad of the carrier", set()),
        ("nobody", set()),
    ],
)
def test_only_colleagues_are_named_and_never_oneself(cast: Cast, text: str, who: set[str]) -> None:
    assert named(cast, owned_by_ana(cast), text) == {getattr(cast, name) for name in who}


def test_of_two_with_one_name_the_address_tells_which(cast: Cast) -> None:
    Person.objects.filter(pk=cast.sam.pk).update(name=cast.ben.name)
    case = owned_by_ana(cast)
    assert named(cast, case, f"@{cast.ben.name}") == set()
    assert named(cast, case, f"@{cast.sam.email}") == {cast.sam}


def test_the_event_names_them_by_id_alone(cast: Cast) -> None:
    named(cast, owned_by_ana(cast), "@Ben Okafor knows")
    payload = CaseEvent.objects.filter(kind="message.posted").latest("pk").payload
    assert payload["mentioned_person_ids"] == [cast.ben.pk]
    assert "Ben" not in str(payload)


def test_answers_mention_nobody_and_a_record_only_its_readers(cast: Cast) -> None:
    case = raised_by_kim(cast)
    Desk(cast.ana, case).do("claim")
    assert named(cast, case, "@Ben Okafor", Audience.CUSTOMER) == set()
    assert named(cast, case, "@Ben Okafor", Audience.RECORD) == set()
    assert named(cast, case, f"@{cast.admin.email}", Audience.RECORD) == {cast.admin}


def test_who_is_mentioned_is_let_in_where_agents_see_their_teams_alone(cast: Cast) -> None:
    cast.larkfield.stored_policy = {"agents_see_all": False}
    cast.larkfield.save()
    case = owned_by_ana(cast)
    ben = Desk(cast.ben, case)
    assert ben.get(ben.url()).status_code == 404
    named(cast, case, "@Ben Okafor")
    assert ben.get(ben.url()).status_code == 200
    assert Desk(cast.sam, case).get(ben.url()).status_code == 404
    assert Desk(cast.pia, case).get(ben.url()).status_code == 404


def test_the_list_offers_colleagues_for_notes_only(cast: Cast) -> None:
    case = owned_by_ana(cast)
    ana = Desk(cast.ana, case)
    page = words_of(ana.get(ana.url("colleagues"), {"audience": "team", "q": "oka"}, headers=SCRIPT))
    assert 'data-text="@Ben Okafor "' in page
    assert "Ana Ferreira" not in words_of(
        ana.get(ana.url("colleagues"), {"audience": "team"}, headers=SCRIPT)
    )
    record = words_of(ana.get(ana.url("colleagues"), {"audience": "record"}, headers=SCRIPT))
    assert "Ben Okafor" not in record
    assert ana.get(ana.url("colleagues"), {"audience": "customer"}).status_code == 404
