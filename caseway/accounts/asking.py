"""Questions that viewers ask over and over, composed once for each shape of viewer.

    @AskedBy
    def _messages(viewer: Viewer) -> QuerySet[Message]:
        return Message.objects.visible_to(viewer).filter(case=Slot("case"))

    _messages.rows(viewer, case=7)

Two viewers have one shape where role, teams and policy agree: only the ids of person, organisation,
contact and account differ, and these are given to the statement each time. So a condition of
visibility says the viewer's ids (`viewer.person_id`), never their models.
"""

from collections.abc import Callable, Hashable
from copy import copy
from dataclasses import replace
from functools import lru_cache
from typing import Any, Generic, TypeVar

from django.db.models import Model, QuerySet

from caseway.core.database.statements import Slot, Statement

from .models import Organisation, Person
from .permissions import Permission
from .policy import Policy
from .viewer import Viewer

M = TypeVar("M", bound=Model)
KEPT = 200
"""Shapes whose statement one process keeps, of each question; a statement takes 20 to 150 kB."""


class AskedBy(Generic[M]):
    """A queryset for a viewer (and what else `compose` takes), composed once for each of their shapes.

    `compose` says nothing but what its arguments say: no clock, no language, no ids but in slots.
    """

    def __init__(self, compose: Callable[..., QuerySet[M]]) -> None:
        self._compose = compose
        self._statement = lru_cache(maxsize=KEPT)(self._composed)

    def rows(self, viewer: Viewer, *more: Hashable, **values: Any) -> list[M]:
        """What fits, with a value for each slot; one query."""
        # A request's viewer is lazy and knows the request: what is kept is a copy, the viewer alone.
        shape, policy = _shape(copy(viewer), viewer.policy)
        return self._statement(shape, policy, *more).rows(**_ids(viewer), **values)

    def _composed(self, shape: Viewer, _policy: Policy, *more: Hashable) -> Statement[M]:
        return Statement(lambda: self._compose(shape, *more))


@lru_cache(maxsize=2000)
def _shape(viewer: Viewer, policy: Policy) -> tuple[Viewer, Policy]:
    """The viewer with slots for ids, and the policy that decides with them.

    Who doesn't see all cases of their organisation is a shape of their own: which they see is
    told by their watches, and whatever else hangs on their person.
    """
    if not (policy.agents_see_all or viewer.has(Permission.LEAD)):
        return viewer, policy
    organisation = viewer.organisation and Organisation(
        pk=_slot("viewer_organisation"), stored_policy=viewer.organisation.stored_policy
    )
    shape = replace(
        viewer,
        person=viewer.person and Person(pk=_slot("viewer_person")),
        organisation=organisation,
        contact_id=viewer.contact_id and _slot("viewer_contact"),
        account_id=viewer.account_id and _slot("viewer_account"),
    )
    return shape, policy


def _slot(name: str) -> Any:
    """A slot where an id is meant: conditions take either."""
    return Slot(name)


def _ids(viewer: Viewer) -> dict[str, int | None]:
    return {
        "viewer_person": viewer.person_id,
        "viewer_organisation": viewer.organisation_id,
        "viewer_contact": viewer.contact_id,
        "viewer_account": viewer.account_id,
    }
