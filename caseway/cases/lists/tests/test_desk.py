"""The desk's pages of lists."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from caseway.accounts.models import AuditEntry
from caseway.accounts.tests.forms import form_on
from caseway.cases.lists.kinds import KINDS
from caseway.cases.models import Category, ContactMethod, Priority, Reason
from caseway.demo.cast import Cast


@pytest.fixture
def admin(cast: Cast, client: Client) -> Client:
    client.force_login(cast.admin)
    return client


def row_page(kind: str, key: int) -> str:
    return reverse("desk:list_row", args=[kind, key])


@pytest.mark.parametrize("kind", KINDS, ids=[kind.key for kind in KINDS])
def test_every_list_has_its_pages(cast: Cast, admin: Client, kind: Any):
    listed = admin.get(reverse("desk:list", args=[kind.key]))
    assert str(kind.sentence) in listed.content.decode().replace("&#39;", "'")
    assert admin.get(reverse("desk:new_list_row", args=[kind.key])).status_code == 200
    for row in kind.model.objects.filter(organisation=cast.larkfield)[:3]:
        here = row_page(kind.key, row.pk)
        page = admin.get(here)
        assert row.label in page.content.decode().replace("&#39;", "'")
        assert admin.post(here, form_on(page, here)).status_code == 302
    assert not AuditEntry.objects.filter(topic=kind.topic).exists()


def test_no_list_of_that_name_is_there(admin: Client):
    assert admin.get(reverse("desk:list", args=["passwords"])).status_code == 404


def test_a_row_is_added_in_several_languages(cast: Cast, admin: Client):
    sent = {"name-en": "Fax", "name-de": "Telefax", "name-fr": ""}
    answer = admin.post(reverse("desk:new_list_row", args=["contact-methods"]), sent)
    assert answer.status_code == 302
    stored = ContactMethod.objects.filter(organisation=cast.larkfield).latest("pk")
    assert stored.name == {"en": "Fax", "de": "Telefax"}


def test_an_item_is_added_under_its_topic(cast: Cast, admin: Client):
    topic = Category.objects.filter(organisation=cast.larkfield, parent__isnull=True).earliest("pk")
    here = reverse("desk:new_list_row", args=["categories"])
    begun = form_on(admin.get(here, {"parent": topic.pk}), here)
    assert begun["parent"] == str(topic.pk)
    sent = begun | {"name-en": "Pallet is missing"}
    refused = admin.post(here, sent)
    assert refused.status_code == 422
    assert "An item needs a case type." in refused.content.decode()
    admin.post(here, sent | {"case_type": "shortage"})
    assert Category.objects.filter(parent=topic).latest("pk").label == "Pallet is missing"


def test_the_second_editor_keeps_what_they_typed(cast: Cast, admin: Client):
    row = Priority.objects.get(organisation=cast.larkfield, rank=1)
    here = row_page("priorities", row.pk)
    sent = form_on(admin.get(here), here)
    admin.post(here, sent | {"name-en": "Lowest"})
    late = admin.post(here, sent | {"name-en": "Tiny"})
    assert late.status_code == 412
    row.refresh_from_db()
    assert row.label == "Lowest"
    kept = form_on(late, here)
    assert kept["name-en"] == "Tiny"
    assert admin.post(here, kept).status_code == 302
    row.refresh_from_db()
    assert row.label == "Tiny"


def test_a_row_moves_with_and_without_scripts(cast: Cast, admin: Client):
    first, second, *_ = Reason.objects.filter(organisation=cast.larkfield, kind="closure")
    place = reverse("desk:list_place", args=["reasons", second.pk])
    assert admin.post(place, {"before": first.pk}).status_code == 302
    rows = Reason.objects.filter(organisation=cast.larkfield, kind="closure")
    assert [one.pk for one in rows][:2] == [second.pk, first.pk]
    fragment = admin.post(place, {"before": ""}, headers={"HX-Request": "true"})
    assert fragment.status_code == 200
    assert "<html" not in fragment.content.decode()
    assert rows.last() == second


def test_what_is_in_use_says_so_and_is_switched_off(cast: Cast, admin: Client):
    default = Priority.objects.get(organisation=cast.larkfield, is_default=True)
    state = reverse("desk:list_state", args=["priorities", default.pk])
    told = admin.post(state, {"do": "off"}, follow=True)
    assert "Choose another default first." in told.content.decode()
    low = Priority.objects.get(organisation=cast.larkfield, rank=1)
    admin.post(reverse("desk:list_state", args=["priorities", low.pk]), {"do": "off"})
    low.refresh_from_db()
    assert not low.is_active
    assert "Switched off" in admin.get(reverse("desk:list", args=["priorities"])).content.decode()


def test_agents_are_refused_and_others_find_nothing(cast: Cast, client: Client):
    row = Priority.objects.get(organisation=cast.larkfield, rank=1)
    client.force_login(cast.ana)
    assert client.get(reverse("desk:list", args=["priorities"])).status_code == 403
    assert client.get(row_page("priorities", row.pk)).status_code == 403
    client.force_login(cast.iris)
    assert client.get(row_page("priorities", row.pk)).status_code == 404


def test_a_list_costs_the_same_however_long_it_is(
    cast: Cast, admin: Client, django_assert_max_num_queries: Any
):
    with django_assert_max_num_queries(12):
        admin.get(reverse("desk:list", args=["categories"]))
