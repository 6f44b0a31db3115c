"""Who is told of what: those whom it concerns, of what they may know, never of what they did themselves."""

import pytest

from caseway.accounts.models import Person
from caseway.cases.conversation.actions import see
from caseway.cases.lifecycle import actions as lifecycle
from caseway.cases.models import Case
from caseway.cases.ownership import actions as ownership
from caseway.cases.partnering.actions import add_partner
from caseway.cases.tasks import actions as tasks
from caseway.cases.tasks.fields import NewTask
from caseway.cases.tests.story import (
    closure_reason,
    owned_by_ana,
    raised_by_kim,
    says,
    shared_with_brightwater,
)
from caseway.cases.types import Audience
from caseway.cases.watching.actions import add_watcher
from caseway.core.clock import now
from caseway.core.events import silence
from caseway.demo.cast import Cast
from caseway.mail.models import Delivery
from caseway.notifications.choosing.actions import choose
from caseway.notifications.choosing.choices import Chosen
from caseway.notifications.models import Choices, Kind, Notice
from caseway.notifications.noticing.actions import read, read_all
from caseway.notifications.noticing.queries import notices_of, unread_of
from caseway.notifications.noticing.said import told


def of(person: Person) -> list[tuple[str, str]]:
    rows = Notice.objects.filter(person=person).select_related("event").order_by("pk")
    return [(one.kind, one.event.kind) for one in rows]


def sentences(cast: Cast, person: Person) -> list[str]:
    viewer = cast.at_desk(person)
    return [one.sentence for one in told(notices_of(viewer, unread_only=False, cursor=None).items, viewer)]


@pytest.fixture
def case(cast: Cast) -> Case:
    """Kim's, owned by Ana and followed by Ben; nobody was told yet."""
    with silence():
        case = raised_by_kim(cast)
        ownership.claim(case, by=cast.at_desk(cast.ana))
        add_watcher(case, by=cast.at_desk(cast.ana), person=cast.ben)
    return case


def test_owner_and_watcher_are_told_of_the_customer(cast: Cast, case: Case) -> None:
    says(case, cast.in_portal(cast.kim), Audience.CUSTOMER, "And now?")
    assert of(cast.ana) == [("mine", "message.posted")]
    assert of(cast.ben) == [("followed", "message.posted")]
    assert sentences(cast, cast.ben) == ["Kim Tran wrote"]
    assert of(cast.lea) == of(cast.sam) == []


def test_nobody_is_told_of_what_they_did(cast: Cast, case: Case) -> None:
    says(case, cast.at_desk(cast.ana), Audience.CUSTOMER, "On its way")
    says(case, cast.at_desk(cast.ben), Audience.TEAM, f"@{cast.ben.email} is me")
    assert of(cast.ana) == [("mine", "message.posted")]
    assert of(cast.ben) == [("followed", "message.posted")]


def test_a_mention_stands_before_all_else(cast: Cast, case: Case) -> None:
    says(case, cast.at_desk(cast.lea), Audience.TEAM, f"@{cast.ben.email} and @{cast.sam.email}, please look")
    assert of(cast.ben) == of(cast.sam) == [("mentioned", "message.posted")]
    assert sentences(cast, cast.sam) == [f"{cast.lea.name} mentioned you"]


def test_who_loses_and_who_gets_a_case_are_told(cast: Cast, case: Case) -> None:
    ownership.assign(case, by=cast.at_desk(cast.lea), to=cast.sam)
    assert of(cast.ana) == of(cast.sam) == [("mine", "case.assigned")]
    assert of(cast.ben) == [("followed", "case.assigned")]


def test_who_gets_a_task_is_told_and_nobody_else(cast: Cast, case: Case) -> None:
    tasks.add(case, NewTask(title="Call", assignee=cast.sam.email), by=cast.at_desk(cast.lea))
    assert of(cast.sam) == [("mine", "task.added")]
    assert of(cast.ana) == of(cast.ben) == []


def wants_unassigned(cast: Cast, person: Person) -> None:
    Choices.objects.create(seat=cast.memberships[person.email], shown=[Kind.UNASSIGNED])


def test_unowned_cases_are_told_to_those_who_chose_it(cast: Cast) -> None:
    wants_unassigned(cast, cast.ben)
    case = raised_by_kim(cast)
    assert of(cast.ben) == [("unassigned", "case.created")]
    assert of(cast.ana) == []
    ownership.claim(case, by=cast.at_desk(cast.ana))
    says(case, cast.in_portal(cast.kim), Audience.CUSTOMER, "And now?")
    assert len(of(cast.ben)) == 1


def test_a_teams_case_is_told_to_the_team(cast: Cast) -> None:
    for person in (cast.ben, cast.sam):
        wants_unassigned(cast, person)
    team = cast.larkfield.teams.exclude(members__person=cast.sam).filter(members__person=cast.ben).first()
    assert team is not None
    with silence():
        case = raised_by_kim(cast)
    ownership.give_to_team(case, by=cast.at_desk(cast.lea), team=team)
    assert of(cast.ben) == [("unassigned", "case.team")]
    assert of(cast.sam) == []


def owned_by_omar(cast: Cast) -> Case:
    with silence():
        case = shared_with_brightwater(cast)
        ownership.claim(case, by=cast.at_desk(cast.omar))
        ownership.claim(case, by=cast.at_desk(cast.ana))
    return case


def test_another_sides_private_acts_are_never_told(cast: Cast) -> None:
    """Omar hears of what is said to him and of the end, and of nothing that is Larkfield's own."""
    case = owned_by_omar(cast)
    ana = cast.at_desk(cast.ana)
    says(case, ana, Audience.CUSTOMER, "Dear Kim")
    says(case, ana, Audience.TEAM, f"@{cast.omar.email} must not know")
    says(case, ana, Audience.RECORD, "Nor this")
    tasks.add(case, NewTask(title="Call"), by=ana)
    says(case, cast.in_portal(cast.kim), Audience.CUSTOMER, "Thanks")
    assert of(cast.omar) == of(cast.iris) == []
    says(case, ana, Audience.PARTNER, "Where is it?")
    lifecycle.close(case, by=ana, reason=closure_reason(cast).pk, note="done")
    assert of(cast.omar) == [("mine", "message.posted"), ("mine", "case.closed")]
    assert of(cast.pia) == []


def test_a_record_is_told_to_its_readers_alone(cast: Cast, case: Case) -> None:
    says(case, cast.at_desk(cast.admin), Audience.RECORD, "Secret")
    assert of(cast.ana) == [("mine", "message.posted")]
    assert of(cast.ben) == []
    assert not Delivery.objects.filter(purpose="notice").exists()


def test_who_may_not_know_any_more_reads_and_counts_nothing(cast: Cast, case: Case) -> None:
    """Ana was the owner: as long as she isn't again, the record is none of hers."""
    says(case, cast.at_desk(cast.admin), Audience.RECORD, "Secret")
    ana = cast.at_desk(cast.ana)
    assert unread_of(ana).count() == 1
    with silence():
        ownership.assign(case, by=cast.at_desk(cast.lea), to=cast.sam)
    assert unread_of(ana).count() == 0
    assert sentences(cast, cast.ana) == []


def test_a_brought_in_partner_hears_of_the_case(cast: Cast, case: Case) -> None:
    wants_unassigned(cast, cast.omar)
    add_partner(case, by=cast.at_desk(cast.ana), partner=cast.brightwater, subject="Crate", text="Look.")
    assert ("unassigned", "case.partner") in of(cast.omar)


def test_what_is_off_is_not_told(cast: Cast, case: Case) -> None:
    nothing = Chosen(frozenset(), frozenset(), frozenset(), Choices().digest_at)
    choose(nothing, by=cast.at_desk(cast.ben))
    says(case, cast.in_portal(cast.kim), Audience.CUSTOMER, "And now?")
    assert of(cast.ben) == []


def test_reading_one_and_reading_all(cast: Cast, case: Case) -> None:
    kim, ben = cast.in_portal(cast.kim), cast.at_desk(cast.ben)
    for words in ("One", "Two", "Three"):
        says(case, kim, Audience.CUSTOMER, words)
    read(unread_of(ben)[0], by=ben)
    assert unread_of(ben).count() == 2
    assert read_all(by=ben, until=now()) == 2
    assert unread_of(ben).count() == 0
    assert unread_of(cast.at_desk(cast.ana)).count() == 3


def test_whoever_has_opened_the_case_has_read_it(cast: Cast, case: Case) -> None:
    says(case, cast.in_portal(cast.kim), Audience.CUSTOMER, "And now?")
    see(case, by=cast.at_desk(cast.ben))
    assert unread_of(cast.at_desk(cast.ben)).count() == 0


def test_a_mention_is_mailed_at_once_without_its_words(cast: Cast, case: Case) -> None:
    says(case, cast.at_desk(cast.lea), Audience.TEAM, f"@{cast.ben.email} the code is 4711")
    mail = Delivery.objects.get(address=cast.ben.email)
    assert mail.purpose == "notice"
    assert "mentioned you" in mail.subject
    assert "4711" not in mail.text + mail.html
    assert "/stop/" in mail.stop_link
    assert mail.stop_link in mail.text


def test_followed_cases_are_mailed_to_whoever_chose_it(cast: Cast, case: Case) -> None:
    way = frozenset({Kind.FOLLOWED})
    choose(Chosen(way, way, frozenset(), Choices().digest_at), by=cast.at_desk(cast.ben))
    says(case, cast.in_portal(cast.kim), Audience.CUSTOMER, "And now?")
    mail = Delivery.objects.get(address=cast.ben.email)
    assert "And now?" in mail.text


def test_owners_get_one_mail_of_a_message(cast: Cast) -> None:
    case = owned_by_ana(cast)
    says(case, cast.at_desk(cast.lea), Audience.TEAM, "Please hurry")
    assert not Delivery.objects.filter(address=cast.ana.email).exists()
