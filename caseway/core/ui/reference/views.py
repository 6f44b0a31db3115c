"""The reference pages, and addresses that answer their forms without storing anything."""

from uuid import uuid4

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from caseway.core.ui.reference.samples import samples
from caseway.core.ui.reference.shells import portal, shell


def desk_components(request: HttpRequest) -> HttpResponse:
    """Every component at the desk; for people who build pages."""
    return render(request, "ui/reference/desk.html", {"shell": shell(), "sample": samples()})


def portal_components(request: HttpRequest) -> HttpResponse:
    """Every component of the portal, under a brand's colour."""
    return render(request, "ui/reference/portal.html", {"portal": portal(), "sample": samples()})


@require_http_methods(["POST", "DELETE"])
def upload(request: HttpRequest) -> HttpResponse:
    """Takes one file as the kit's uploads send it; refuses any that is called `refused…`."""
    if request.method == "DELETE":
        return HttpResponse(status=204)
    file = request.FILES.get("file")
    if not isinstance(file, UploadedFile) or str(file.name).startswith("refused"):
        return JsonResponse({"detail": "Its content is not what its name says."}, status=422)
    answer = {"id": uuid4().hex, "name": file.name, "size": file.size, "remove_url": request.path}
    return JsonResponse(answer, status=201)


@require_POST
def draft(request: HttpRequest) -> HttpResponse:
    """Takes a draft as the composer sends it."""
    return HttpResponse(status=204 if "text" in request.POST else 400)


@require_POST
def post(request: HttpRequest) -> HttpResponse:
    """Takes any form of the reference pages and goes back to them."""
    return redirect("ui:components")
