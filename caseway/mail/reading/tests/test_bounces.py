"""Reports of mail that could not be delivered, as servers write them."""

from pathlib import Path

import pytest

from caseway.mail.reading import Bounce, read

ORIGINAL = "Message-ID: <case-7@larkfield.example>\nSubject: Your parcel\n"


def report(*groups: str, returned: str = "text/rfc822-headers", original: str = ORIGINAL) -> bytes:
    return "\n".join(
        [
            "From: MAILER-DAEMON@mx.larkfield.example",
            "Subject: Undelivered Mail Returned to Sender",
            "Content-Type: multipart/report; report-type=delivery-status; boundary=b",
            "",
            "--b",
            "",
            "I'm sorry to have to inform you that your message could not be delivered.",
            "--b",
            "Content-Type: message/delivery-status",
            "",
            "Reporting-MTA: dns; mx.larkfield.example",
            "",
            *groups,
            "--b",
            f"Content-Type: {returned}",
            "",
            original,
            "--b--",
        ]
    ).encode()


def group(action: str, status: str, code: str, email: str = "kim@orchid.example") -> str:
    return (
        f"Final-Recipient: rfc822; {email}\nOriginal-Recipient: rfc822;{email}\nAction: {action}\n"
        f"Status: {status}\nRemote-MTA: dns; mx.orchid.example\nDiagnostic-Code: smtp; {code}\n"
    )


def bounce_in(raw: bytes) -> Bounce:
    found = read(raw).bounce
    assert found is not None
    return found


def test_permanent_failure():
    found = read(report(group("failed", "5.1.1", "550 5.1.1 <kim@orchid.example>:\n    User unknown")))
    assert found.bounce == Bounce(
        recipient="kim@orchid.example",
        status="5.1.1",
        diagnostic="550 5.1.1 <kim@orchid.example>: User unknown",
        permanent=True,
        original_message_id="<case-7@larkfield.example>",
    )
    assert found.auto_reply_reason == "report"
    assert found.text.startswith("I'm sorry")


@pytest.mark.parametrize("returned", ["message/rfc822", "text/rfc822-headers", "message/global-headers"])
def test_original_is_found_however_it_is_returned(returned):
    found = read(report(group("failed", "5.1.1", "550 no"), returned=returned))
    assert found.bounce is not None
    assert found.bounce.original_message_id == "<case-7@larkfield.example>"
    assert "Your parcel" not in found.text


@pytest.mark.parametrize(
    ("action", "status", "permanent"),
    [
        ("failed", "5.2.2 (mailbox full)", True),
        ("failed", "4.4.7", False),
        ("delayed", "4.4.1", False),
        ("delayed", "5.0.0", False),
        ("Failed", "", True),
    ],
)
def test_permanence(action, status, permanent):
    assert bounce_in(report(group(action, status, "x"))).permanent is permanent


def test_success_is_no_bounce():
    found = read(report(group("delivered", "2.0.0", "250 ok"), group("relayed", "2.0.0", "250 ok")))
    assert found.bounce is None
    assert found.auto_reply


def test_first_failure_among_successes_counts():
    found = bounce_in(
        report(group("delivered", "2.0.0", "250"), group("failed", "5.1.1", "550", "jo@orchid.example"))
    )
    assert found.recipient == "jo@orchid.example"


def test_status_is_found_in_the_diagnostic():
    found = bounce_in(report(group("failed", "", "550 5.7.1 rejected by policy")))
    assert (found.status, found.permanent) == ("5.7.1", True)


TOLD = {
    "postfix": ("5.1.1", True),
    "exim": ("", True),
    "qmail": ("5.1.1", True),
    "gmail": ("5.1.1", True),
    "exchange": ("5.1.10", True),
    "a-full-mailbox-for-now": ("4.2.2", False),
}


def told(name: str) -> bytes:
    return (Path(__file__).parent / "bounces" / f"{name}.eml").read_bytes()


@pytest.mark.parametrize(("name", "seen"), TOLD.items())
def test_bounce_in_plain_words(name, seen):
    found = read(told(name))
    assert found.bounce is not None
    assert found.bounce.recipient == "kim@orchid.example"
    assert (found.bounce.status, found.bounce.permanent) == seen
    assert found.bounce.diagnostic
    assert found.auto_reply


def test_copy_below_the_words_tells_what_bounced():
    assert bounce_in(told("qmail")).original_message_id == "<case-7@larkfield.example>"


def test_person_who_quotes_a_bounce_sends_none():
    body = told("postfix").partition(b"\n\n")[2]
    raw = b"From: kim@orchid.example\nSubject: Undelivered Mail Returned to Sender\n\n" + body
    assert read(raw).bounce is None


def test_recipient_carries_no_line_break_or_command():
    found = bounce_in(report(group("failed", "5.1.1", "550 x", "a@b;\n touch /tmp/x | `id`@c")))
    assert "\n" not in found.recipient
    assert "\n" not in found.diagnostic
