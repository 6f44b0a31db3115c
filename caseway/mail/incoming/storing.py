"""Storing a mail before anything is done with it, once per organisation."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import structlog
from django.db import IntegrityError, transaction

from caseway.core.text import normal_address
from caseway.mail.models import Mailbox, RawMail, Why
from caseway.mail.reading import content_hash, read
from caseway.mail.tokens import untagged

log = structlog.get_logger("caseway.mail.incoming")

NULL_SENDER = "<>"


@dataclass(frozen=True)
class Stored:
    """A mail of one organisation; `is_new` is False where the same content was there before."""

    mail: RawMail
    is_new: bool


@dataclass(frozen=True)
class Share:
    """What of a mail is one organisation's: the first of its mailboxes that is addressed, and the
    recipients that are its own, as they were given. Whom else the mail went to is not its business."""

    mailbox: Mailbox
    given: list[str]


def mailbox_of(address: str) -> Mailbox | None:
    """The active mailbox that takes mail to `address`, which may carry a tag (`support+…@`)."""
    shares = shares_of([address])
    return shares[0].mailbox if shares else None


def shares_of(addresses: Iterable[str]) -> list[Share]:
    """Who gets a mail to these addresses: an organisation takes part once, however many of its
    mailboxes are in it. One query."""
    forms = {address: (normal_address(address), untagged(normal_address(address))) for address in addresses}
    wanted = {form for pair in forms.values() for form in pair}
    boxes = {box.address: box for box in Mailbox.objects.filter(address__in=wanted, is_active=True)}
    shares: dict[int, Share] = {}
    for given, (whole, plain) in forms.items():
        box = boxes.get(whole) or boxes.get(plain)
        if box is not None:
            shares.setdefault(box.organisation_id, Share(box, [])).given.append(given)
    return list(shares.values())


def store(raw: bytes, *, recipients: Sequence[str] = (), envelope_from: str | None = None) -> list[Stored]:
    """Store the mail for every organisation that `recipients` name, each in its own transaction.

    Without an envelope the headers say to whom it was; where no mailbox of ours is among
    them it is kept without organisation, and held.
    """
    addresses = list(recipients) or _addressed(raw)
    digest, shares = _digest(raw), shares_of(addresses)
    if not shares:
        return [_keep(raw, digest, None, addresses, envelope_from)]
    return [_keep(raw, digest, share.mailbox, share.given, envelope_from) for share in shares]


def keep_head(head: bytes, box: Mailbox, *, why: Why, where: str) -> Stored:
    """Hold the header of a mail that can't be taken, and still lies `where` it came to."""
    return _keep(head, _digest(head), box, [box.address], None, held=(why, where))


def _keep(
    raw: bytes,
    digest: str,
    box: Mailbox | None,
    addresses: Sequence[str],
    envelope_from: str | None,
    held: tuple[Why, str] | None = None,
) -> Stored:
    why, detail = held or ((Why.NO_MAILBOX, "") if box is None else ("", ""))
    mail = RawMail(
        organisation_id=box.organisation_id if box else None,
        content_hash=digest,
        mailbox=box,
        recipients=[normal_address(address) for address in addresses[:500]],
        envelope_from=NULL_SENDER if envelope_from == "" else (envelope_from or "")[:320],
        content=raw,
        size=len(raw),
        state=RawMail.State.HELD if why else RawMail.State.RECEIVED,
        why=why,
        detail=detail[:250],
    )
    # Hardly a mail comes twice: the unique key tells, and nobody asks before.
    try:
        with transaction.atomic():
            mail.save(force_insert=True)
    except IntegrityError:
        same = RawMail.objects.filter(organisation=mail.organisation_id, content_hash=digest)
        return Stored(same.defer("content").get(), is_new=False)
    return Stored(mail, is_new=True)


def _digest(raw: bytes) -> str:
    try:
        return content_hash(raw)
    except Exception:
        # A mail that can't be read is kept all the same; its bytes tell it from others.
        log.exception("a mail has no readable content to compare by")
        return hashlib.sha256(raw).hexdigest()


def _addressed(raw: bytes) -> list[str]:
    """The addresses in To, Cc and what servers on the way wrote down, the surest first."""
    try:
        mail = read(raw)
    except Exception:
        log.exception("a mail's recipients can't be read")
        return []
    found = [*mail.delivered_to, *(address.email for address in (*mail.to, *mail.cc))]
    return list(dict.fromkeys(normal_address(address) for address in found if address))
