"""Saying something on a case: by people (`post`) and by mail (`receive`)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from caseway.accounts.viewer import Viewer
from caseway.cases import copies
from caseway.cases.access.locking import Locked, lock_case, lock_for
from caseway.cases.access.rules import Operation, demand
from caseway.cases.files.actions import attach
from caseway.cases.history.actions import Actor, SeenBy, record
from caseway.cases.history.events import StatusChanged
from caseway.cases.lifecycle import actions as lifecycle
from caseway.cases.lifecycle.going_on import survivor_of
from caseway.cases.models import Case, Message, Participant, Side, Visit
from caseway.cases.status import Status
from caseway.cases.types import Audience, Source
from caseway.core.clock import now
from caseway.core.errors import Conflict, Invalid, NotAllowed
from caseway.core.transactions import action

from .authors import Author
from .copying import copy_in
from .drafts import forget_draft
from .mentions import note_mentions
from .writing import Content, tell, write

OPERATION = {
    Audience.CUSTOMER: Operation.COMMENT,
    Audience.PARTNER: Operation.COMMENT,
    Audience.TEAM: Operation.NOTE,
    Audience.RECORD: Operation.RECORD,
}
WAITS_FOR_CUSTOMER = frozenset({Status.PENDING_CUSTOMER, Status.ON_HOLD})
CHOICES = ("stay", Status.PENDING_CUSTOMER, Status.OPEN, Status.ON_HOLD, Status.CLOSED)


@dataclass(frozen=True)
class Then:
    """What sending does to the status: `status` None is the policy's default, "stay" leaves it.

    Reason and note are for on_hold and closed, where policy asks for them.
    """

    status: str | None = None
    reason: int | str | None = None
    note: str = ""


@action
def post(
    case: Case,
    *,
    by: Viewer,
    audience: Audience | str,
    content: Content,
    attachments: Iterable[str | UUID] = (),
    then: Then | None = None,
    keeps_draft: bool = False,
) -> Message:
    """Write a message as a signed-in person. `keeps_draft`: what they type by now is another one.

    A customer's comment moves Pending from customer and On hold to Pending from agent. An answer
    to the customer moves the status as `then` says. Files alone are enough of a message.
    Raises NotFound, NotAllowed, Conflict, Invalid (`audience`, `text`, `attachments`, `set_status`).
    """
    audience, then, files = _audience(audience, by), then or Then(), list(attachments)
    locked = lock_for(by, OPERATION[audience], case)
    if then.status is not None and then.status not in CHOICES:
        raise Invalid({"set_status": _("Choose stay, open, pending_customer, on_hold or closed.")})
    if audience is Audience.PARTNER and locked.case.status == Status.MERGED:
        raise Conflict(_("This case is merged: write to the partner on the case that it went into."))
    home = _home_of(audience, locked, by)
    author = Author.of(by)
    message = write(locked, audience, home, author, content, may_be_empty=bool(files))
    attach(message, files, by=by)
    if by.is_agent and content.copies is not None:
        copy_in(locked, message, content.copies)
    _take_part(locked, message, author)
    side = locked.side_of(by)
    tell(message, author, mentioned=note_mentions(message, side, by) if side else ())
    _mark_seen(locked.case, by)
    # A program that acts for somebody ends nothing that they type.
    if content.source is not Source.API and not keeps_draft:
        forget_draft(by, case, audience)
    if by.is_contact:
        after_customer(locked, author.actor)
    elif audience is Audience.CUSTOMER or then.status is not None:
        _after_agent(locked, by, audience, then)
    return message


@transaction.atomic(savepoint=False)
def receive(
    case: Case,
    *,
    audience: Audience,
    organisation_id: int,
    author: Author,
    content: Content,
    keep_files: Callable[[Message], object] | None = None,
) -> Message:
    """Write a message that came by mail; the caller has made sure who wrote it and that they may.

    Part of the caller's transaction: an error here ends all of it.

    `organisation_id` is whose conversation it belongs to (for `partner`: the writer's side, or the
    host's where the writer's organisation signs in nowhere). `keep_files` stores the mail's
    attachments in the same transaction. An automatic mail moves no status.
    """
    locked = lock_case(case.pk)
    message = write(locked, audience, organisation_id, author, content, may_be_empty=True)
    if keep_files is not None:
        keep_files(message)
    _take_part(locked, message, author)
    tell(message, author)
    if audience is Audience.CUSTOMER and author.organisation_id is None and not content.is_automatic:
        after_customer(locked, author.actor)
    return message


def after_customer(locked: Locked, actor: Actor) -> None:
    """The customer has written: a case that waited for them is ours to act on again.

    Where it was merged into another customer's, that one is news for our agents and for nobody else.
    """
    before = Status(locked.case.status)
    if before is Status.MERGED:
        survivor = survivor_of(locked.case)
        copies.touch(Side.objects.filter(case=survivor, organisation=survivor.host_id))
    if before in WAITS_FOR_CUSTOMER:
        _change(locked, Status.PENDING_AGENT, actor)


def _after_agent(locked: Locked, by: Viewer, audience: Audience, then: Then) -> None:
    """Move the status as the agent chose, or as policy says for an answer to the customer."""
    chosen = then.status
    if chosen is None and audience is Audience.CUSTOMER and by.policy.reply_sets_pending:
        chosen = Status.PENDING_CUSTOMER if locked.case.is_active else "stay"
    match chosen:
        case Status.CLOSED:
            lifecycle.close(locked.case, by=by, reason=then.reason, note=then.note)
        case Status.ON_HOLD:
            lifecycle.suspend(locked.case, by=by, reason=then.reason, note=then.note)
        case Status.PENDING_CUSTOMER | Status.OPEN:
            demand(by, Operation.URGE, locked.case, locked.side_of(by))
            _change(locked, Status(chosen), Actor.of(by))


def _change(locked: Locked, status: Status, actor: Actor) -> None:
    before = Status(locked.case.status)
    if before is status:
        return
    lifecycle.move(locked, status)
    record(locked.case, StatusChanged(status=status, before=before), actor, SeenBy.EVERYONE)


def _audience(audience: Audience | str, by: Viewer) -> Audience:
    try:
        chosen = Audience(audience)
    except ValueError:
        raise Invalid({"audience": _("Choose customer, partner, team or record.")}) from None
    if by.is_contact and chosen is not Audience.CUSTOMER:
        raise NotAllowed(_("Customers write to customer service only."))
    return chosen


def _home_of(audience: Audience, locked: Locked, by: Viewer) -> int:
    """Whose conversation the message belongs to; only the host talks with the customer."""
    if by.organisation_id is None:
        raise NotAllowed(_("Sign in to write."))
    if audience is Audience.CUSTOMER:
        if by.organisation_id != locked.case.host_id:
            raise NotAllowed(_("Only %(host)s writes to this customer.") % {"host": locked.case.host})
        if locked.case.contact_id is None:
            raise Invalid({"audience": _("There is no customer on this case.")})
    return by.organisation_id


def _take_part(locked: Locked, message: Message, author: Author) -> None:
    """Whoever writes takes part, and is told of what follows while subscribed."""
    if message.audience in (Audience.TEAM, Audience.RECORD) or not author.address:
        return
    participant = Participant(
        case=locked.case,
        organisation_id=author.organisation_id or message.organisation_id,
        audience=message.audience,
        address=author.address,
        name=author.name,
        contact=author.contact,
    )
    Participant.objects.bulk_create([participant], ignore_conflicts=True)


def _mark_seen(case: Case, by: Viewer) -> None:
    if by.person_id:
        Visit.objects.bulk_create(
            [Visit(case=case, person_id=by.person_id, seen_at=now())],
            update_conflicts=True,
            unique_fields=["person", "case"],
            update_fields=["seen_at"],
        )


def see(case: Case, *, by: Viewer) -> None:
    """The viewer has the case open: what is there now is read."""
    _mark_seen(case, by)
