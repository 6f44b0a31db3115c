"""The reference pages, and addresses that answer their forms without storing anything."""

from types import SimpleNamespace
from urllib.parse import urlencode
from uuid import uuid4

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template import engines
from django.template.backends.utils import csrf_input_lazy, csrf_token_lazy
from django.views.decorators.http import require_http_methods, require_POST

from caseway.core.ui.reference.samples import samples
from caseway.core.ui.reference.shells import portal, shell

NOBODY = SimpleNamespace(person_id=None, organisation_id=None, is_contact=False)
"""Who looks at the reference: the shells name their reader, whom nobody looks up here."""


def desk_components(request: HttpRequest) -> HttpResponse:
    """Every component at the desk; for people who build pages."""
    return _page(request, "ui/reference/desk.html", shell=shell())


def portal_components(request: HttpRequest) -> HttpResponse:
    """Every component of the portal, under a brand's colour."""
    return _page(request, "ui/reference/portal.html", portal=portal())


@require_http_methods(["POST", "PUT", "DELETE"])
def upload(request: HttpRequest) -> HttpResponse:
    """Takes files by part as the kit sends them, and keeps none; refuses in the end any called `refused…`."""
    if request.method != "POST":
        return HttpResponse(status=204)
    if "kept" not in request.GET:
        return JsonResponse(_begun(request), status=201)
    name = request.GET["kept"]
    if name.startswith("refused"):
        return JsonResponse({"detail": "Its content is not what its name says."}, status=422)
    answer = {"id": uuid4().hex, "name": name, "size": request.GET["size"], "remove_url": request.path}
    return JsonResponse(answer, status=201)


def _begun(request: HttpRequest) -> dict[str, object]:
    name, size, part = request.POST["name"], int(request.POST["size"]), 1_000_000
    return {
        "name": name,
        "size": size,
        "part_size": part,
        "missing": list(range(0, size, part)),
        "file": None,
        "url": f"{request.path}?{urlencode({'name': name})}",
        "part_url": f"{request.path}?part={{offset}}",
        "finish_url": f"{request.path}?{urlencode({'kept': name, 'size': size})}",
    }


@require_POST
def draft(request: HttpRequest) -> HttpResponse:
    """Takes a draft as the composer sends it."""
    return HttpResponse(status=204 if "text" in request.POST else 400)


@require_POST
def post(request: HttpRequest) -> HttpResponse:
    """Takes any form of the reference pages and goes back to them."""
    return redirect("ui:components")


def _page(request: HttpRequest, name: str, **context: object) -> HttpResponse:
    """Renders without context processors: they would put the real shell in place of the sample."""
    template = engines["jinja2"].env.get_template(name)  # type: ignore[attr-defined]
    token = {"csrf_input": csrf_input_lazy(request), "csrf_token": csrf_token_lazy(request)}
    request.viewer = NOBODY  # type: ignore[attr-defined]
    return HttpResponse(template.render(context | token, request=request, sample=samples()))
