"""Mails as they come: valid, odd and hostile ones, each kind by turns, the same for the same seed."""

from collections.abc import Callable, Iterator
from email.message import EmailMessage
from random import Random

from caseway.mail.tests.mails import SUPPORT

PEOPLE = 400
"""Senders; one alone may write only so many mails an hour."""


def flood(count: int, seed: int, answered: list[str]) -> Iterator[bytes]:
    """So many mails; `answered` are addresses to which replies go. Some come twice."""
    chance, before = Random(seed), b""
    for number in range(count):
        kind = chance.choice(KINDS)
        mail = before if kind is again and before else kind(chance, number, answered)
        before = mail
        yield mail


def again(chance: Random, number: int, answered: list[str]) -> bytes:
    """The one before once more."""
    return plain(chance, number, answered)


def plain(chance: Random, number: int, answered: list[str]) -> bytes:
    """A customer writes."""
    return _mail(chance, number, "The parcel came without its lid.").as_bytes()


def reply(chance: Random, number: int, answered: list[str]) -> bytes:
    """A customer answers a mail of ours, or a stranger does who got hold of it."""
    mail = _mail(chance, number, f"It is number {number}.\n\n> Which one?")
    if answered:
        del mail["To"]
        mail["To"] = chance.choice(answered)
    return mail.as_bytes()


def with_files(chance: Random, number: int, answered: list[str]) -> bytes:
    """Pictures and papers, some of them dangerous."""
    mail = _mail(chance, number, "See the files.")
    for name in ("photo.jpg", "invoice.pdf.exe", "../../etc/passwd", "a\u202egpj.scr"):
        mail.add_attachment(chance.randbytes(500), "application", "octet-stream", filename=name)
    return mail.as_bytes()


def automatic(chance: Random, number: int, answered: list[str]) -> bytes:
    """A machine answers."""
    mail = _mail(chance, number, "I am out of the office.", "Automatic reply: away")
    mail["Auto-Submitted"] = "auto-replied"
    return mail.as_bytes()


def report(chance: Random, number: int, answered: list[str]) -> bytes:
    """A report about a mail that is none of ours."""
    return (
        f"From: MAILER-DAEMON@mx{number}.example\nTo: {SUPPORT}\nSubject: failure {number}\n"
        "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n"
        "--b\n\nUndelivered\n--b\nContent-Type: message/delivery-status\n\n"
        "Final-Recipient: rfc822; nobody@orchid.example\nAction: failed\nStatus: 5.1.1\n--b--\n"
    ).encode()


def wrong_charset(chance: Random, number: int, answered: list[str]) -> bytes:
    """Bytes that aren't of the charset that is named, and a NUL."""
    head = f"From: p{chance.randrange(PEOPLE)}@orchid.example\nTo: {SUPPORT}\nSubject: caf\xe9 {number}\n"
    body = f"Content-Type: text/plain; charset=iso-2022-jp\n\n{number} \x1b$B\xff\x00 end\n"
    return (head + body).encode("latin-1")


def nested(chance: Random, number: int, answered: list[str]) -> bytes:
    """Parts in parts in parts."""
    depth = chance.randrange(5, 300)
    mail = f"From: p{chance.randrange(PEOPLE)}@orchid.example\nTo: {SUPPORT}\nSubject: deep {number}\n"
    for level in range(depth):
        mail += f"Content-Type: multipart/mixed; boundary=b{level}\n\n--b{level}\n"
    return (mail + f"\ninmost {number}\n").encode()


def headless(chance: Random, number: int, answered: list[str]) -> bytes:
    """No sender, no header, or no end of it."""
    return chance.choice(
        [
            f"Subject: nobody {number}\n\nWho am I?\n",
            f"\n\nOnly a body {number}\n",
            f"From: <>\nX-{number}: " + "x" * 20_000,
            f"From: p{number}@orchid.example\n" + f"References: {'<a@b> ' * 2000}\n\n{number}\n",
        ]
    ).encode()


def script(chance: Random, number: int, answered: list[str]) -> bytes:
    """HTML that wants to run."""
    mail = _mail(chance, number, "plain")
    mail.add_alternative(f"<p onclick=x()>{number}<script>x()</script><img src=x onerror=x()>", "html")
    return mail.as_bytes()


KINDS: list[Callable[[Random, int, list[str]], bytes]] = [
    *(plain, plain, plain, reply, reply, again, with_files),
    *(automatic, report, wrong_charset, nested, headless, script),
]


def _mail(chance: Random, number: int, text: str, subject: str = "Missing lid") -> EmailMessage:
    mail = EmailMessage()
    mail["From"] = f"Person <p{chance.randrange(PEOPLE)}@orchid.example>"
    mail["To"], mail["Subject"] = SUPPORT, subject
    mail["Message-ID"] = f"<{number}.{chance.getrandbits(64):x}@orchid.example>"
    mail.set_content(text)
    return mail
