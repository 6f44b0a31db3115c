"""The lists of an organisation that the desk's forms offer, as (id, label) pairs."""

from itertools import groupby

from caseway.accounts.viewer import Viewer
from caseway.cases.models import Category, ContactMethod, Priority

Choices = list[tuple[str, str]]


def categories_for(viewer: Viewer) -> list[tuple[str, Choices]]:
    """The items of the category tree, under their topics."""
    items = (
        Category.objects.filter(organisation=viewer.organisation_id, is_active=True, parent__is_active=True)
        .select_related("parent")
        .order_by("parent__position", "parent_id", "position", "pk")
    )
    return [
        (parent.label if parent else "", [(str(item.pk), item.label) for item in under])
        for parent, under in groupby(items, key=lambda item: item.parent)
    ]


def priorities_for(viewer: Viewer) -> Choices:
    """The priorities, the most pressing first."""
    rows = Priority.objects.filter(organisation=viewer.organisation_id, is_active=True).order_by("-rank")
    return [(str(row.pk), row.label) for row in rows]


def methods_for(viewer: Viewer) -> Choices:
    """The ways in which customers reach the organisation."""
    rows = ContactMethod.objects.filter(organisation=viewer.organisation_id, is_active=True)
    return [(str(row.pk), row.label) for row in rows]
