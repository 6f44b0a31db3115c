"""The page behind a link of a mail to a partner, without a sign-in.

Opening it changes nothing: programs that look at mails follow every link. It says what will happen,
and one press does it, by POST with the page's own token.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from caseway.accounts.access import public_page
from caseway.accounts.models import Organisation
from caseway.accounts.reader import zone_named
from caseway.accounts.requests import ViewerRequest
from caseway.cases.files.views import content_of, sealed
from caseway.core.errors import Conflict, Invalid, NotFound, TooMany
from caseway.core.http.clients import client_address
from caseway.core.limits import count, seconds_left

from .actions import answer
from .given import given_by
from .links import Link, link_named
from .page import AnswerPage
from .queries import answer_of, file_of
from .standing import ended, goes_on_at

HOUR = 3600
MOST_ANSWERS = 40
"""Answers of one participant within an hour."""
MOST_FORGED = 60
"""Links that are none of ours, of one address of the network within an hour."""
HEADERS = {
    # The origin alone, and to nobody the address: with "no-referrer" browsers would send
    # `Origin: null` with the form (Fetch, "append a request Origin header"), which is refused.
    "Referrer-Policy": "strict-origin",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Cache-Control": "private, no-store",
}


@public_page
@require_http_methods(["GET", "HEAD", "POST"])
def answering(request: ViewerRequest, token: str) -> HttpResponseBase:
    """Show what the link is for, or do it. Raises NotFound for a link that isn't ours."""
    link = _opened(request, token)
    with _spoken_to(link.partner):
        response = _answer(request, link) if request.method == "POST" else _shown(request, link)
    return _unseen(response)


@public_page
@require_safe
def answering_file(request: ViewerRequest, token: str, key: UUID) -> HttpResponseBase:
    """A file of a message that the link's participant may read, for saving. Raises NotFound."""
    link = _opened(request, token)
    case = goes_on_at(link)
    if ended(link, case):
        raise NotFound
    return _unseen(sealed(content_of(file_of(link, case, key))))


def _opened(request: ViewerRequest, token: str) -> Link:
    link = link_named(token)
    if link is None:
        _limit(f"forged links from {client_address(request)}", MOST_FORGED)
        raise NotFound
    if request.brand and request.brand.organisation_id != link.asker.pk:
        raise NotFound
    return link


def _limit(key: str, most: int) -> None:
    if count(key, HOUR) > most:
        raise TooMany(_("Too many attempts. Try again in a while."), retry_after=seconds_left(key))


@contextmanager
def _spoken_to(partner: Organisation) -> Iterator[None]:
    """In the partner's language and time zone."""
    with translation.override(partner.language), timezone.override(zone_named(partner.time_zone)):
        yield


def _shown(request: ViewerRequest, link: Link) -> HttpResponse:
    return _page(request, AnswerPage(link, said=answer_of(link, request.GET.get("said", ""))))


def _answer(request: ViewerRequest, link: Link) -> HttpResponse:
    _limit(f"answers of participant {link.participant.pk}", MOST_ANSWERS)
    try:
        files = request.FILES.getlist("files")
        given = given_by(link.kind, request.POST, files, partner=link.partner, asker=link.asker)
        said = answer(link, given)
    except Invalid as invalid:
        return _page(request, AnswerPage(link, errors=invalid.errors, typed=request.POST.dict()))
    except Conflict:
        return _page(request, AnswerPage(link, typed=request.POST.dict()))
    if given.refused:
        return _page(request, AnswerPage(link, said=said, refused=given.refused))
    return redirect(f"{request.path}?said={said.pk}")


def _page(request: ViewerRequest, page: AnswerPage) -> HttpResponse:
    context = {"page": page, "link": page.link, "brand": page.brand}
    return render(request, "mail/answering/page.html", context, status=page.status)


def _unseen(response: HttpResponseBase) -> HttpResponseBase:
    """With headers that keep the address from others, and the page from search engines and caches."""
    for name, value in HEADERS.items():
        response.headers[name] = value
    return response
