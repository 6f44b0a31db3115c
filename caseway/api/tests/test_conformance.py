"""The OpenAPI document is true: whatever is sent, answers are those it describes, and never a 5xx."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi import checks

from caseway.accounts.permitting.actions import Written as RoleWritten
from caseway.accounts.permitting.actions import add as add_role
from caseway.accounts.teams.actions import Written as TeamWritten
from caseway.accounts.teams.actions import add as add_team
from caseway.api.tests.callers import Caller
from caseway.cases.bulk.actions import start
from caseway.cases.bulk.choosing import filtered
from caseway.cases.canned.actions import Wording
from caseway.cases.canned.actions import write as write_canned
from caseway.cases.conversation.actions import post
from caseway.cases.conversation.writing import Content
from caseway.cases.creation.actions import create
from caseway.cases.creation.fields import NewCase
from caseway.cases.lists.actions import Written as ListRow
from caseway.cases.lists.actions import add as add_row
from caseway.cases.lists.kinds import KINDS
from caseway.cases.models import Case
from caseway.cases.tasks.actions import add
from caseway.cases.tasks.fields import NewTask
from caseway.cases.views.saving.actions import Described
from caseway.cases.views.saving.actions import save as save_view
from caseway.core.clock import now
from caseway.demo.cast import Cast
from caseway.guidance.actions import Written, publish, write
from caseway.guidance.models import Guide
from caseway.mail.blocking.actions import block
from caseway.mail.models import RawMail
from caseway.notifications.models import Kind, Notice
from caseway.notifications.reminding.actions import Written as ReminderWritten
from caseway.notifications.reminding.actions import add as add_reminder
from caseway.shipments.models import Shipment

pytestmark = pytest.mark.django_db
CONFORMS = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
    checks.negative_data_rejection,
]
OPTIONS: dict[str, Any] = {
    "deadline": None,
    "database": None,
    "suppress_health_check": list(HealthCheck),
}


def described(*phases: str) -> Any:
    """The API by its own OpenAPI document."""
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
    schema.config.phases.update(phases=list(phases))
    return schema


few, many = described("examples", "fuzzing"), described("examples", "coverage", "fuzzing")


@pytest.fixture(params=["ana", "kim"])
def seat(request: Any, cast: Cast) -> "Seat":
    """A seat at the desk and one in the portal, with something to find."""
    shipment = Shipment.objects.create(organisation=cast.larkfield, number="LK-1", account=cast.orchid)
    new = NewCase(subject="Wet", description="Two boxes.", shipment=shipment.number)
    case = create(new, by=cast.in_portal(cast.kim))
    task = add(case, NewTask(title="Call the driver"), by=cast.at_desk(cast.ana))
    caller = Caller(getattr(cast, request.param))
    keys = {
        "number": case.number,
        "task": str(task.pk),
        "participant": str(case.participants.get().pk),
        "shipments": shipment.number,
        "customers": str(cast.orchid.pk),
        "contacts": str(cast.contact(cast.kim).pk),
        "uploads": caller.post("/uploads", {"name": "a.pdf", "size": 10}).json()["id"],
        "guides": str(_guide(cast).pk),
        "notifications": str(_notice(case, cast).pk),
        **_settings(cast),
        "attachments": caller.upload("a.pdf", b"%PDF-1.4 a").json()["id"],
    }
    return Seat(caller, keys)


def _guide(cast: Cast) -> Guide:
    """A published guide, which customers find too."""
    by = cast.at_desk(cast.admin)
    return publish(write(Written(title="Wet boxes", body="Let them dry.", language="en"), by=by), by=by)


def _notice(case: Case, cast: Cast) -> Notice:
    """What Ana was told when Lea mentioned her."""
    post(case, by=cast.at_desk(cast.lea), audience="team", content=Content(f"@{cast.ana.email} look"))
    return Notice.objects.get(person=cast.ana, kind=Kind.MENTIONED)


_REMINDER = ReminderWritten(name="Soon", moment="before", minutes=5, text="It is due.")


def _settings(cast: Cast) -> dict[str, str]:
    """A row of each list, a role, a team, a canned answer, and cases worked on at once."""
    by = cast.at_desk(cast.admin)
    keys = {}
    for kind in KINDS:
        row = add_row(
            kind, ListRow({"en": "Damp"}, {"kind": "closure"} if kind.key == "reasons" else {}), by=by
        )
        keys[kind.key] = str(row.pk)
    wording = Wording(title="Thanks", body="Thank you.", scope="organisation")
    bulk = start("tag", filtered("view=all", now()), {"tags": ["damp"]}, by=cast.at_desk(cast.ana))
    return keys | {
        "roles": str(add_role(RoleWritten("Night shift", ("cases.edit",)), by=by).pk),
        "teams": str(add_team(TeamWritten("Nights"), by=by).pk),
        "partnerships": str(cast.larkfield_tamarack.pk),
        "mails": str(_mail(cast).pk),
        "blocked-senders": str(block("spam.example", by=by).pk),
        "canned-answers": str(write_canned(wording, by=by).pk),
        "views": str(save_view(Described(name="Late"), by=cast.at_desk(cast.ana)).pk),
        "bulk": str(bulk.pk),
        "reminder-rules": str(add_reminder(_REMINDER, by=by).pk),
    }


def _mail(cast: Cast) -> RawMail:
    """A mail that is held."""
    content = b"From: somebody@spam.example\n\nHello"
    held = RawMail(organisation=cast.larkfield, content=content, size=len(content), content_hash="a")
    held.state, held.why, held.sender = "held", "replies_only", "somebody@spam.example"
    held.save()
    return held


@contextmanager
def same_connection() -> Iterator[None]:
    """A request's end closes connections; the test's transaction needs its own (as Django's client does)."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


class Seat:
    """A caller, and objects that they may see."""

    def __init__(self, caller: Caller, keys: dict[str, str]) -> None:
        self.caller, self.keys = caller, keys

    def try_out(self, sent: Any) -> None:
        """Send what was made up, to an object that exists, and hold the answer against the document."""
        if "number" in sent.path_parameters:
            sent.path_parameters["number"] = self.keys["number"]
        if "task" in sent.path_parameters:
            sent.path_parameters["task"] = self.keys["task"]
        if "participant" in sent.path_parameters:
            sent.path_parameters["participant"] = self.keys["participant"]
        if "key" in sent.path_parameters:
            sent.path_parameters["key"] = self.keys[sent.path.split("/")[3]]
        with same_connection():
            response = sent.call(headers={"Authorization": f"Bearer {self.caller.secret}"})
        sent.validate_response(response, checks=_checks_of(sent, response))


def _checks_of(sent: Any, response: Any) -> list[Any]:
    """What the answer is held against. What was wrong and didn't arrive is no reason to be refused.

    Paths were made right again above, an empty list among the parameters isn't written into an address,
    and a body that is too large is refused unread.
    """
    arrives = all(value not in ([], {}) for value in (sent.query or {}).values())
    judged = arrives and not sent.path_parameters and response.status_code != 413
    return [check for check in CONFORMS if judged or check is not checks.negative_data_rejection]


@pytest.fixture(autouse=True)
def no_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """Thousands of requests in a minute are meant here."""
    monkeypatch.setattr("caseway.api.http.requests.Budget.is_exceeded", False)


@few.parametrize()
@settings(max_examples=5, **OPTIONS)
def test_answers_are_as_described(case, seat):
    seat.try_out(case)


@pytest.mark.endurance
@many.parametrize()
@settings(max_examples=200, **OPTIONS)
def test_answers_are_as_described_for_long(case, seat):
    seat.try_out(case)
