"""Every operation of the API, as every kind of person, asked for objects that aren't theirs.

A new operation fails here until it declares its scopes, and until `BODIES` says what is sent to it.
"""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.urls import get_resolver

from caseway.api.catalogue import api, router
from caseway.api.http.operations import declaration_of
from caseway.api.tests.callers import Caller
from caseway.cases.lists.kinds import KINDS as KINDS_OF_LISTS
from caseway.cases.models import Attachment
from caseway.core.clock import now

from .building import person_of
from .world import CUSTOMERS, KINDS, LARKFIELD, Thing, World

pytestmark = pytest.mark.django_db

# What a well-meant call of each writing operation sends.
NOTE = {"note": "Because."}
BODIES: dict[str, Any] = {
    "create_case": {"subject": "A new one", "description": "Words"},
    "change_case": {"subject": "Another subject"},
    "claim_case": None,
    "set_owner": {"email": None},
    "set_level": {"level": 1},
    "follow_case": None,
    "unfollow_case": None,
    "urge_owner": None,
    "close_case": NOTE,
    "reopen_closed_case": NOTE,
    "cancel_case": NOTE,
    "reopen_cancelled_case": NOTE,
    "withdraw_case": NOTE,
    "reopen_withdrawn_case": NOTE,
    "answer_satisfaction": {"answer": "good", "comment": "Well done"},
    "suspend_case": NOTE,
    "resume_case": None,
    "post_message": {"audience": "customer", "text": "Hello"},
    "write_record": {"text": "Noted"},
    "merge_case": {"into": "CV00000001"},
    "unmerge_case": None,
    "split_message": {"subject": "Another question"},
    "unsplit_case": None,
    "link_case": {"other": "CV00000001"},
    "unlink_case": None,
    "add_task": {"title": "Call the driver"},
    "change_task": {"title": "Call again"},
    "cancel_task": None,
    "claim_task": None,
    "comment_on_task": {"text": "No answer"},
    "bring_in_partner": {"partner": "brightwater", "subject": "Help", "text": "Please"},
    "upload_attachment": None,
    "remove_attachment": None,
    "begin_upload": {"name": "a.pdf", "size": 10},
    "send_part": None,
    "finish_upload": None,
    "forget_upload": None,
    "create_guide": {"title": "A new one", "body": "Words"},
    "change_guide": {"title": "Another title"},
    "change_me": {"notifications": {}},
    "change_contact": {"administers_account": False},
    "invite_contact": {"name": "Somebody New", "email": "new@elsewhere.example"},
    "invite_contact_again": None,
    "revoke_invitation": None,
    "begin_bulk": {"operation": "follow", "filter": "view=all"},
    "cancel_bulk": None,
    "retry_bulk": None,
    "undo_bulk": None,
    "publish_guide": None,
    "unpublish_guide": None,
    **{f"create_{kind.topic}": {"names": {"en": "A new one"}} for kind in KINDS_OF_LISTS},
    **{f"change_{kind.topic}": {"names": {"en": "Another name"}} for kind in KINDS_OF_LISTS},
    "create_reason": {"names": {"en": "A new one"}, "kind": "closure"},
    "change_policies": {"values": {"closing_needs_note": False}},
    "create_role": {"name": "A new one"},
    "change_role": {"name": "Another name"},
    "create_team": {"name": "A new one"},
    "change_team": {"name": "Another name"},
    "create_canned_answer": {"title": "A new one", "body": "Words"},
    "change_canned_answer": {"title": "Another title"},
    "remove_canned_answer": None,
    "create_view": {"name": "A new one"},
    "change_view": {"name": "Another name"},
    "remove_view": None,
    "start_mails": None,
    "end_mails": None,
    "admit_held_mail": None,
    "dismiss_held_mail": None,
    "block_held_mails_sender": None,
    "send_delivery_again": None,
    "accept_mail": None,
    "refuse_mail": None,
    "block_mails_sender": None,
    "process_mail_again": None,
    "block_sender": {"pattern": "new@elsewhere.example"},
    "unblock_sender": None,
    "create_reminder_rule": {"name": "A new one", "moment": "before", "minutes": 5, "text": "Words"},
    "change_reminder_rule": {"name": "Another name"},
    "remove_reminder_rule": None,
    "create_partnership": {"name": "A new one", "addresses": ["new@elsewhere.example"]},
    "change_partnership": {"addresses": ["new@elsewhere.example"]},
    "invite_partner": {"name": "Somebody New", "email": "new@elsewhere.example"},
    "mark_notification": None,
    "mark_notifications": {},
}
KIND_OF_KEY = {"cases": "case", "shipments": "shipment", "attachments": "attachment", "uploads": "upload"}
KIND_OF_KEY |= {
    "guides": "guide",
    "canned-answers": "canned",
    "views": "view",
    "customers": "customer",
    "contacts": "contact",
}
KIND_OF_KEY |= {kind.key: kind.topic for kind in KINDS_OF_LISTS} | {"roles": "role", "teams": "team"}
BEGUN_WITH_MORE = {kind.topic for kind in KINDS_OF_LISTS} | {"role", "team"}
"""Every organisation begins with such rows; the world knows one more of each, with a secret name."""
KIND_OF_KEY |= {
    "bulk": "bulk",
    "notifications": "notice",
    "reminder-rules": "reminder",
    "partnerships": "partnership",
    "mails": "received",
    "blocked-senders": "blocked",
}
ONES_OWN = {"bulk", "notice", "view"}
"""Of these each is one person's alone or a small team's."""
MISSING = {
    **{kind.topic: "999999999" for kind in KINDS_OF_LISTS},
    "role": "999999999",
    "team": "999999999",
    "case": "CV99999999",
    "shipment": "NOSUCHNUMBER",
    "attachment": "00000000-0000-4000-8000-000000000000",
    "upload": "00000000-0000-4000-8000-000000000000",
    "customer": "999999999",
    "contact": "999999999",
    "bulk": "999999999",
    "notice": "999999999",
    "reminder": "999999999",
    "partnership": "999999999",
    "received": "999999999",
    "blocked": "999999999",
    "guide": "999999999",
    "canned": "999999999",
    "view": "999999999",
    "invitation": "999999999",
}
AGENTS_ONLY = {
    "list_links",
    "list_tasks",
    "add_task",
    "read_task",
    "change_task",
    "cancel_task",
    "claim_task",
    "list_task_comments",
    "comment_on_task",
    "preview_merge",
    "split_message",
    "unsplit_case",
    "list_participants",
    "start_mails",
    "end_mails",
    "list_held_mails",
    "admit_held_mail",
    "dismiss_held_mail",
    "block_held_mails_sender",
    "list_deliveries",
    "send_delivery_again",
    "list_record",
    "write_record",
    "unlink_case",
    "bring_in_partner",
}


def operations() -> Iterator[tuple[str, str, str]]:
    """Method, path and name of each operation in the OpenAPI document."""
    for path, methods in api.get_openapi_schema()["paths"].items():
        for method, operation in methods.items():
            yield method.upper(), path.removeprefix("/api/v1"), operation["operationId"]


EVERY = sorted(operations(), key=lambda one: (one[1], one[0]))
OF_OBJECTS = [one for one in EVERY if "{" in one[1]]
READING_LISTS = [path for method, path, _ in EVERY if method == "GET" and "{" not in path]
IDS = [name for _, _, name in OF_OBJECTS]


@pytest.fixture(scope="module")
def callers(world: World, django_db_blocker: Any) -> dict[str, Caller]:
    """A caller for each kind of person; the system administrator has no seat, hence no token."""
    with django_db_blocker.unblock():
        return {
            name: Caller(None if name in ("nobody", "root") else person_of(world.cast, name))
            for name in KINDS
        }


@pytest.fixture(autouse=True)
def no_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """A quick machine asks more in a minute than a token may."""
    monkeypatch.setattr("caseway.api.http.requests.Budget.is_exceeded", False)


def kind_of(path: str) -> str:
    return KIND_OF_KEY[path.strip("/").split("/")[0]]


def filled(path: str, key: str) -> str:
    inner = {"{other}": "CV00000001", "{offset}": "0", "{invitation}": MISSING["invitation"]}
    inner["{task}"] = inner["{participant}"] = "999999999"
    inner["{mail}"] = inner["{delivery}"] = "999999999"
    inner["{message}"] = "1"
    inner |= {"{answer_id}": MISSING["canned"]}
    return re.sub(r"\{\w+\}", lambda found: inner.get(found[0], key), path)


def send(caller: Caller, method: str, path: str, name: str) -> Any:
    body = BODIES[name] if method != "GET" else None
    headers = {"If_Match": "*"} if method in ("PUT", "PATCH") else {}
    return caller.call(method, path, body, **headers)


@pytest.mark.parametrize(("method", "path", "name"), EVERY, ids=[name for _, _, name in EVERY])
def test_it_declares_its_scopes(method: str, path: str, name: str):
    views = [op.view_func for address in router.path_operations.values() for op in address.operations]
    view = next(view for view in views if view.__name__ == name)

    assert declaration_of(view) is not None, f"{name} is not made by caseway.api.http.operations.Operations"
    assert method == "GET" or name in BODIES, f"say in BODIES what a call of {name} sends"


def test_no_address_of_the_api_stands_beside_the_catalogue():
    described = {re.sub(r"\{\w+\}", "<>", path.strip("/")) for _, path, _ in EVERY}
    patterns = get_resolver("caseway.api.urls").url_patterns
    routes = [str(one.pattern) for group in patterns for one in getattr(group, "url_patterns", [])]

    assert {re.sub(r"<[\w:]+>", "<>", r).strip("/") for r in routes} - {"openapi.json", ""} == described


@contextmanager
def undone() -> Iterator[None]:
    """What happens inside is taken back, so that the next person finds the world as it was."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def one_of_each(world: World, kind: str) -> list[Thing]:
    """One thing of the kind for each set of readers."""
    return list({thing.readers: thing for thing in world.of_kind(kind)}.values())


@pytest.mark.parametrize(("method", "path", "operation"), OF_OBJECTS, ids=IDS)
def test_what_is_not_theirs_is_not_there(
    world: World, callers: dict[str, Caller], method: str, path: str, operation: str
):
    kind, asked = kind_of(path), 0
    for name, caller in callers.items():
        missing = send(caller, method, filled(path, MISSING[kind]), operation)
        for thing in one_of_each(world, kind):
            if name in thing.readers:
                continue
            response = send(caller, method, filled(path, thing.key), operation)
            assert response.status_code == (404 if caller.secret else 401), (name, response.content)
            assert response.content == missing.content, name
            assert not world.leaks(name, response.content.decode()), name
            asked += 1
    assert asked > 10


@pytest.mark.parametrize(("method", "path", "operation"), OF_OBJECTS, ids=IDS)
def test_what_is_theirs_tells_no_more_than_their_share(
    world: World, callers: dict[str, Caller], method: str, path: str, operation: str
):
    asked = 0
    for name, caller in callers.items():
        for thing in one_of_each(world, kind_of(path)):
            if name not in thing.readers:
                continue
            with undone():
                response = send(caller, method, filled(path, thing.key), operation)
            told = b"".join(response) if response.streaming else response.content
            assert not world.leaks(name, told.decode("utf-8", "replace")), name
            assert response.status_code < 500
            if operation in AGENTS_ONLY and name in CUSTOMERS:
                assert response.status_code == 404
            asked += 1
    assert asked > (1 if kind_of(path) in ONES_OWN else 6)


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("path", READING_LISTS)
def test_lists_hold_what_is_theirs_only(world: World, callers: dict[str, Caller], path: str, name: str):
    response = callers[name].get(path)

    assert response.status_code == (200 if callers[name].secret else 401)
    assert not world.leaks(name, response.content.decode())
    kind = KIND_OF_KEY.get(path.strip("/"))
    if kind and response.status_code == 200:
        ids = {item.get("number") if kind == "case" else item["id"] for item in response.json()["items"]}
        assert not ids & set(world.hidden_from(name, kind))
        assert ids <= set(world.open_to(name, kind)) or kind in BEGUN_WITH_MORE


@pytest.mark.parametrize("name", [kind for kind in KINDS if kind not in ("nobody", "root")])
def test_search_finds_no_secret_of_others(world: World, callers: dict[str, Caller], name: str):
    for secret in world.secrets:
        if name in secret.readers:
            continue
        others = [path for path in ("/shipments", "/customers") if path.strip("/s") in secret.what]
        for path in ("/cases", *others):
            found = callers[name].call("GET", f"{path}?q={secret.word.replace(' ', '+')}")
            assert found.status_code == 200
            listed = {"items": found.json()["items"], "next": found.json()["next"]}
            assert listed == {"items": [], "next": None}, f"{name} found {secret.what} by {path}"


def test_search_finds_what_is_theirs(world: World, callers: dict[str, Caller]):
    """Else the test above could not fail."""
    word = next(s.word for s in world.secrets if s.what == "partner's note")

    assert len(callers["omar"].get(f"/cases?q={word}").json()["items"]) == 1


FOREIGN_IDS = [
    ("POST", "/cases", {"subject": "x", "description": "x"}, "shipment", "shipment"),
    ("POST", "/cases", {"subject": "x", "description": "x"}, "customer", "customer"),
    ("POST", "/cases", {"subject": "x", "description": "x"}, "contact", "contact"),
    ("PATCH", "/cases/{own}", {}, "shipment", "shipment"),
    ("PATCH", "/cases/{own}", {}, "contact", "contact"),
    ("POST", "/cases/{own}/merge", {}, "into", "case"),
    ("POST", "/cases/{own}/links", {}, "other", "case"),
    ("POST", "/bulk", {"operation": "merge", "filter": "view=all"}, "into", "case"),
]


@pytest.mark.parametrize("name", ["ana", "pia"])
@pytest.mark.parametrize(("method", "path", "body", "field", "kind"), FOREIGN_IDS)
def test_foreign_ids_in_bodies_are_refused_whole(
    world: World,
    callers: dict[str, Caller],
    name: str,
    method: str,
    path: str,
    body: dict[str, Any],
    field: str,
    kind: str,
):
    caller, own = callers[name], world.open_to(name, "case")[0]
    # What a case has waited grows by the second.
    with time_machine.travel(now(), tick=False):
        before = caller.get(f"/cases/{own}").content
        for key in [*world.hidden_from(name, kind), MISSING[kind]]:
            response = caller.call(method, path.replace("{own}", own), body | {field: key}, If_Match="*")
            assert response.status_code == 422
            assert set(response.json()["errors"]) == {field}
        assert caller.get(f"/cases/{own}").content == before


@pytest.mark.parametrize("name", ["ana", "omar", "pia", "jo"])
def test_foreign_files_can_not_be_sent_on(world: World, callers: dict[str, Caller], name: str):
    caller = callers[name]
    own = (world.open_to(name, "case") or [""])[0]
    sent_before = Attachment.objects.filter(pk__in=world.open_to(name, "attachment"), message__isnull=False)
    for key in [*world.hidden_from(name, "attachment"), *map(str, sent_before.values_list("pk", flat=True))]:
        body: dict[str, Any] = {"text": "x", "audience": "team", "attachments": [key]}
        path = f"/cases/{own}/messages" if own else "/cases"
        sent = body if own else {"subject": "x", "description": "x", "attachments": [key]}
        response = caller.post(path, sent)
        assert response.status_code == 422
        assert set(response.json()["errors"]) == {"attachments"}


def test_an_invitation_leads_nowhere_but_from_its_own_account(world: World, callers: dict[str, Caller]):
    cast, invited = world.cast, next(world.of_kind("invitation"))
    reach = LARKFIELD | {"kim"}
    for name, caller in callers.items():
        for account in (cast.orchid, cast.fernwood):
            address = f"/customers/{account.pk}/invitations/"
            theirs = account == cast.orchid and name in reach
            with undone():
                answers = [
                    (caller.post(f"{address}{key}/mails"), caller.delete(address + key))
                    for key in (invited.key, MISSING["invitation"])
                ]
            for known, missing in zip(*answers, strict=True):
                assert (known.content == missing.content) is not theirs, name
                assert known.status_code in ((201, 204) if theirs else (404, 401)), (name, known.content)


def test_a_listed_case_shows_on_the_shipment_and_nowhere_else(world: World, callers: dict[str, Caller]):
    shipments = [callers["omar"].get(f"/shipments/{key}").json() for key in world.open_to("omar", "shipment")]
    listed = [case for shipment in shipments for case in shipment["cases"] if case["listed"]]

    assert {json.dumps(sorted(case)) for case in listed} == {
        json.dumps(["active", "listed", "number", "status", "type"])
    }
    number = listed[0]["number"]
    assert callers["omar"].get(f"/cases/{number}").status_code == 404
    assert number not in callers["omar"].get("/cases").content.decode()
