"""Whose a canned answer is: who reads it, who changes it, and that the audit log knows."""

from typing import Any

import pytest

from caseway.accounts.models import AuditEntry
from caseway.cases.canned.actions import Wording, remove, rewrite, write
from caseway.cases.canned.queries import canned_answers_of
from caseway.cases.models import CannedAnswer
from caseway.core.errors import Invalid, NotAllowed, NotFound, Stale
from caseway.demo.cast import Cast

SAME: dict[str, Any] = {"title": "Hello", "body": "Words"}


def seen_by(cast: Cast, *people) -> list[bool]:
    return [bool(canned_answers_of(cast.at_desk(person))) for person in people]


def test_ones_own_is_nobody_elses(cast: Cast) -> None:
    mine = write(Wording(**SAME), by=cast.at_desk(cast.ana))
    assert seen_by(cast, cast.ana, cast.ben, cast.admin, cast.pia) == [True, False, False, False]
    with pytest.raises(NotFound):
        remove(mine, by=cast.at_desk(cast.admin))


def test_a_teams_is_for_the_team_and_its_leads_write_it(cast: Cast) -> None:
    ana = cast.at_desk(cast.ana)
    team = next(iter(ana.team_ids))
    with pytest.raises(Invalid):
        write(Wording(**SAME, scope="team", team=team), by=ana)
    shared = write(Wording(**SAME, scope="team", team=team), by=cast.at_desk(cast.admin))
    assert seen_by(cast, cast.ana, cast.admin, cast.omar, cast.pia) == [True, True, False, False]
    with pytest.raises(NotAllowed):
        rewrite(shared, Wording(**SAME, scope="own"), by=ana, version=None)
    foreign = cast.brightwater.teams.create(name="Theirs")
    with pytest.raises(Invalid):
        write(Wording(**SAME, scope="team", team=foreign.pk), by=cast.at_desk(cast.admin))


def test_the_organisations_asks_for_settings(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        write(Wording(**SAME, scope="organisation"), by=cast.at_desk(cast.lea))
    write(Wording(**SAME, scope="organisation"), by=cast.at_desk(cast.admin))
    assert seen_by(cast, cast.ana, cast.ben, cast.omar) == [True, True, False]
    with pytest.raises(NotFound):
        write(Wording(**SAME), by=cast.in_portal(cast.kim))


def test_whoever_saves_second_reads_what_the_first_did(cast: Cast) -> None:
    ana = cast.at_desk(cast.ana)
    mine = write(Wording(**SAME), by=ana)
    rewrite(mine, Wording(title="Hello", body="First"), by=ana, version=1)
    with pytest.raises(Stale) as late:
        rewrite(mine, Wording(title="Hello", body="Second"), by=ana, version=1)
    assert late.value.current["body"] == "First"
    assert CannedAnswer.objects.get().body == "First"


def test_each_change_is_in_the_audit_log_without_its_words(cast: Cast) -> None:
    admin = cast.at_desk(cast.admin)
    one = write(Wording(**SAME, scope="organisation"), by=admin)
    rewrite(one, Wording(title="Hello", body="Other", scope="own"), by=admin, version=None)
    remove(one, by=admin)
    told = AuditEntry.objects.filter(kind="canned_answer.changed", organisation=cast.larkfield).order_by("pk")
    assert [(row.payload["change"], row.payload["scope"]) for row in told] == [
        ("added", "organisation"), ("changed", "own"), ("removed", "own"),
    ]  # fmt: skip
    assert "Words" not in str(list(told.values_list("payload", flat=True)))


def test_the_log_has_old_and_new_of_what_is_shared_and_nothing_of_ones_own(cast: Cast) -> None:
    admin = cast.at_desk(cast.admin)
    one = write(Wording(title="Mine", body="Private"), by=admin)
    rewrite(one, Wording(title="Hello", body="Shared", scope="organisation"), by=admin, version=None)
    rewrite(one, Wording(title="Hello", body="Better", scope="organisation"), by=admin, version=None)
    rewrite(one, Wording(title="Again mine", body="Secret", scope="own"), by=admin, version=None)
    told = AuditEntry.objects.filter(kind="canned_answer.changed").order_by("pk")
    assert [(row.thing, row.changes) for row in told] == [
        ("", {"scope": [None, "own"]}),
        (
            "Hello",
            {
                "title": [None, "Hello"],
                "body": [None, "Shared"],
                "scope": ["own", "organisation"],
                "team": [None, ""],
            },
        ),
        ("Hello", {"body": ["Shared", "Better"]}),
        ("Hello", {"scope": ["organisation", "own"]}),
    ]
    assert "Private" not in str(list(told.values()))
    assert "Secret" not in str(list(told.values()))
