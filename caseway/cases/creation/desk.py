"""Making a case at the desk."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from caseway.accounts.access import desk_page
from caseway.accounts.requests import ViewerRequest
from caseway.cases.files.actions import limits_for
from caseway.cases.files.forms import as_rows, keep_all
from caseway.cases.files.queries import unsent_files
from caseway.cases.once import form_token, once
from caseway.core.errors import Conflict, Invalid

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
        return _sent(request)
    return _form(request, NewCaseForm(viewer=request.viewer, initial=request.GET.dict()), [])


def _sent(request: ViewerRequest) -> HttpResponse:
    viewer, form = request.viewer, NewCaseForm(request.POST, viewer=request.viewer)
    kept, errors = keep_all(request.FILES.getlist("files"), viewer)
    ids = (*request.POST.getlist("attachments"), *(str(file.pk) for file in kept))
    if errors:
        form.take(Invalid(errors))
    elif form.is_valid():
        token = form_token(request.POST.get("token", ""))
        try:
            case = once(viewer, token, lambda: create(form.new_case(ids), by=viewer))
        except Invalid as invalid:
            form.take(invalid)
        except Conflict as conflict:
            form.add_error(None, conflict.message)
        else:
            messages.success(request, _("%(number)s is created.") % {"number": case.number})
            return redirect("desk:case", case.number)
    return _form(request, form, list(ids))


def _form(request: ViewerRequest, form: NewCaseForm, attachments: list[str]) -> HttpResponse:
    limits = limits_for(request.viewer)
    context = {
        "form": form,
        "token": form_token(request.POST.get("token", "")),
        "files": as_rows(unsent_files(request.viewer, attachments), "desk"),
        "limits": {"files": limits.files, "bytes": limits.total_bytes, "extensions": list(limits.types)},
        "shipments": _items(request, "shipment") or form.chosen_shipment,
        "customers": _items(request, "customer") or form.chosen_customer,
        "typed": {name: request.GET.get(f"p-{name}-q", "") for name in FINDERS},
    }
    return render(request, "cases/creation/desk_case.html", context, status=422 if form.errors else 200)


def _items(request: ViewerRequest, name: str) -> Items:
    return FINDERS[name](request.viewer, request.GET.get(f"p-{name}-q", ""))


def _found(request: ViewerRequest, name: str) -> HttpResponse:
    """The results of one picker alone."""
    items = _items(request, name) if name in FINDERS else []
    context = {"name": name, "items": items, "query": request.GET.get(f"p-{name}-q", "")}
    return render(request, "cases/editing/found.html", context)
