"""An organisation's lists stay readable for the pages that show them."""

from typing import Any

import pytest
from django.forms import modelform_factory

from caseway.cases.models import Category, Priority, Reason
from caseway.cases.reference.forms import CategoryForm, LabelledForm, ReasonForm
from caseway.cases.types import CaseType
from caseway.demo.cast import Cast

pytestmark = pytest.mark.django_db


def topic_form(cast: Cast, instance: Category | None = None, **changes: Any) -> Any:
    given = {"organisation": cast.larkfield.pk, "name": '{"en": "Damp"}', "position": 1, "is_active": True}
    form = modelform_factory(Category, CategoryForm, fields="__all__")
    return form(given | changes, instance=instance)


@pytest.mark.parametrize(
    "name", ['"Low"', "[]", "{}", '{"en": ""}', '{"en": " "}', '{"en": 5}', '{"tlh": "Low"}', "3"]
)
def test_a_name_that_no_page_could_show_is_refused(cast: Cast, name: str) -> None:
    given = {"organisation": cast.larkfield.pk, "name": name, "position": 9, "rank": 9, "is_active": True}
    form: Any = modelform_factory(Priority, LabelledForm, fields="__all__")(given)
    assert set(form.errors) == {"name"}
    assert not modelform_factory(Priority, LabelledForm, fields="__all__")(
        given | {"name": '{"en": "Low", "zh-hans": "低"}'}
    ).errors


def test_the_tree_has_two_levels(cast: Cast) -> None:
    item = Category.objects.filter(organisation=cast.larkfield, parent__isnull=False)[0]
    topic = item.parent
    assert topic is not None
    kind = CaseType.DAMAGED
    assert not topic_form(cast, parent=topic.pk, case_type=kind).errors
    assert set(topic_form(cast, parent=topic.pk).errors) == {"case_type"}
    assert set(topic_form(cast, parent=item.pk, case_type=kind).errors) == {"parent"}
    assert set(topic_form(cast, topic, parent=topic.pk, case_type=kind).errors) == {"parent"}
    other = Category.objects.filter(organisation=cast.larkfield, parent=None).exclude(pk=topic.pk)[0]
    assert set(topic_form(cast, topic, parent=other.pk, case_type=kind).errors) == {"parent"}


def test_a_topic_of_another_organisation_is_refused(cast: Cast) -> None:
    foreign = Category.objects.filter(organisation=cast.quillon, parent=None)[0]
    form = topic_form(cast, parent=foreign.pk, case_type=CaseType.DAMAGED)
    assert "another organisation" in str(form.errors["parent"])


def test_a_reason_keeps_its_operation(cast: Cast) -> None:
    reason = Reason.objects.filter(organisation=cast.larkfield, kind=Reason.Kind.CLOSURE)[0]
    given = {"name": '{"en": "Done"}', "position": 1, "is_active": True, "kind": Reason.Kind.REOPEN}
    form: Any = modelform_factory(Reason, ReasonForm, fields="__all__")(given, instance=reason)
    form.save()
    reason.refresh_from_db()
    assert (reason.kind, reason.label) == (Reason.Kind.CLOSURE, "Done")
