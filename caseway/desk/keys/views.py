"""The list of keys: a dialog over any page of the desk, and a page without scripts."""

from django.http import HttpResponse
from django.shortcuts import render

from caseway.accounts.access import desk_page
from caseway.accounts.requests import ViewerRequest

from .declared import SCOPES, keys_of


@desk_page
def keys(request: ViewerRequest) -> HttpResponse:
    """All keys by where they work, and the switch that turns the single ones off."""
    groups = [(scope.value, words, keys_of(scope)) for scope, words in SCOPES.items()]
    return render(request, "desk/keys/keys.html", {"groups": groups})
