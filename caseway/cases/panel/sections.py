"""The three parts of the panel: each a form, what it does, and what stands in its way."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from caseway.accounts.viewer import Viewer
from caseway.cases.access.rules import Operation, demand
from caseway.cases.desk import OperationForm
from caseway.cases.editing.actions import Overlap, edit
from caseway.cases.lifecycle import actions as lifecycle
from caseway.cases.lifecycle.forms import ClosureForm, ReopeningForm
from caseway.cases.models import Side
from caseway.cases.once import form_token
from caseway.core.errors import Conflict, NotAllowed

from .actions import add_note
from .forms import DetailsForm, NoteForm

NAMES = ("note", "status", "edit")


@dataclass(frozen=True)
class Section:
    """One part of the panel. `obstacle` says why nothing can be done in it now, "" where it can."""

    name: str
    form: OperationForm
    obstacle: str
    is_open: bool


def section_of(name: str, side: Side, viewer: Viewer, data: Any = None, *, is_open: bool = False) -> Section:
    """One part, with what was sent (`data`) where it is the one that was."""
    form = _form_class(name, side)(data, viewer=viewer, side=side)
    form.auto_id = f"{name}-%s"  # all three stand on one page
    return Section(name, form, _obstacle(_operation(name, side), viewer, side), is_open)


def _form_class(name: str, side: Side) -> type[OperationForm]:
    match name:
        case "note":
            return NoteForm
        case "status":
            return ClosureForm if side.is_active else ReopeningForm
        case _:
            return DetailsForm


def _operation(name: str, side: Side) -> Operation:
    match name:
        case "note":
            return Operation.NOTE
        case "status":
            return Operation.CLOSE if side.is_active else Operation.REOPEN
        case _:
            return Operation.EDIT


def _obstacle(operation: Operation, viewer: Viewer, side: Side) -> str:
    try:
        demand(viewer, operation, side.case, side)
    except (Conflict, NotAllowed) as error:
        return error.message
    return ""


def act(side: Side, form: OperationForm, given: dict[str, Any]) -> None:
    """Do what a part is for. Raises what its action does, and Conflict where others changed the same."""
    viewer = form.viewer
    match form:
        case NoteForm():
            token = form_token(given["token"])
            add_note(side.case, by=viewer, subject=given["subject"], text=given["text"], token=token)
        case ClosureForm():
            lifecycle.close(side.case, by=viewer, **given)
        case ReopeningForm():
            lifecycle.reopen(side.case, by=viewer, **given)
        case DetailsForm():
            _save(side, form)


def _save(side: Side, form: DetailsForm) -> None:
    before = form.before
    try:
        edit(side.case, by=form.viewer, changes=form.changes(), before=before)
    except Overlap as overlap:
        form.note_present(overlap.stored)
        raise Conflict(_what_changed(form, before, overlap.stored)) from overlap


def _what_changed(form: DetailsForm, before: dict[str, str], stored: dict[str, str]) -> str:
    """What others made of the fields that were changed here too, for whoever saves second."""
    lines = [
        _("%(field)s was “%(old)s” and is “%(theirs)s” now.")
        % {
            "field": form[name].label,
            "old": form.told(name, before[name].strip()),
            "theirs": form.told(name, theirs),
        }
        for name, theirs in stored.items()
    ]
    words = [_("Somebody changed this meanwhile."), *lines, _("Save again to replace it with yours.")]
    return " ".join(words)


def words_for(form: OperationForm) -> str:
    """What is said when it is done."""
    match form:
        case NoteForm():
            return _("Your note is added.")
        case ClosureForm():
            return _("The case is closed.")
        case ReopeningForm():
            return _("The case is open again.")
        case _:
            return _("Saved.")
