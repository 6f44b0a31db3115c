"""The operations that can be done in bulk, as a table: what each is told, does, and undoes.

Each calls the action of the single operation, so that permission, status and history are the same.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from caseway.accounts.models import Person, Team
from caseway.accounts.viewer import Viewer
from caseway.cases.access.rules import Operation
from caseway.cases.editing.actions import edit
from caseway.cases.lifecycle import actions as lifecycle
from caseway.cases.merging import actions as merging
from caseway.cases.models import Bulk, Case, Side
from caseway.cases.ownership import actions as ownership
from caseway.cases.watching import actions as watching

from . import arguments, restoring
from .restoring import Before

Check = Callable[[arguments.Sent, Viewer], arguments.Kept]
Do = Callable[[Case, Viewer, arguments.Kept], object]
Undo = Callable[[Case, Viewer, Before], object]


@dataclass(frozen=True)
class Deed:
    """One operation. `needs` is what single cases demand of the viewer's role for it."""

    needs: Operation
    check: Check
    do: Do
    undo: Undo


def _assign(case: Case, by: Viewer, told: Mapping[str, Any]) -> None:
    ownership.assign(case, by=by, to=Person.objects.get(pk=told["owner"]), note=told["note"])


def _give_to_team(case: Case, by: Viewer, told: Mapping[str, Any]) -> None:
    """A case that lies in the team's queue already stays there as it is."""
    side = Side.objects.visible_to(by).get(case=case)
    if side.team_id != told["team"] or side.owner_id is not None:
        ownership.give_to_team(case, by=by, team=Team.objects.get(pk=told["team"]), note=told["note"])


def _set_type(case: Case, by: Viewer, told: Mapping[str, Any]) -> None:
    edit(case, by=by, changes={"type": told["type"]})


def _add_tags(case: Case, by: Viewer, told: Mapping[str, Any]) -> None:
    side = Side.objects.visible_to(by).get(case=case)
    edit(case, by=by, changes={"tags": [*side.tags, *told["tags"]]})


def _set_priority(case: Case, by: Viewer, told: Mapping[str, Any]) -> None:
    edit(case, by=by, changes={"priority": told["priority"]})


def _close(case: Case, by: Viewer, told: Mapping[str, Any]) -> None:
    lifecycle.close(case, by=by, reason=told["reason"], note=told["note"])


def _merge(case: Case, by: Viewer, told: Mapping[str, Any]) -> None:
    """The survivor may be among the chosen: it stays what it is."""
    if case.pk != told["into"]:
        merging.merge(case, by=by, into=Case.objects.get(pk=told["into"]))


def _edit_back(name: str) -> Undo:
    return lambda case, by, before: edit(case, by=by, changes={name: before[name]})


DEEDS: dict[str, Deed] = {
    Bulk.Operation.CLAIM: Deed(
        Operation.CLAIM,
        arguments.none,
        lambda case, by, _told: ownership.claim(case, by=by),
        restoring.give_back,
    ),
    Bulk.Operation.ASSIGN: Deed(Operation.ASSIGN, arguments.owner, _assign, restoring.give_back),
    Bulk.Operation.TEAM: Deed(Operation.ASSIGN, arguments.team, _give_to_team, restoring.give_back),
    Bulk.Operation.TYPE: Deed(Operation.EDIT, arguments.type_, _set_type, _edit_back("type")),
    Bulk.Operation.TAG: Deed(Operation.EDIT, arguments.tags, _add_tags, _edit_back("tags")),
    Bulk.Operation.PRIORITY: Deed(Operation.EDIT, arguments.priority, _set_priority, _edit_back("priority")),
    Bulk.Operation.CLOSE: Deed(Operation.CLOSE, arguments.closure, _close, restoring.open_again),
    Bulk.Operation.FOLLOW: Deed(
        Operation.FOLLOW,
        arguments.none,
        lambda case, by, _told: watching.follow(case, by=by),
        lambda case, by, _before: watching.unfollow(case, by=by),
    ),
    Bulk.Operation.MERGE: Deed(
        Operation.MERGE,
        arguments.survivor,
        _merge,
        lambda case, by, _before: merging.unmerge(case, by=by),
    ),
}
