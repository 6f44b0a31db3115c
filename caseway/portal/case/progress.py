"""How far a case has come, in four steps."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from markupsafe import Markup

from caseway.cases.status import Status
from caseway.core.ui.times import date_name, stamp
from caseway.core.ui.words import portal_name
from caseway.portal.mycases.queries import Row

from .milestones import Milestone

DONE, CURRENT, TO_COME = "done", "current", ""


@dataclass(frozen=True)
class Step:
    """One step, as `ui/steps.html` draws it."""

    text: str
    state: str
    detail: Markup | str = ""


def progress_of(row: Row, milestones: Sequence[Milestone]) -> list[Step]:
    """Received, assigned, worked on, solved; of a case that went on without an owner, no word of one."""
    case = row.case
    solved, begun = not case.is_active, case.status != Status.NEW
    received = Step(_("Received"), DONE if begun else CURRENT, stamp(case.created_at))
    end = Step(_end(row), DONE if solved else TO_COME, stamp(case.closed_at))
    if solved and not row.owner:
        return [received, end]
    if begun and not row.owner:
        return [received, _worked_on(row, solved, begun), end]
    return [received, _assigned(row, milestones), _worked_on(row, solved, begun), end]


def _assigned(row: Row, milestones: Sequence[Milestone]) -> Step:
    if not row.owner:
        return Step(_("Assigned"), TO_COME, _("One of us takes it"))
    taken = [milestone for milestone in milestones if milestone.owner == row.owner]
    name = row.owner.split(" ", 1)[0]
    return Step(
        _("Assigned to %(name)s") % {"name": name},
        DONE,
        stamp(taken[-1].at if taken else row.case.created_at),
    )


def _worked_on(row: Row, solved: bool, begun: bool) -> Step:
    if solved or not begun:
        return Step(_("We work on it"), DONE if solved else TO_COME)
    until = date_name(row.paused_until) if row.paused_until else ""
    detail = _("Add a comment below") if row.case.status == Status.PENDING_CUSTOMER else ""
    return Step(portal_name(row.case.status, until), CURRENT, detail)


def _end(row: Row) -> str:
    if row.case.is_active:
        return _("Solved")
    return portal_name(row.case.status, into=row.joined_with)
