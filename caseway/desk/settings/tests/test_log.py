"""The organisation's log on its page."""

from dataclasses import replace
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from caseway.accounts.brands.actions import Face
from caseway.accounts.brands.actions import change as change_brand
from caseway.accounts.models import AuditEntry
from caseway.accounts.policies.actions import change as change_policy
from caseway.cases.canned.actions import Wording, remove, rewrite, write
from caseway.cases.lists.actions import Written, add, change
from caseway.cases.lists.kinds import kind_named
from caseway.customers.colleagues.actions import make_administrator
from caseway.customers.staff.actions import Place
from caseway.customers.staff.inviting import Invitee, invite
from caseway.demo.cast import Cast

LOG = "/desk/settings/audit-log/"


@pytest.fixture
def page(cast: Cast, client: Client) -> Any:
    client.force_login(cast.admin)
    return lambda **query: client.get(LOG, query).content.decode().replace("&#39;", "'")


def test_it_tells_old_and_new_in_words(cast: Cast, page: Any):
    by = cast.at_desk(cast.admin)
    row = add(kind_named("contact-methods"), Written({"en": "Fax"}), by=by)
    change(kind_named("contact-methods"), row, Written({"en": "Telegram"}), by=by, version=None)
    change_policy({"customer_reopens_within_days": 30, "closing_needs_note": False}, by=by, version=None)
    make_administrator(cast.contact(cast.jo), by=by)
    shown = page()
    assert "Contact method: changed" in shown
    assert "<del>English: Fax</del>" in shown
    assert "<ins>English: Telegram</ins>" in shown
    assert "<del></del>" not in shown
    assert "<del>–</del>" not in shown
    assert "Customers may reopen for" in shown
    assert "<del>14 days</del>" in shown
    assert "<ins>30 days</ins>" in shown
    assert cast.contact(cast.jo).name in shown


def test_it_is_filtered_by_person_and_by_what_it_is_about(cast: Cast, page: Any):
    by = cast.at_desk(cast.admin)
    add(kind_named("tags"), Written({"en": "fragile"}), by=by)
    change_policy({"closing_needs_note": False}, by=by, version=None)
    assert "fragile" in page(person=str(cast.admin.pk))
    assert "fragile" not in page(person=str(cast.ana.pk))
    assert "fragile" in page(topic="tag")
    assert "fragile" not in page(topic="policy")
    assert "Nothing fits" in page(person="x", topic="nothing")
    assert "fragile" in page(person="x", topic="\0")


def test_whoever_was_invited_is_called_as_they_were_invited(cast: Cast, page: Any):
    role = cast.memberships[cast.ana.email].role_id
    invite(Invitee("Noa Lind", cast.omar.email, Place(role)), by=cast.at_desk(cast.admin))
    assert "Noa Lind" in page(topic="person")
    assert cast.omar.name not in page()


def test_it_is_the_organisations_own(cast: Cast, client: Client):
    add(kind_named("tags"), Written({"en": "fragile"}), by=cast.at_desk(cast.admin))
    client.force_login(cast.iris)
    assert "fragile" not in client.get(LOG).content.decode()
    client.force_login(cast.ana)
    assert client.get(LOG).status_code == 403


def test_it_pages_by_key_at_the_same_cost(cast: Cast, client: Client, django_assert_max_num_queries: Any):
    AuditEntry.objects.bulk_create(
        AuditEntry(
            organisation=cast.larkfield,
            kind="setting.changed",
            actor=cast.admin,
            payload={"topic": "tag", "key": 1},
            thing=f"word {number}",
        )
        for number in range(120)
    )
    client.force_login(cast.admin)
    with django_assert_max_num_queries(12):
        first = client.get(LOG).content.decode()
    assert "word 119" in first
    assert "word 69<" not in first
    cursor = first.split("&amp;cursor=")[-1].split('"')[0]
    assert "word 69<" in client.get(f"{LOG}?person=&topic=&cursor={cursor}").content.decode()


def test_nobody_changes_or_removes_an_entry(cast: Cast):
    add(kind_named("tags"), Written({"en": "fragile"}), by=cast.at_desk(cast.admin))
    for deed in (lambda rows: rows.update(thing="other"), lambda rows: rows.delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            deed(AuditEntry.objects.filter(topic="tag"))


def test_it_tells_what_became_of_canned_answers_and_brands(cast: Cast, page: Any):
    by = cast.at_desk(cast.admin)
    one = write(Wording(title="Hello", body="First", scope="organisation"), by=by)
    rewrite(one, Wording(title="Hello", body="Second", scope="organisation"), by=by, version=None)
    remove(one, by=by)
    face = replace(Face.of(cast.garden_brand), colour="#123456")
    change_brand(cast.garden_brand, face, by=by, version=None, senders=())
    shown = page()
    for words in (
        "Canned answer: added",
        "Canned answer: changed",
        "Canned answer: removed",
        "<del>First</del>",
        "<ins>Second</ins>",
        "<ins>Everyone</ins>",
        "<ins>#123456</ins>",
        f"<del>{cast.garden_brand.colour}</del>",
        "Brand: changed",
    ):
        assert words in shown, words
