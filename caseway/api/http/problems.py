"""Problem documents (RFC 9457): the one form of every error of the API."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from ninja.errors import AuthenticationError, HttpError, ValidationError
from pydantic import BaseModel, Field

from caseway.core.errors import Blocked, DomainError, Invalid, Stale, TooMany

CONTENT_TYPE = "application/problem+json"


class Problem(BaseModel):
    """What went wrong, for programs and people."""

    type: str = Field("about:blank", description="What kind of problem it is (RFC 9457)")
    title: str = Field(description="The status in words")
    status: int
    detail: str = Field(description="What is wrong, and what can be done about it")
    errors: dict[str, str] | None = Field(None, description="For input: what is wrong with each field")
    blockers: list[dict[str, str]] | None = Field(
        None, description="For 409: what has to be done first, each with `id`, `title` and `url`"
    )
    current: dict[str, Any] | None = Field(None, description="For 412: what is stored now")


class PreconditionRequired(DomainError):
    """The caller must say which version it changes."""

    status = 428
    title = "Precondition required"


class Unreadable(DomainError):
    """The body is not what its content type says."""

    status = 400
    title = "Bad request"


class UnsupportedType(DomainError):
    """The body is of a type that the operation does not take."""

    status = 415
    title = "Unsupported media type"


def problem(
    status: int, detail: str, *, headers: Mapping[str, str] | None = None, **members: object
) -> HttpResponse:
    """A problem document. Two things that look the same to the caller give the same bytes."""
    document = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail}
    response = JsonResponse(document | members, status=status, content_type=CONTENT_TYPE)
    for name, value in (headers or {}).items():
        response.headers[name] = value
    return response


def not_found() -> HttpResponse:
    """404: there is no such thing, or the caller may not know of it."""
    return problem(404, _("There is nothing here that you can see."))


def of_domain_error(request: HttpRequest, error: DomainError) -> HttpResponse:
    """What an action or a query refused."""
    headers: dict[str, str] = {}
    members: dict[str, object] = {}
    match error:
        case Invalid():
            members["errors"] = error.errors
        case Blocked():
            members["blockers"] = error.blockers
        case Stale():
            members["current"] = error.current
            if "version" in error.current:
                headers["ETag"] = f'"{error.current["version"]}"'
        case TooMany():
            headers["Retry-After"] = str(error.retry_after)
    if error.status == HTTPStatus.NOT_FOUND:
        return not_found()
    return problem(error.status, error.message, headers=headers, **members)


def of_validation(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """What the schema of the operation refused: 404 for a path that can't be, else 422 by field."""
    if any(one["loc"][0] == "path" for one in error.errors):
        return not_found()
    errors = {_field(one["loc"]): str(one["msg"]) for one in error.errors}
    detail = _("Some of the input can't be taken.")
    return problem(422, detail, errors=errors)


def _field(place: tuple[str | int, ...]) -> str:
    """`("body", "body", "tags", 0)` is `tags.0`: without the names of our own function's parameters."""
    parts = place[2:] if place[0] == "body" and len(place) > 1 else place[1:]
    return ".".join(str(part) for part in parts) or "body"


def of_missing_token(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    """401, the same for no token, a wrong one and one that died."""
    detail = _("Send a valid token: Authorization: Bearer cw_…")
    return problem(401, detail, headers={"WWW-Authenticate": "Bearer"})


def of_parsing(request: HttpRequest, error: HttpError) -> HttpResponse:
    """What the parser of the body raised, which names what is wrong with it."""
    cause = error.__cause__
    if isinstance(cause, DomainError):
        return of_domain_error(request, cause)
    return problem(error.status_code, _("The body can't be read."))


def of_large_body(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
    """413."""
    return problem(413, _("The body is too large."))


def of_anything_else(request: HttpRequest, error: Exception) -> HttpResponse:
    """Leave it to the page with a reference, which below `/api/` is a problem document too."""
    raise error


HANDLERS: Mapping[type[Exception], Callable[[HttpRequest, Any], HttpResponse]] = {
    DomainError: of_domain_error,
    ValidationError: of_validation,
    AuthenticationError: of_missing_token,
    HttpError: of_parsing,
    RequestDataTooBig: of_large_body,
    Exception: of_anything_else,
}


@contextmanager
def fields_called(**names: str) -> Iterator[None]:
    """Inside, errors of the domain's field `a` are told at the API's field `b`: `fields_called(a="b")`."""
    try:
        yield
    except Invalid as error:
        raise Invalid({names.get(name, name): words for name, words in error.errors.items()}) from error
