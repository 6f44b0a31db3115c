"""The way of a mail: who wrote it, what it belongs to, what becomes of it."""

import re

from caseway.cases.types import Audience
from caseway.mail.blocking.queries import block_on
from caseway.mail.models import Mailbox, RawMail, Why
from caseway.mail.reachability.actions import clear
from caseway.mail.reading import ReadMail

from .bounces import note_bounce
from .colleagues import colleague_writes
from .customers import customer_replies, open_case
from .outcome import Outcome, held, ignored
from .partners import partner_replies
from .routing import Route, participant_on, route_of
from .senders import is_our_own, seats_of, sender_of, written_lately
from .subscribing import asks_to_unsubscribe, unsubscribe

# Automatic mails that answer something. Others (lists, alerts of other systems) may well be a case.
ANSWERS = frozenset({"auto-reply-header", "out-of-office", "null-sender", "daemon", "report"})
AUTO_REPLIED = re.compile(rb"^auto-submitted:\s*auto-replied", re.IGNORECASE | re.MULTILINE)
HEADER_BYTES = 65_536


def decide(raw: RawMail, mail: ReadMail) -> Outcome:
    """Put the mail on its case, make one, hold it, or set it aside: in the caller's transaction."""
    if mail.bounce is not None:
        return note_bounce(raw, mail, mail.bounce)
    sender = sender_of(raw, mail)
    return _kept_out(raw, sender) or _let_in(raw, mail, sender)


def _kept_out(raw: RawMail, sender: str) -> Outcome | None:
    """What becomes of a mail for its sender alone; None where that is nothing."""
    if not sender or "@" not in sender:
        return held(Why.NO_SENDER)
    if is_our_own(sender):
        return ignored(Why.OUR_OWN)
    if blocking := block_on(raw.organisation_id or 0, sender):
        return ignored(Why.BLOCKED, detail=blocking)
    return None


def _let_in(raw: RawMail, mail: ReadMail, sender: str) -> Outcome:
    lately = written_lately(raw, mail, sender)
    if lately.is_too_much:
        return held(Why.TOO_MANY)
    clear(raw.organisation_id or 0, sender)
    route = route_of(raw, mail)
    if route is None:
        return _first(raw, mail, sender)
    if lately.is_too_much_for(route.case):
        return held(Why.TOO_MANY, route.case, route.audience)
    return _reply(raw, mail, sender, route)


def _reply(raw: RawMail, mail: ReadMail, sender: str, route: Route) -> Outcome:
    seats = seats_of(sender, route.case.pk)
    if seats:
        return colleague_writes(raw, mail, route, seats)
    participant = participant_on(route, sender)
    if participant is None:
        if mail.auto_reply:
            return ignored(Why.AUTOMATIC_STRANGER, route.case)
        return held(Why.STRANGER, route.case, route.audience)
    if asks_to_unsubscribe(mail):
        return unsubscribe(participant, route.case)
    if route.audience is Audience.PARTNER:
        return partner_replies(raw, mail, route, participant)
    return customer_replies(raw, mail, route, participant)


def _first(raw: RawMail, mail: ReadMail, sender: str) -> Outcome:
    if mail.auto_reply_reason in ANSWERS or _answers_by_itself(raw, mail):
        return ignored(Why.AUTOMATIC)
    if raw.mailbox is not None and raw.mailbox.use == Mailbox.Use.REPLIES and not raw.is_accepted:
        return held(Why.REPLIES_ONLY)
    return open_case(raw, mail, sender)


def _answers_by_itself(raw: RawMail, mail: ReadMail) -> bool:
    if not mail.auto_reply:
        return False
    head = bytes(raw.content[:HEADER_BYTES])
    return bool(mail.in_reply_to) or AUTO_REPLIED.search(head) is not None
