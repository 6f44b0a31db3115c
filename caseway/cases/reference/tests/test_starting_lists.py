"""What a new organisation's lists hold."""

import pytest
from django.conf import settings
from django.utils import translation

from caseway.accounts import organisations
from caseway.accounts.models import Organisation, Role
from caseway.cases.models import Category, ContactMethod, NoteSubject, Priority, Reason, TaskType
from caseway.cases.reference.actions import give_starting_lists
from caseway.cases.reference.translations import LANGUAGES

LISTS = (Priority, Reason, ContactMethod, NoteSubject, TaskType, Category)


@pytest.fixture
def ember(db: None) -> Organisation:
    return organisations.add(Organisation(slug="ember", name="Ember Lighting", kind="shipper"))


def test_adding_an_organisation_gives_roles_and_lists(ember: Organisation) -> None:
    assert Role.objects.filter(organisation=ember).count() == 4
    for model in LISTS:
        assert model.objects.filter(organisation=ember).exists()
    assert {reason.kind for reason in Reason.objects.filter(organisation=ember)} == set(Reason.Kind)
    assert Priority.objects.get(organisation=ember, is_default=True).label == "Normal"


def test_every_label_speaks_every_language_of_the_portal(ember: Organisation) -> None:
    assert {"en", *LANGUAGES} == {code for code, _ in settings.LANGUAGES}
    for model in LISTS:
        for row in model.objects.filter(organisation=ember):
            assert set(row.name) == {"en", *LANGUAGES}
            assert all(text.strip() for text in row.name.values())
    with translation.override("zh-hans"):
        assert Category.objects.get(organisation=ember, case_type="lost").label == "货物丢失"


def test_a_list_that_has_rows_stays_as_it_is(ember: Organisation) -> None:
    Reason.objects.filter(organisation=ember).exclude(kind="closure").delete()
    before = Reason.objects.filter(organisation=ember).count()
    ContactMethod.objects.filter(organisation=ember).delete()
    give_starting_lists(ember)
    give_starting_lists(ember)
    assert Reason.objects.filter(organisation=ember).count() == before
    assert ContactMethod.objects.filter(organisation=ember).count() == 6


def test_items_bring_type_and_priority_of_their_own_organisation(ember: Organisation) -> None:
    damaged = Category.objects.get(organisation=ember, case_type="damaged")
    assert damaged.parent
    assert damaged.parent.label == "Goods"
    assert damaged.default_priority
    assert (damaged.default_priority.organisation, damaged.default_priority.label) == (ember, "High")
