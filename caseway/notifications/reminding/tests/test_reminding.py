"""Each reminder once, of what is due, to whom the rule names, whatever stops in between."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from django.db import connection

from caseway.accounts.models import AuditEntry
from caseway.cases.lifecycle import actions as lifecycle
from caseway.cases.models import Case, Side
from caseway.cases.tests.story import closure_reason, owned_by_ana
from caseway.cases.watching.actions import add_watcher
from caseway.core.clock import now, standing_at
from caseway.core.errors import Invalid, NotAllowed, NotFound, Stale
from caseway.demo.cast import Cast, make_cast
from caseway.mail.models import Delivery
from caseway.notifications.models import ReminderRule
from caseway.notifications.reminding import sending
from caseway.notifications.reminding.actions import Written, add, change, remove
from caseway.notifications.reminding.sending import remind, remind_all_due

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
TEXT = "Dear {{agent.first_name}}, {{case.number}} is due {{case.deadline}}."


def rule(cast: Cast, **more: object) -> ReminderRule:
    given = {"name": "Soon", "moment": "before", "minutes": 60, "text": TEXT, **more}
    return add(Written(**given), by=cast.at_desk(cast.admin))  # type: ignore[arg-type]


def due(case: Case, at: datetime) -> None:
    Side.objects.filter(case=case).update(deadline=at)


def reminders() -> list[Delivery]:
    return list(Delivery.objects.filter(purpose="reminder").order_by("pk"))


def run_at(moment: datetime) -> int:
    with standing_at(moment):
        return remind_all_due()


@pytest.fixture
def case(cast: Cast) -> Case:
    case = owned_by_ana(cast)
    due(case, NOON)
    return case


def test_it_comes_when_the_lead_time_begins_and_once(cast: Cast, case: Case) -> None:
    rule(cast)
    assert run_at(NOON - timedelta(minutes=61)) == 0
    assert run_at(NOON - timedelta(minutes=59)) == 1
    assert run_at(NOON - timedelta(minutes=30)) == 0
    [mail] = reminders()
    assert mail.address == cast.ana.email
    assert f"Dear Ana, {case.number} is due" in mail.text
    assert "About to expire" in mail.subject


def test_a_changed_deadline_is_reminded_of_anew(cast: Cast, case: Case) -> None:
    rule(cast)
    run_at(NOON - timedelta(minutes=30))
    due(case, NOON + timedelta(days=1))
    assert run_at(NOON + timedelta(days=1, minutes=-30)) == 1


def test_overdue_comes_after_the_deadline(cast: Cast, case: Case) -> None:
    with standing_at(NOON - timedelta(days=1)):
        rule(cast, moment="after", minutes=30)
    assert run_at(NOON + timedelta(minutes=29)) == 0
    assert run_at(NOON + timedelta(minutes=31)) == 1
    assert "Overdue" in reminders()[0].subject


def test_a_new_rule_digs_up_nothing_old(cast: Cast, case: Case) -> None:
    with standing_at(NOON + timedelta(hours=5)):
        rule(cast, moment="after", minutes=30)
    assert run_at(NOON + timedelta(hours=6)) == 0


def test_solved_and_paused_cases_are_left_alone(cast: Cast, case: Case) -> None:
    rule(cast)
    ana = cast.at_desk(cast.ana)
    lifecycle.suspend(case, by=ana, note="wait")
    assert run_at(NOON - timedelta(minutes=30)) == 0
    lifecycle.resume(case, by=ana)
    lifecycle.close(case, by=ana, reason=closure_reason(cast).pk, note="done")
    assert run_at(NOON - timedelta(minutes=20)) == 0


def test_it_goes_to_whom_the_rule_names(cast: Cast, case: Case) -> None:
    add_watcher(case, by=cast.at_desk(cast.ana), person=cast.ben)
    team = cast.larkfield.teams.filter(lead__isnull=False).first() or cast.larkfield.teams.all()[0]
    team.lead = cast.memberships[cast.lea.email]
    team.save()
    Side.objects.filter(case=case).update(team=team)
    rule(cast, to_owner=False, to_watchers=True, to_lead=True)
    run_at(NOON - timedelta(minutes=30))
    assert {mail.address for mail in reminders()} == {cast.ben.email, cast.lea.email}


def test_another_organisations_rule_never_reminds_of_ours(cast: Cast, case: Case) -> None:
    written = Written(name="Theirs", moment="before", minutes=60, text="x", to_watchers=True)
    add(written, by=cast.at_desk(cast.iris))
    assert run_at(NOON - timedelta(minutes=30)) == 0


def test_after_a_crash_between_row_and_mail_it_is_sent(cast: Cast, case: Case, monkeypatch) -> None:
    rule(cast)

    def crash(_letter: object) -> None:
        raise RuntimeError("power")

    with monkeypatch.context() as broken:
        broken.setattr(sending, "write", crash)
        assert run_at(NOON - timedelta(minutes=30)) == 0
    assert run_at(NOON - timedelta(minutes=29)) == 1
    assert len(reminders()) == 1


@pytest.mark.django_db(transaction=True)
def test_of_four_workers_one_reminds() -> None:
    cast = make_cast()
    case = owned_by_ana(cast)
    due(case, now() + timedelta(minutes=30))
    soon, side, together = rule(cast), Side.objects.get(case=case), Barrier(4)

    def work() -> bool:
        try:
            together.wait()
            return remind(soon, side.pk)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as workers:
        done = [one.result() for one in [workers.submit(work) for _ in range(4)]]
    assert done.count(True) == 1
    assert len(reminders()) == 1


@pytest.mark.parametrize(
    ("field", "more"),
    [
        ("name", {"name": " "}),
        ("moment", {"moment": "sometimes"}),
        ("minutes", {"minutes": 10**6}),
        ("text", {"text": "{{case.secret}}"}),
        ("text", {"text": ""}),
        ("to_owner", {"to_owner": False}),
    ],
)
def test_what_is_wrong_is_said_at_its_field(cast: Cast, field: str, more: dict[str, object]) -> None:
    with pytest.raises(Invalid) as refused:
        rule(cast, **more)
    assert field in refused.value.errors


def test_changes_are_kept_in_the_log(cast: Cast) -> None:
    soon, admin = rule(cast), cast.at_desk(cast.admin)
    same = {"name": "Soon", "moment": "before", "text": TEXT}
    change(soon, Written(**same, minutes=120), by=admin, version=None)  # type: ignore[arg-type]
    with pytest.raises(Stale):
        change(soon, Written(**same, minutes=30), by=admin, version=1)  # type: ignore[arg-type]
    remove(soon, by=admin)
    told = AuditEntry.objects.filter(topic="reminder").order_by("pk")
    assert [one.kind for one in told] == ["setting.added", "setting.changed", "setting.removed"]
    assert told[1].changes == {"minutes": [60, 120]}


def test_who_may_not_change_settings_changes_none(cast: Cast) -> None:
    soon = rule(cast)
    with pytest.raises(NotAllowed):
        remove(soon, by=cast.at_desk(cast.ana))
    with pytest.raises(NotFound):
        remove(soon, by=cast.at_desk(cast.iris))
