"""What the fields of a filter ask of the sides: one condition each."""

from typing import TYPE_CHECKING

from django.db.models import Q

from caseway.accounts.viewer import Viewer

if TYPE_CHECKING:
    from .filters import CaseFilter


def conditions_of(wanted: "CaseFilter", viewer: Viewer) -> list[Q]:
    """The conditions of the fields that are in force, all of which a side has to meet.

    Some look up what they name first: a query or two each.
    """
    return [term.condition(viewer) for term in wanted.terms]
