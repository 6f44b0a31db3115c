"""What administrators do with mails that came in."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from caseway.accounts.audit import record
from caseway.accounts.changing import demand
from caseway.accounts.permissions import Permission
from caseway.accounts.viewer import Viewer
from caseway.core.clock import now
from caseway.core.errors import Conflict, NotFound
from caseway.core.transactions import action
from caseway.mail.blocking.actions import block
from caseway.mail.events import (
    MailAccepted,
    MailDownloaded,
    MailEvent,
    MailProcessedAgain,
    MailRefused,
    MailViewed,
)
from caseway.mail.incoming.held import admit
from caseway.mail.incoming.outcome import Outcome
from caseway.mail.incoming.processing import AGAIN, RUNS_AGAIN, process, run_again
from caseway.mail.models import BlockedSender, RawMail, Why

from .queries import arrival, mails_of, source_of

State = RawMail.State


def accept(mail: RawMail, *, by: Viewer) -> Outcome | None:
    """Let a held mail in: onto the case that it is held on, or as a case of its own.

    None where processing failed for now. Raises NotFound; Conflict where it isn't held any more, or
    stays held for a reason that nobody can wave away.
    """
    held = _held(mail, by)
    if held.case_id and held.audience:
        outcome = admit(held, by=by)
        _note(MailAccepted, held, by)
        return outcome
    _take_in(held, by)
    outcome = process(held.pk)
    if outcome is not None and outcome.state == State.HELD:
        raise Conflict(_("The mail stays held: %(why)s") % {"why": outcome.reason})
    return outcome


@action
def refuse(mail: RawMail, *, by: Viewer) -> RawMail:
    """Set a held mail aside; it is kept. Raises NotFound and Conflict."""
    held = _held(mail, by)
    _decide(held, state=State.IGNORED, why=Why.SET_ASIDE, detail=str(by.person)[:250])
    _note(MailRefused, held, by)
    held.refresh_from_db(fields=["state", "why", "detail"])
    return held


def block_sender(mail: RawMail, *, by: Viewer, whole_domain: bool = False) -> BlockedSender:
    """Ignore the sender, or all of its domain, from now on, and what is held of theirs.

    Raises NotFound; Conflict for a mail without sender; Invalid where it would shut out our own.
    """
    found = arrival(by, mail.pk)
    sender = found.mail.sender
    if not found.is_open:
        raise NotFound
    if "@" not in sender:
        raise Conflict(_("This mail names no sender who could be blocked."))
    return block(f"@{sender.rpartition('@')[2]}" if whole_domain else sender, by=by)


def process_again(mail: RawMail, *, by: Viewer) -> Outcome | None:
    """Process a mail once more that failed, is held or was ignored. None where it failed again.

    Raises NotFound; Conflict where it is on a case, or waits to be processed anyway.
    """
    found = arrival(by, mail.pk)
    if not found.is_open:
        raise NotFound
    if found.mail.state not in RUNS_AGAIN or found.mail.message_id:
        raise Conflict(_("This mail is on a case, or on its way to one."))
    _note(MailProcessedAgain, found.mail, by)
    return run_again(mail.pk)


@action
def process_all_failed(*, by: Viewer) -> int:
    """Let the workers process every mail once more that could not be read; gives how many."""
    demand(by, Permission.SETTINGS)
    failed = mails_of(by).filter(state=State.REJECTED, message__isnull=True)
    count = failed.update(**AGAIN, next_try_at=now())
    if count:
        record(MailProcessedAgain(mail_id=0), by=by.person, organisation=by.organisation, thing=str(count))
    return count


def view_source(key: int, *, by: Viewer) -> RawMail:
    """The mail with its bytes, and a line in the log. Raises NotFound."""
    mail = source_of(by, key)
    _note(MailViewed, mail, by)
    return mail


def download_source(key: int, *, by: Viewer) -> RawMail:
    """The same, to be taken away. Raises NotFound."""
    mail = source_of(by, key)
    _note(MailDownloaded, mail, by)
    return mail


def _held(mail: RawMail, by: Viewer) -> RawMail:
    found = arrival(by, mail.pk)
    if not found.is_open:
        raise NotFound
    if found.mail.state != State.HELD:
        raise Conflict(_("Somebody has decided about this mail already."))
    return found.mail


@action
def _take_in(mail: RawMail, by: Viewer) -> None:
    _decide(mail, **AGAIN, next_try_at=now(), is_accepted=True)
    _note(MailAccepted, mail, by)


def _decide(mail: RawMail, **decision: object) -> None:
    """Of two who decide at once, one does. Raises Conflict."""
    if not RawMail.objects.filter(pk=mail.pk, state=State.HELD).update(**decision):
        raise Conflict(_("Somebody has decided about this mail already."))


def _note(kind: Callable[..., MailEvent], mail: RawMail, by: Viewer) -> None:
    record(kind(mail_id=mail.pk), by=by.person, organisation=by.organisation, thing=f"№ {mail.pk}")
