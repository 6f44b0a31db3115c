"""How many statements a mail costs, savepoints among them: a mail is one of many."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from caseway.cases.models import Case
from caseway.mail.incoming.processing import process
from caseway.mail.incoming.storing import store
from caseway.mail.tests.mails import SUPPORT, latest_to, mail, reply_to

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("mailboxes")]

# The test's own transaction turns two BEGIN and COMMIT into as many savepoints.
STORING = 4
NEW_CASE = 34
OF_A_STRANGER = 3
REPLY = 22


def statements(raw: bytes, recipient: str) -> tuple[int, int]:
    """How many it takes to store the mail, and to process it."""
    with CaptureQueriesContext(connection) as storing:
        [stored] = store(raw, recipients=[recipient], envelope_from="")
    with CaptureQueriesContext(connection) as processing:
        outcome = process(stored.mail.pk)
    assert outcome is not None
    assert outcome.case is not None
    return len(storing), len(processing)


def test_a_mail_that_makes_a_case():
    assert statements(mail("new@somewhere.example"), SUPPORT) == (STORING, NEW_CASE + OF_A_STRANGER)
    assert statements(mail("new@somewhere.example", subject="Again"), SUPPORT) == (STORING, NEW_CASE)


def test_a_reply():
    statements(mail("kim@orchid.example"), SUPPORT)
    recipient = reply_to(latest_to("kim@orchid.example"))
    assert statements(mail("kim@orchid.example", "And when?"), recipient) == (STORING, REPLY)


def test_readers_who_were_copied_are_noted_at_once():
    copied = ", ".join(f"reader{n}@orchid.example" for n in range(40))
    _stored, processed = statements(mail("new@somewhere.example", headers={"Cc": copied}), SUPPORT)
    assert processed == NEW_CASE + OF_A_STRANGER + 2
    assert Case.objects.get().participants.count() == 41
