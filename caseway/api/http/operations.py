"""Declaring operations: each names its scope, its answer and what it does, or there is none.

cases = Operations("Cases")

@cases.post("/cases/{number}/claim", scope=Scope.CASES_WRITE, answer=AnyCase)
def claim(request: ApiRequest, number: str) -> HttpResponse:
    \"\"\"Become the owner of a case that nobody owns.\"\"\"
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from inspect import signature
from typing import Any, cast

from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from ninja import Router

from caseway.api.tokens.scopes import Scope
from caseway.core.errors import Invalid
from caseway.core.transactions import action

from .authentication import BearerToken
from .bodies import is_storable
from .budgets import REQUESTS, Allowance
from .idempotency import answered_once, key_of

View = Callable[..., HttpResponseBase]
EVERY_TOKEN: frozenset[Scope] = frozenset()
"""For operations that tell nothing but what every token's holder knows."""


@dataclass(frozen=True)
class Declaration:
    """What an operation declares: one of these scopes opens it (none: any token does)."""

    scopes: frozenset[Scope]
    query: frozenset[str]


class Operations:
    """The operations of one part of the API.

    They go onto one router for all parts: two parts may share an address, such as `GET` and
    `POST` of `/cases`, and a router of its own would answer the other's methods with 405.
    """

    def __init__(self, tag: str) -> None:
        self.tag = tag
        self._added: list[Callable[[Router], object]] = []

    def add_to(self, router: Router) -> None:
        """Put the operations onto `router`."""
        for add in self._added:
            add(router)

    def get(self, path: str, **declared: Any) -> Callable[[View], View]:
        """Reads something; see `_add`."""
        return self._add("GET", path, **declared)

    def post(self, path: str, **declared: Any) -> Callable[[View], View]:
        """Makes something or does something; takes an `Idempotency-Key`."""
        return self._add("POST", path, **declared)

    def put(self, path: str, **declared: Any) -> Callable[[View], View]:
        """Sets something; asks for `If-Match`."""
        return self._add("PUT", path, **declared)

    def patch(self, path: str, **declared: Any) -> Callable[[View], View]:
        """Changes parts of something; asks for `If-Match`."""
        return self._add("PATCH", path, **declared)

    def delete(self, path: str, **declared: Any) -> Callable[[View], View]:
        """Takes something away, or undoes what a POST of the same address did."""
        return self._add("DELETE", path, **declared)

    def _add(
        self,
        method: str,
        path: str,
        *,
        scope: Scope | frozenset[Scope],
        answer: Any,
        status: int = 200,
        query: tuple[str, ...] = (),
        allowances: tuple[Allowance, ...] = (REQUESTS,),
        openapi: dict[str, Any] | None = None,
    ) -> Callable[[View], View]:
        """`answer` is the schema of `status`; `query` names the parameters that are taken."""
        scopes = scope if isinstance(scope, frozenset) else frozenset({scope})
        declaration = Declaration(scopes, frozenset(query))

        def decorate(view: View) -> View:
            summary, _blank, description = (view.__doc__ or "").strip().partition("\n")
            named = {"body", "file"} & set(signature(view).parameters)
            takes = bool(named) or "requestBody" in (openapi or {})
            run = _run(view, declaration, writes=method != "GET", once=method == "POST", takes_body=takes)
            options: dict[str, Any] = {
                "auth": BearerToken(scopes, allowances),
                "response": {status: answer},
                "operation_id": view.__name__,
                "url_name": view.__name__,
                "tags": [self.tag],
                "summary": summary.rstrip("."),
                "description": " ".join(description.split()),
                "openapi_extra": (openapi or {}) | {"x-scopes": sorted(scopes)},
            }
            self._added.append(lambda router: router.api_operation([method], path, **options)(run))
            return view

        return decorate


def _run(view: View, declaration: Declaration, *, writes: bool, once: bool, takes_body: bool) -> View:
    """The view with all that every operation shares. A writing one is one transaction, answer included."""

    @wraps(view)
    def run(request: Any, **given: Any) -> HttpResponseBase:
        _check_query(request, declaration.query)
        if not takes_body:
            _refuse_body(request)
        if not writes:
            return view(request, **given)
        key = key_of(request) if once else None
        if key is None:
            return action(view)(request, **given)
        number = given.get("number")
        return action(answered_once)(request, key, lambda: view(request, **given), case_number=number)

    run.declaration = declaration  # type: ignore[attr-defined]
    return run


def declaration_of(view: Callable[..., Any]) -> Declaration | None:
    """What the operation behind `view` declares, if it does."""
    return cast("Declaration | None", getattr(view, "declaration", None))


def _refuse_body(request: Any) -> None:
    """An operation that takes no body takes none in silence: what was meant by it would be lost."""
    if request.method != "GET" and request.body.strip() not in (b"", b"{}"):
        raise Invalid({"body": _("This operation takes no body.")})


def _check_query(request: Any, known: frozenset[str]) -> None:
    """A misspelt filter must not give the whole list: unknown parameters are refused."""
    errors = {name: _("There is no such parameter.") for name in request.GET if name not in known}
    for name, values in request.GET.lists():
        if name not in errors and not all(map(is_storable, values)):
            errors[name] = _("Text may hold neither NUL nor half of a surrogate pair.")
    if errors:
        raise Invalid(errors)
