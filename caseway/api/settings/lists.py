"""Every list of `caseway.cases.lists`: read a row, add one, change one. One declaration makes them all."""

from typing import Any

from django.http import HttpResponse

from caseway.accounts.changing import demand
from caseway.accounts.permissions import Permission
from caseway.api.http.answers import ListOf, answer
from caseway.api.http.ids import id_of
from caseway.api.http.operations import Operations
from caseway.api.http.requests import ApiRequest
from caseway.api.http.versions import etag_of
from caseway.api.people.versions import answer_of, demand_version
from caseway.api.tokens.scopes import Scope
from caseway.cases.lists import actions
from caseway.cases.lists.kinds import KINDS, ListKind
from caseway.cases.lists.queries import names_of, row_of, rows_of, state_of, version_of

from .schemas import RowOut, given_of, taken_of

lists = Operations("Settings")
READ = frozenset({Scope.SETTINGS_READ, Scope.CASES_READ, Scope.CASES_WRITE})
LISTED_ELSEWHERE = frozenset({"categories", "reasons", "priorities", "contact-methods", "task-types"})
"""Other parts list these: `caseway.api.reference` for customers too, and the tasks of cases."""


def _declare(kind: ListKind) -> None:
    """The operations of one list."""
    given, new, changes = given_of(kind), taken_of(kind, new=True), taken_of(kind, new=False)
    place = f"/{kind.key}"

    def listed(request: ApiRequest) -> HttpResponse:
        rows = rows_of(kind, request.viewer).filter(is_active=True)
        items = [_shown(kind, row, given) for row in rows]
        return answer(ListOf[given](items=items, next=None))  # type: ignore[valid-type]

    def read(request: ApiRequest, key: str) -> HttpResponse:
        return answer_of(request, _shown(kind, _of(kind, request, key), given))

    def add(request: ApiRequest, body: Any) -> HttpResponse:
        demand(request.viewer, Permission.SETTINGS)
        row = actions.add(kind, _written(kind, body), by=request.viewer)
        value = _shown(kind, row, given)
        headers = {"ETag": etag_of(value.version), "Location": f"/api/v1{place}/{row.pk}"}
        return answer(value, status=201, headers=headers)

    def change(request: ApiRequest, key: str, body: Any) -> HttpResponse:
        row = _of(kind, request, key)
        demand(request.viewer, Permission.SETTINGS)
        demand_version(request, _shown(kind, row, given))
        read_version = version_of(kind, row)
        stored = actions.change(kind, row, _written(kind, body), by=request.viewer, version=read_version)
        return answer_of(request, _shown(kind, stored, given))

    add.__annotations__["body"], change.__annotations__["body"] = new, changes
    many, one = kind.key.replace("-", " "), kind.topic.replace("_", " ")
    if kind.key not in LISTED_ELSEWHERE:
        lists.get(place, scope=READ, answer=ListOf[given])(  # type: ignore[valid-type]
            _named(listed, f"list_{kind.key.replace('-', '_')}", f"List {many}; none in a portal.")
        )
    lists.get(f"{place}/{{key}}", scope=Scope.SETTINGS_READ, answer=given)(
        _named(read, f"read_{kind.topic}", f"Read a {one} with all that can be changed of it.")
    )
    lists.post(place, scope=Scope.SETTINGS_WRITE, answer=given, status=201)(
        _named(add, f"create_{kind.topic}", f"Put a {one} at the end of the list.")
    )
    lists.patch(f"{place}/{{key}}", scope=Scope.SETTINGS_WRITE, answer=given)(
        _named(change, f"change_{kind.topic}", f"Rename, change or switch off a {one}.")
    )


def _named(view: Any, name: str, words: str) -> Any:
    """The operation's name and sentence, which the description of the API shows."""
    view.__name__, view.__doc__ = name, words
    return view


def _of(kind: ListKind, request: ApiRequest, key: str) -> Any:
    return row_of(kind, request.viewer, id_of(key) or 0)


def _shown(kind: ListKind, row: Any, given: type[RowOut]) -> RowOut:
    own = {name: value for name, value in state_of(kind, row).items() if kind.field(name)}
    return given(
        id=str(row.pk),
        name=row.label,
        names=names_of(kind, row),
        active=row.is_active,
        version=version_of(kind, row),
        **own,
    )


def _written(kind: ListKind, body: Any) -> actions.Written:
    sent = body.model_dump(exclude_unset=True)
    values = {one.name: sent[one.name] for one in kind.fields if one.name in sent}
    return actions.Written(sent.get("names"), values, sent.get("active"))


for _kind in KINDS:
    _declare(_kind)
