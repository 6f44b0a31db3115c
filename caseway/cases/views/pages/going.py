"""What the pages around a list have in common: which list it is, and the way back to it."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect

from caseway.accounts.requests import ViewerRequest


def list_url(query: str) -> str:
    """The address of the list with this query."""
    return f"{reverse('desk:cases')}?{query}" if query else reverse("desk:cases")


def query_of(request: ViewerRequest) -> str:
    """The list's own query, as the address of a page around it repeats it; without its page."""
    kept = [(name, value) for name, values in request.GET.lists() for value in values]
    return urlencode([pair for pair in kept if pair[0] not in ("cursor", "from")])


def go(request: ViewerRequest, url: str) -> HttpResponse:
    """Go there, with htmx as well: what a dialog changed is another page."""
    return HttpResponseClientRedirect(url) if request.htmx else redirect(url)
