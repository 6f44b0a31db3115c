"""Making a case at the desk."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from caseway.accounts.access import desk_page
from caseway.accounts.requests import ViewerRequest
from caseway.cases.files.actions import limits_for
from caseway.cases.files.forms import as_rows, keep_all
from caseway.cases.files.queries import unsent_files
from caseway.cases.once import form_token, once
from caseway.core.errors import Conflict, Invalid

from . import desk_draft
from .actions import create
from .desk_form import NewCaseForm
from .found import Items, customers_found, shipments_found

FINDERS = {"shipment": shipments_found, "customer": customers_found}


@desk_page
def new_case(request: ViewerRequest) -> HttpResponse:
    """A new case, filled in before from the address (a shipment, say)."""
    if request.htmx and request.htmx.target:
        return _found(request, request.htmx.target.removeprefix("p-").removesuffix("-results"))
    if request.method == "POST":
        return _pressed(request)
    draft = desk_draft.kept(request.viewer)
    content = draft.content if draft else {}
    form = NewCaseForm(viewer=request.viewer, initial=content | request.GET.dict())
    files = content.get("attachments", [])
    return _form(request, form, files, kept_at=draft.saved_at if draft else None)


@desk_page
@require_POST
def draft(request: ViewerRequest) -> HttpResponse:
    """Keep what was entered so far."""
    desk_draft.keep(request.viewer, desk_draft.entered(request.POST))
    return HttpResponse(status=204)


def _pressed(request: ViewerRequest) -> HttpResponse:
    """Do what the pressed button says, keeping whatever was entered."""
    if request.POST.get("do") == "discard":
        desk_draft.forget(request.viewer)
        return redirect("desk:new_case")
    kept, errors = keep_all(request.FILES.getlist("files"), request.viewer)
    ids = [*request.POST.getlist("attachments"), *(str(file.pk) for file in kept)]
    if request.POST.get("do") == "find":
        form = NewCaseForm(viewer=request.viewer, initial=desk_draft.entered(request.POST))
        return _form(request, form, ids)
    return _sent(request, ids, errors)


def _sent(request: ViewerRequest, ids: list[str], errors: dict[str, str]) -> HttpResponse:
    viewer, form = request.viewer, NewCaseForm(request.POST, viewer=request.viewer)
    if errors:
        form.take(Invalid(errors))
    elif form.is_valid():
        token = form_token(request.POST.get("token", ""))
        try:
            case = once(viewer, token, lambda: create(form.new_case(tuple(ids)), by=viewer))
        except Invalid as invalid:
            form.take(invalid)
        except Conflict as conflict:
            form.add_error(None, conflict.message)
        else:
            messages.success(request, _("%(number)s is created.") % {"number": case.number})
            return redirect("desk:case", case.number)
    return _form(request, form, ids)


def _form(
    request: ViewerRequest, form: NewCaseForm, attachments: list[str], *, kept_at: datetime | None = None
) -> HttpResponse:
    limits = limits_for(request.viewer)
    context = {
        "form": form,
        "token": form_token(request.POST.get("token", "")),
        "files": as_rows(unsent_files(request.viewer, attachments), "desk"),
        "limits": {"files": limits.files, "bytes": limits.total_bytes, "extensions": list(limits.types)},
        "shipments": _items(request, "shipment") or form.chosen_shipment,
        "customers": _items(request, "customer") or form.chosen_customer,
        "typed": {name: _typed(request, name) for name in FINDERS},
        "kept_at": kept_at,
    }
    return render(request, "cases/creation/desk_case.html", context, status=422 if form.errors else 200)


def _items(request: ViewerRequest, name: str) -> Items:
    return FINDERS[name](request.viewer, _typed(request, name))


def _typed(request: ViewerRequest, name: str) -> str:
    given = request.POST or request.GET
    return given.get(f"p-{name}-q", "")


def _found(request: ViewerRequest, name: str) -> HttpResponse:
    """The results of one picker alone."""
    items = _items(request, name) if name in FINDERS else []
    context = {"name": name, "items": items, "query": _typed(request, name)}
    return render(request, "cases/editing/found.html", context)
