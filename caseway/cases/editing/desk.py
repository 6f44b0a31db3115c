"""The desk's side of editing: one field at a time, in place."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from caseway.accounts.access import desk_page
from caseway.accounts.requests import ViewerRequest
from caseway.cases import desk
from caseway.cases.access.rules import Operation
from caseway.core.errors import Conflict

from .actions import Overlap, edit
from .forms import FieldForm
from .pickers import PICKERS, picked


@desk_page
def field(request: ViewerRequest, number: str, name: str) -> HttpResponse:
    """Change one field; whoever saved meanwhile is not overwritten unseen."""
    side = desk.load(request, number)
    form = FieldForm(name, desk.sent(request), viewer=request.viewer, side=side)
    if desk.submitted(request, form, lambda _given: _save(form)):
        return desk.done(request, number, _("Saved."), focus=name, undo=name == "type")
    found = picked(request, name)
    if request.htmx and request.htmx.target == f"p-{name}-results":
        return render(request, "cases/editing/found.html", found)
    in_place = (
        bool(request.htmx) and name not in PICKERS and not str(request.htmx.target).startswith("dialogs")
    )
    template = "cases/editing/in_place.html" if in_place else "cases/editing/field.html"
    return desk.ask(request, side, form, template, Operation.EDIT, **found)


def _save(form: FieldForm) -> None:
    """Store the value. Raises Conflict where the field isn't any more what it was, and says what it is."""
    name, before = form.name, form.cleaned_data["before"]
    try:
        edit(form.side.case, by=form.viewer, changes={name: form.change()}, before={name: before})
    except Overlap as overlap:
        stored = overlap.stored[name]
        form.note_present(stored)
        raise Conflict(_what_changed(form.in_words(before.strip()), form.in_words(stored))) from overlap


def _what_changed(old: str, theirs: str) -> str:
    if not theirs:
        return _("Somebody changed this meanwhile. Save again to replace it with yours.")
    words = {"old": old, "theirs": theirs}
    return (
        _(
            "Somebody changed this meanwhile. It was “%(old)s” and is “%(theirs)s” now. "
            "Save again to replace it with yours."
        )
        % words
    )
