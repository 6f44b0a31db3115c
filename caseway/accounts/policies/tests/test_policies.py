"""The organisation's policy: in words, changed, refused, kept."""

from dataclasses import fields
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from caseway.accounts.models import AuditEntry, Organisation
from caseway.accounts.policies.actions import change, version_of
from caseway.accounts.policies.wording import CHOICES
from caseway.accounts.policy import Policy
from caseway.accounts.tests.forms import form_on
from caseway.core.errors import Invalid, NotAllowed, NotFound, Stale
from caseway.demo.cast import Cast

PAGE = "/desk/settings/policies/"


def stored(cast: Cast) -> Policy:
    return Organisation.objects.get(pk=cast.larkfield.pk).policy


def test_every_choice_has_words_and_a_default_that_may_be():
    assert CHOICES.keys() == {field.name for field in fields(Policy)}
    for name, choice in CHOICES.items():
        default = getattr(Policy(), name)
        assert choice.checked(default) == default
        entered = choice.entered(choice.shown(default))
        assert choice.checked(entered) == default
        assert choice.said(default)


def test_a_change_holds_and_is_kept_with_old_and_new(cast: Cast):
    by = cast.at_desk(cast.admin)
    change({"closing_needs_note": False, "customer_reopens_within_days": 30}, by=by, version=None)
    assert (stored(cast).closing_needs_note, stored(cast).customer_reopens_within_days) == (False, 30)
    entry = AuditEntry.objects.get(topic="policy")
    assert entry.changes == {"closing_needs_note": [True, False], "customer_reopens_within_days": [14, 30]}
    assert (entry.actor, entry.organisation) == (cast.admin, cast.larkfield)
    change({"closing_needs_note": False}, by=by, version=None)
    assert AuditEntry.objects.filter(topic="policy").count() == 1


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("closing_needs_note", "yes"),
        ("closing_needs_note", 1),
        ("customer_reopens_within_days", -1),
        ("customer_reopens_within_days", 10_000),
        ("desk_files", True),
        ("desk_types", []),
        ("desk_types", ["exe"]),
        ("second_factor", "always"),
        ("no_such_policy", True),
    ],
)
def test_what_can_not_be_is_refused(cast: Cast, name: str, value: Any):
    with pytest.raises(Invalid) as invalid:
        change({name: value}, by=cast.at_desk(cast.admin), version=None)
    assert set(invalid.value.errors) == {name}
    assert stored(cast) == Policy()


def test_nobody_gives_their_organisation_more_room(cast: Cast):
    with pytest.raises(NotAllowed):
        change({"storage_total_bytes": 0}, by=cast.at_desk(cast.admin), version=None)


def test_only_whoever_may_change_settings(cast: Cast):
    with pytest.raises(NotAllowed):
        change({"closing_needs_note": False}, by=cast.at_desk(cast.lea), version=None)
    with pytest.raises(NotFound):
        change({"closing_needs_note": False}, by=cast.in_portal(cast.kim), version=None)


def test_the_second_editor_is_told(cast: Cast):
    read, by = version_of(stored(cast)), cast.at_desk(cast.admin)
    change({"closing_needs_note": False}, by=by, version=read)
    with pytest.raises(Stale):
        change({"closing_needs_reason": False}, by=by, version=read)


def test_the_page_saves_what_it_shows(cast: Cast, client: Client):
    client.force_login(cast.admin)
    assert reverse("desk:policies") == PAGE
    shown = form_on(client.get(PAGE), PAGE)
    assert client.post(PAGE, shown).status_code == 302
    assert stored(cast) == Policy()
    sent = shown | {
        "customer_reopens_within_days": "7",
        "desk_total_bytes": "8",
        "desk_types": ["pdf", "zip"],
    }
    sent.pop("agents_see_all")
    client.post(PAGE, sent)
    now = stored(cast)
    assert (now.customer_reopens_within_days, now.desk_total_bytes) == (7, 8_000_000)
    assert (now.desk_types, now.agents_see_all) == (("pdf", "zip"), False)
    late = client.post(PAGE, sent | {"customer_reopens_within_days": "9"})
    assert late.status_code == 412
    assert client.post(PAGE, sent | {"customer_reopens_within_days": "-9"}).status_code == 422
    client.force_login(cast.ana)
    assert client.get(PAGE).status_code == 403
