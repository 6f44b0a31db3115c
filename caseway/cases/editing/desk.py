"""The desk's side of editing: one field at a time, in place."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from caseway.accounts.access import desk_page
from caseway.accounts.requests import ViewerRequest
from caseway.cases import desk
from caseway.cases.access.rules import Operation
from caseway.core.errors import Conflict

from .actions import edit
from .forms import FieldForm, text_of
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
    """Store the value. Raises Conflict where the field isn't any more what it was."""
    side, name = form.side, form.name
    if form.cleaned_data["before"].strip() != text_of(side, name).strip():
        form.note_present()
        raise Conflict(_("Somebody changed this meanwhile. Save again to replace it with yours."))
    edit(side.case, by=form.viewer, changes={name: form.change()}, version=side.version)
