"""Changing the organisation's lists: what it does, who may, and what is kept of it."""

from typing import Any

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from caseway.accounts.models import AuditEntry, Team
from caseway.cases.creation.actions import create
from caseway.cases.creation.fields import NewCase
from caseway.cases.lists.actions import Written, add, change, move, remove
from caseway.cases.lists.kinds import KINDS, ListKind, kind_named
from caseway.cases.lists.queries import rows_of, version_of
from caseway.cases.lists.retagging import rename_tag
from caseway.cases.models import Category, ContactMethod, Priority, Reason, Side, Tag
from caseway.core.errors import Conflict, Invalid, NotAllowed, NotFound, Stale
from caseway.demo.cast import Cast

EVERY = pytest.mark.parametrize("kind", KINDS, ids=[kind.key for kind in KINDS])


def some(kind: ListKind, name: str) -> Written:
    """A row that any list takes."""
    values: dict[str, Any] = {"reasons": {"kind": "closure"}}.get(kind.key, {})
    return Written({"en": name}, values)


def names(listed: ListKind, cast: Cast, **only: Any) -> list[str]:
    return [row.label for row in rows_of(listed, cast.at_desk(cast.admin)).filter(**only)]


@EVERY
def test_a_row_is_added_renamed_switched_off_and_removed(cast: Cast, kind: ListKind):
    by = cast.at_desk(cast.admin)
    row = add(kind, some(kind, "fresh"), by=by)
    change(kind, row, Written({"en": "ripe"}), by=by, version=version_of(kind, row))
    row.refresh_from_db()
    change(kind, row, Written(is_active=False), by=by, version=version_of(kind, row))
    row.refresh_from_db()
    assert (row.label, row.is_active) == ("ripe", False)
    remove(kind, row, by=by)
    assert not kind.model.objects.filter(pk=row.pk).exists()
    entries = AuditEntry.objects.filter(organisation=cast.larkfield, topic=kind.topic).order_by("pk")
    assert [entry.kind for entry in entries] == [
        "setting.added", "setting.changed", "setting.changed", "setting.removed"
    ]  # fmt: skip
    renamed, switched = entries[1], entries[2]
    old, new = renamed.changes["name"]
    assert ("fresh" in str(old), "ripe" in str(new)) == (True, True)
    assert (switched.changes, switched.thing) == ({"is_active": [True, False]}, "ripe")
    assert {entry.actor for entry in entries} == {cast.admin}


@EVERY
def test_who_may_not_change_settings_changes_no_list(cast: Cast, kind: ListKind):
    row = add(kind, some(kind, "fresh"), by=cast.at_desk(cast.admin))
    before = AuditEntry.objects.count()
    for by in map(cast.at_desk, (cast.ana, cast.lea, cast.sam)):
        with pytest.raises(NotAllowed):
            add(kind, some(kind, "other"), by=by)
        with pytest.raises(NotAllowed):
            change(kind, row, Written({"en": "other"}), by=by, version=None)
        with pytest.raises(NotAllowed):
            move(kind, row, before=None, by=by)
        with pytest.raises(NotAllowed):
            remove(kind, row, by=by)
    assert AuditEntry.objects.count() == before


@EVERY
def test_the_lists_of_others_are_not_there(cast: Cast, kind: ListKind):
    row = add(kind, some(kind, "fresh"), by=cast.at_desk(cast.admin))
    for by in (cast.at_desk(cast.iris), cast.at_desk(cast.pia), cast.in_portal(cast.kim)):
        with pytest.raises(NotFound):
            change(kind, row, Written({"en": "theirs"}), by=by, version=None)
        with pytest.raises(NotFound):
            move(kind, row, before=None, by=by)
        with pytest.raises(NotFound):
            remove(kind, row, by=by)


@EVERY
def test_the_second_of_two_editors_is_told(cast: Cast, kind: ListKind):
    by = cast.at_desk(cast.admin)
    row = add(kind, some(kind, "fresh"), by=by)
    read = version_of(kind, row)
    change(kind, row, Written({"en": "first"}), by=by, version=read)
    with pytest.raises(Stale) as stale:
        change(kind, row, Written({"en": "second"}), by=by, version=read)
    row.refresh_from_db()
    assert row.label == "first"
    assert stale.value.current["version"] == version_of(kind, row)


def test_the_same_again_is_not_kept(cast: Cast):
    kind, by = kind_named("contact-methods"), cast.at_desk(cast.admin)
    row = ContactMethod.objects.filter(organisation=cast.larkfield).earliest("pk")
    change(kind, row, Written(row.name, is_active=True), by=by, version=None)
    assert not AuditEntry.objects.filter(topic="contact_method").exists()


def test_an_order_is_chosen_by_saying_before_which(cast: Cast):
    kind, by = kind_named("contact-methods"), cast.at_desk(cast.admin)
    rows = list(rows_of(kind, by))
    before = names(kind, cast)
    move(kind, rows[2], before=rows[0].pk, by=by)
    assert names(kind, cast) == [before[2], before[0], before[1], *before[3:]]
    move(kind, rows[2], before=None, by=by)
    assert names(kind, cast) == [before[0], before[1], *before[3:], before[2]]
    assert AuditEntry.objects.filter(topic="contact_method").count() == 2
    with pytest.raises(Conflict):
        move(kind, rows[1], before=999_999_999, by=by)


def test_a_priority_takes_its_rank_from_its_place(cast: Cast):
    kind, by = kind_named("priorities"), cast.at_desk(cast.admin)
    low, *_, urgent = rows_of(kind, by)
    move(kind, urgent, before=low.pk, by=by)
    ranks = Priority.objects.filter(organisation=cast.larkfield).order_by("rank")
    assert [one.pk for one in ranks][:2] == [urgent.pk, low.pk]
    assert [one.rank for one in ranks] == [1, 2, 3, 4]


def test_there_is_one_default_and_it_can_not_be_switched_off(cast: Cast):
    kind, by = kind_named("priorities"), cast.at_desk(cast.admin)
    low = Priority.objects.get(organisation=cast.larkfield, rank=1)
    change(kind, low, Written(values={"is_default": True}), by=by, version=None)
    assert Priority.objects.get(organisation=cast.larkfield, is_default=True) == low
    low.refresh_from_db()
    with pytest.raises(Conflict):
        change(kind, low, Written(is_active=False), by=by, version=None)


def test_reasons_of_one_kind_have_an_order_of_their_own_and_keep_their_kind(cast: Cast):
    kind, by = kind_named("reasons"), cast.at_desk(cast.admin)
    closures = list(Reason.objects.filter(organisation=cast.larkfield, kind="closure"))
    reopening = Reason.objects.filter(organisation=cast.larkfield, kind="reopen").earliest("pk")
    move(kind, closures[-1], before=closures[0].pk, by=by)
    assert names(kind, cast, kind="closure")[0] == closures[-1].label
    with pytest.raises(Conflict):
        move(kind, closures[0], before=reopening.pk, by=by)
    with pytest.raises(Invalid) as invalid:
        change(kind, closures[0], Written(values={"kind": "reopen"}), by=by, version=None)
    assert set(invalid.value.errors) == {"kind"}


def test_items_need_a_type_and_take_only_what_is_ours(cast: Cast):
    kind, by = kind_named("categories"), cast.at_desk(cast.admin)
    topic = add(kind, Written({"en": "Returns"}), by=by)
    foreign = Team.objects.create(organisation=cast.quillon, name="Night")
    theirs = Category.objects.filter(organisation=cast.quillon, parent__isnull=True).earliest("pk")
    for values, field in (
        ({"parent": str(topic.pk)}, "case_type"),
        ({"case_type": "lost"}, "case_type"),
        ({"parent": str(topic.pk), "case_type": "lost", "default_team": str(foreign.pk)}, "default_team"),
        ({"parent": str(theirs.pk), "case_type": "lost"}, "parent"),
        ({"parent": str(topic.pk), "case_type": "lost", "deadline_hours": 0}, "deadline_hours"),
    ):
        with pytest.raises(Invalid) as invalid:
            add(kind, Written({"en": "x"}, values), by=by)
        assert set(invalid.value.errors) == {field}
    item = add(kind, Written({"en": "Label"}, {"parent": str(topic.pk), "case_type": "other"}), by=by)
    with pytest.raises(Invalid):
        add(kind, Written({"en": "Deeper"}, {"parent": str(item.pk), "case_type": "other"}), by=by)
    with pytest.raises(Conflict):
        remove(kind, topic, by=by)


@pytest.mark.parametrize("written", [{}, {"en": "  "}, {"tlh": "nuqneH"}, {"en": "x" * 121}])
def test_a_name_is_there_in_a_language_of_ours(cast: Cast, written: dict[str, str]):
    with pytest.raises(Invalid) as invalid:
        add(kind_named("contact-methods"), Written(written), by=cast.at_desk(cast.admin))
    assert set(invalid.value.errors) == {"name"}


def test_what_a_case_uses_is_counted_and_stays(cast: Cast):
    kind, by = kind_named("priorities"), cast.at_desk(cast.admin)
    high = Priority.objects.get(organisation=cast.larkfield, rank=3)
    create(NewCase(subject="x", description="y", priority=high.pk), by=cast.at_desk(cast.ana))
    assert kind.uses
    assert kind.uses(cast.larkfield.pk)[high.pk] == 1
    assert not kind.uses(cast.quillon.pk)
    with pytest.raises(Conflict):
        remove(kind, high, by=by)
    change(kind, high, Written(is_active=False), by=by, version=None)
    assert Side.objects.get(organisation=cast.larkfield).priority == high


def test_a_renamed_tag_is_renamed_on_its_cases(cast: Cast):
    kind, by = kind_named("tags"), cast.at_desk(cast.admin)
    tag = add(kind, Written({"en": "Fragile"}), by=by)
    assert tag.name == "fragile"
    create(NewCase(subject="x", description="y", tags=("fragile", "vip")), by=cast.at_desk(cast.ana))
    create(NewCase(subject="x", description="y", tags=("fragile",)), by=cast.at_desk(cast.pia))
    assert kind.uses
    assert kind.uses(cast.larkfield.pk) == {tag.pk: 1}
    change(kind, tag, Written({"en": "breakable"}), by=by, version=None)
    job = ProcrastinateJob.objects.get(task_name="cases.rename_tag")
    asked: dict[str, Any] = {"organisation_id": cast.larkfield.pk, "old": "fragile", "new": "breakable"}
    assert job.args == asked
    side = Side.objects.get(organisation=cast.larkfield)
    assert rename_tag(**asked) == 1
    assert Side.objects.get(organisation=cast.larkfield).tags == ["breakable", "vip"]
    assert Side.objects.get(organisation=cast.larkfield).version == side.version + 1
    assert Side.objects.get(organisation=cast.quillon).tags == ["fragile"]


def test_a_tag_is_there_once(cast: Cast):
    kind, by = kind_named("tags"), cast.at_desk(cast.admin)
    add(kind, Written({"en": "vip"}), by=by)
    for name in ("VIP", " vip ", "a, b"):
        with pytest.raises(Invalid):
            add(kind, Written({"en": name}), by=by)
    assert Tag.objects.filter(organisation=cast.larkfield).count() == 1
