"""Error pages. They ask for a brand at most, and fall back to bare HTML when even the template fails."""

import sys
from collections.abc import Mapping, Sequence
from http import HTTPStatus

import structlog
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.functional import SimpleLazyObject, empty
from django.utils.html import format_html
from django.utils.translation import gettext as _

from caseway.core.http.requests import reference_of

log = structlog.get_logger("caseway.error")
# What PostgreSQL says when it can't serve now: connection lost, out of connections, shutting down.
UNAVAILABLE_CLASSES = ("08", "53", "57P")


# The fields in which people write, of every form.
WRITTEN = ("subject", "description", "text", "note", "partner_subject", "partner_text")


def written_in(request: HttpRequest) -> list[str]:
    """What somebody wrote in the form that they sent, so that a page which can't take it loses nothing."""
    return [words for name in WRITTEN if (words := request.POST.get(name, "").strip())]


def error_page(
    request: HttpRequest,
    status: int,
    title: str,
    message: str,
    *,
    written: Sequence[str] = (),
    way_on: str = "/",
    way_words: str = "",
) -> HttpResponse:
    """A page that says what is wrong, with the reference; a problem document where JSON is asked for.

    `written` is shown to be copied; the button leads to the address `way_on`, named by `way_words`.
    """
    reference = reference_of(request)
    if request.path.startswith("/api/") or _asks_for_json(request):
        return _problem(status, title, message, reference)
    words = {"status": status, "title": title, "message": message, "reference": reference}
    more: dict[str, object] = {
        "written": written,
        "way_on": way_on,
        "way_words": way_words or _("To the start page"),
    }
    more["face"] = _face_of(request, status)
    try:
        text = render_to_string("core/http/error.html", words | more)
    except Exception:
        log.exception("the error page could not be rendered")
        text = format_html(
            "<!doctype html><title>{title}</title><h1>{title}</h1><p>{message}</p><p>{reference}</p>", **words
        )
    return HttpResponse(text, status=status)


def _face_of(request: HttpRequest, status: int) -> Mapping[str, object] | None:
    """The name and colours of the brand whose host was asked; None for Caseway's own, and at the desk.

    Where it is the server that failed, only what was known before: nothing is asked again of a
    database that may be what is broken, and no picture that it would have to find.
    """
    brand = getattr(request, "brand", None)
    is_ours = status >= HTTPStatus.INTERNAL_SERVER_ERROR
    if request.path.startswith("/desk/") or (is_ours and _is_unasked(brand)):
        return None
    try:
        face = {"name": brand.name, "colour": brand.digits, "logo": brand.logo} if brand else None
    except Exception:  # whatever it is, the page must still be shown
        log.exception("the brand of the error page could not be told")
        return None
    return face | {"logo": None} if face and is_ours else face


def _is_unasked(brand: object) -> bool:
    """Whether nobody has looked at it in this request: it would be asked of the database now."""
    return isinstance(brand, SimpleLazyObject) and vars(brand)["_wrapped"] is empty


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400."""
    return error_page(request, 400, _("That request was not understood"), _("Please go back and try again."))


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403, for a form whose token is missing or old."""
    log.warning("form token refused", reason=reason)
    message = _(
        "This page was open for too long, or cookies are off. Go back, reload the page and try again."
    )
    title = _("The form could not be checked")
    return error_page(request, 403, title, message, written=written_in(request))


def not_allowed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403."""
    return error_page(request, 403, _("Not allowed"), _("You may not do this."))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404; the same whether a thing doesn't exist or may not be seen."""
    return error_page(request, 404, _("Not found"), _("There is nothing here that you can see."))


def unexpected(request: HttpRequest) -> HttpResponse:
    """500 for an exception that nobody foresaw, 503 when it is the database that can't answer."""
    error = sys.exc_info()[1]
    if error is not None and _database_is_away(error):
        log.error("database unavailable", error=str(error))
        response = error_page(
            request,
            503,
            _("Caseway is starting or being maintained"),
            _("Nothing is lost. Please try again in a minute."),
        )
        response.headers["Retry-After"] = "10"
        return response
    log.error("unexpected error", reference=reference_of(request), exc_info=error)
    message = _("It was recorded. If it happens again, tell your administrator this reference.")
    return error_page(request, 500, _("Something went wrong on our side"), message)


def _database_is_away(error: BaseException) -> bool:
    if not isinstance(error, OperationalError | InterfaceError):
        return False
    state = getattr(error.__cause__, "sqlstate", None)
    return state is None or state.startswith(UNAVAILABLE_CLASSES)


def _asks_for_json(request: HttpRequest) -> bool:
    """Whether a script asks, and says so: a browser's own `Accept` begins with HTML."""
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"


def _problem(status: int, title: str, message: str, reference: str) -> HttpResponse:
    """RFC 9457."""
    document = {
        "type": "about:blank",
        "title": title or HTTPStatus(status).phrase,
        "status": status,
        "detail": message,
        "reference": reference,
    }
    return JsonResponse(document, status=status, content_type="application/problem+json")
