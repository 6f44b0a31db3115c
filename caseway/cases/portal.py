"""What the portal's pages about one case have in common: loading it, and going back to it."""

import re

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect, trigger_client_event

from caseway.accounts.models import Brand
from caseway.accounts.requests import ViewerRequest
from caseway.core.errors import NotFound

from .models import Case
from .numbers import PATTERN


def load(request: ViewerRequest, number: str) -> Case:
    """The customer's case with this number, its host joined. Raises NotFound for anything else."""
    case = None
    if re.fullmatch(PATTERN, number):
        case = Case.objects.visible_to(request.viewer).select_related("host").filter(number=number).first()
    if case is None:
        raise NotFound
    return case


def brand_of(request: ViewerRequest) -> Brand | None:
    """The brand of the host where it is one of the viewer's organisation: under it, cases are raised."""
    brand = request.brand
    return brand if brand and brand.organisation_id == request.viewer.organisation_id else None


def case_url(number: str) -> str:
    """The case's page in the portal."""
    return reverse("portal:case", args=[number])


def said(request: ViewerRequest, number: str) -> HttpResponse:
    """Something was said: back to the case; with htmx the conversation on the page renews itself."""
    if request.htmx:
        return trigger_client_event(HttpResponse(status=204), "caseway:said")
    return redirect(case_url(number) + "#latest")


def done(request: ViewerRequest, number: str, words: str) -> HttpResponse:
    """Something was done to the case: its whole page again, which tells `words`."""
    messages.success(request, words)
    if request.htmx:
        return HttpResponseClientRedirect(case_url(number))
    return redirect(case_url(number))
