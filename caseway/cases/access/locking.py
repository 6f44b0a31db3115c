"""Locks, always in one order: cases by id, then their sides by organisation id."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from caseway.accounts.viewer import Viewer
from caseway.cases.models import Case, Side
from caseway.core.errors import NotAllowed, NotFound

from .rules import Operation, demand


@dataclass(frozen=True)
class Locked:
    """A case whose row and sides nobody else changes until the transaction ends."""

    case: Case
    sides: dict[int, Side]

    def side_of(self, viewer: Viewer) -> Side | None:
        """The viewer's own side, if they sit at a desk that takes part."""
        return self.sides.get(viewer.organisation_id or 0) if viewer.is_agent else None

    def own_side(self, viewer: Viewer) -> Side:
        """The same, for operations that only agents do. Raises NotAllowed for anybody else."""
        side = self.side_of(viewer)
        if side is None:
            raise NotAllowed(_("Only agents of an organisation on the case can do this."))
        return side

    @property
    def host_side(self) -> Side:
        """The side of the organisation that hosts the case."""
        return self.sides[self.case.host_id]


def lock_cases(ids: Iterable[int]) -> dict[int, Locked]:
    """Lock these cases and their sides. Call it first in an action. Raises NotFound if one is missing."""
    wanted = sorted(set(ids))
    cases = {
        case.pk: case
        for case in Case.objects.select_for_update(no_key=True, of=("self",))
        .filter(pk__in=wanted)
        .order_by("pk")
    }
    if len(cases) != len(wanted):
        raise NotFound
    sides: dict[int, dict[int, Side]] = {pk: {} for pk in wanted}
    rows = (
        Side.objects.select_for_update(no_key=True, of=("self",))
        .filter(case__in=wanted)
        .select_related("owner", "organisation")
        .order_by("case_id", "organisation_id")
    )
    for side in rows:
        sides[side.case_id][side.organisation_id] = side
    return {pk: Locked(cases[pk], sides[pk]) for pk in wanted}


def lock_case(case_id: int) -> Locked:
    """Lock one case and its sides."""
    return lock_cases([case_id])[case_id]


def lock_for(viewer: Viewer, operation: Operation, case: Case) -> Locked:
    """Lock the case, make sure that the viewer still sees it, and demand the operation.

    Raises NotFound, NotAllowed or Conflict.
    """
    locked = lock_case(case.pk)
    if not Case.objects.visible_to(viewer).filter(pk=case.pk).exists():
        raise NotFound
    demand(viewer, operation, locked.case, locked.side_of(viewer))
    return locked
