"""`caseway mail ingest`: the JSON that others build on."""

import io
import json
import sys
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError

from caseway.cases.models import Case
from caseway.mail.models import RawMail
from caseway.mail.tests.mails import SUPPORT, latest_to, mail, reply_to

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("mailboxes")]
KEYS = {
    *("outcome", "reason", "case", "message_id", "in_reply_to", "references", "from", "to", "cc", "reply_to"),
    *("subject", "date", "text", "html", "reply", "attachments", "auto_reply", "bounce"),
}


def ingested(raw: bytes, monkeypatch, *options: str) -> dict[str, Any]:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(raw)))
    printed = io.StringIO()
    call_command("mail_ingest", *options, stdout=printed)
    told: dict[str, Any] = json.loads(printed.getvalue())
    return told


def test_a_new_case(monkeypatch):
    told = ingested(mail("Kim <kim@orchid.example>"), monkeypatch, "--mailbox", SUPPORT)
    assert set(told) == KEYS
    assert told["outcome"] == "created"
    assert told["case"] == Case.objects.get().number
    assert told["from"] == {"name": "Kim", "address": "kim@orchid.example"}


def test_the_mailbox_may_come_from_the_headers(monkeypatch):
    raw = mail("kim@orchid.example")
    assert ingested(raw, monkeypatch)["outcome"] == "created"
    again = ingested(raw, monkeypatch)
    assert (again["outcome"], again["case"]) == ("duplicate", Case.objects.get().number)


def test_a_reply_finds_its_token_in_the_headers(monkeypatch):
    ingested(mail("kim@orchid.example"), monkeypatch, "--mailbox", SUPPORT)
    to = reply_to(latest_to("kim@orchid.example"))
    told = ingested(mail("kim@orchid.example", "More", to=to), monkeypatch, "--mailbox", SUPPORT)
    assert told["outcome"] == "appended"
    assert ingested(mail("kim@orchid.example", "Even more", to=to), monkeypatch)["outcome"] == "appended"


def test_what_is_held_or_ignored_says_why(monkeypatch):
    held = ingested(mail("kim@orchid.example", to="x@y.example"), monkeypatch)
    assert (held["outcome"], held["case"], bool(held["reason"])) == ("held", None, True)
    automatic = mail("kim@orchid.example", headers={"Auto-Submitted": "auto-replied"})
    ignored = ingested(automatic, monkeypatch, "--mailbox", SUPPORT)
    assert (ignored["outcome"], ignored["auto_reply"]) == ("ignored", True)


def test_nothing_is_rejected(monkeypatch):
    told = ingested(b"", monkeypatch)
    assert (set(told), told["outcome"]) == (KEYS, "rejected")
    assert RawMail.objects.count() == 0


def test_it_fails_where_the_mail_could_not_be_stored(monkeypatch):
    def away(*_args, **_more):
        raise OperationalError("the database is away")

    monkeypatch.setattr("caseway.mail.incoming.ingesting.store", away)
    with pytest.raises(CommandError):
        ingested(mail("kim@orchid.example"), monkeypatch)


def test_a_mail_that_fails_is_kept_and_told(monkeypatch):
    def fail(*_args):
        raise KeyError

    monkeypatch.setattr("caseway.mail.incoming.processing.decide", fail)
    told = ingested(mail("kim@orchid.example"), monkeypatch)
    assert told["outcome"] == "held"
    assert RawMail.objects.get().state == RawMail.State.RECEIVED
