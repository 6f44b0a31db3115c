"""What was sent and may still be taken back: it waits for some seconds, and is sent exactly once.

While it waits it is a draft of its writer with a time, so that nobody else sees it, nothing is
mailed and nothing has happened. Sending and taking back both begin by deleting that row: whoever
deleted it has decided, and the other finds nothing.
"""

from dataclasses import asdict, replace
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from caseway.accounts.models import Membership
from caseway.accounts.viewer import Viewer, agent_viewer
from caseway.cases.access.locking import lock_case, lock_cases
from caseway.cases.models import Case, Draft
from caseway.cases.once import once
from caseway.cases.status import Status
from caseway.cases.types import Audience
from caseway.core.clock import now
from caseway.core.errors import Conflict, DomainError, NotAllowed
from caseway.core.transactions import action

from .actions import Then
from .along import goes_on_at
from .drafts import forget_draft
from .sending import Outgoing, look_again, say_now

JOB = "cases.send_waiting"
ENDS = (Status.CLOSED, Status.ON_HOLD)


@action
def hold(case: Case, *, by: Viewer, outgoing: Outgoing, token: UUID) -> Case:
    """Send the message after the time that policy gives to take it back.

    What would be refused then is refused now: raises what `send` does.
    """

    def keep() -> Case:
        lock_case(case.pk)
        look_again(case, by, outgoing)
        _rehearse(case, by, outgoing)
        seconds = by.policy.undo_send_seconds
        waiting = Draft.objects.create(
            organisation_id=by.us,
            person_id=by.me,
            case=case,
            audience=outgoing.audience,
            content=_kept(outgoing),
            sends_at=now() + timedelta(seconds=seconds),
        )
        forget_draft(by, case, outgoing.audience)
        app.configure_task(JOB, schedule_in={"seconds": seconds}).defer(draft_id=waiting.pk)
        return case

    return once(by, token, keep)


def send_due(draft_id: int) -> bool:
    """Post it if it is due and still waits; True where this call has sent it.

    What has become impossible meanwhile goes back into the writer's draft, which says why.
    """
    try:
        return _send(draft_id)
    except DomainError as refusal:
        _give_back(draft_id, refusal.message)
        return False


def send_all_due() -> int:
    """Post whatever is due and was left behind by a worker that stopped; returns how many."""
    due = Draft.objects.filter(sends_at__lte=now()).order_by("sends_at", "pk").values_list("pk", flat=True)
    return sum(send_due(key) for key in due)


@action
def take_back(case: Case, draft_id: int, *, by: Viewer) -> Draft:
    """Put it back into the writer's draft. Raises Conflict where it is sent already."""
    mine = Draft.objects.filter(case=case, person=by.me, organisation=by.us, sends_at__isnull=False)
    waiting = mine.filter(pk=draft_id).first()
    if waiting is None or not _take(waiting):
        raise Conflict(_("It was too late to take it back: the message is sent."))
    return _as_draft(waiting)


@action
def _send(draft_id: int) -> bool:
    due = Draft.objects.filter(pk=draft_id, sends_at__lte=now()).select_related("case")
    waiting = due.first()
    if waiting is None or waiting.case is None:
        return False
    outgoing = _outgoing(waiting)
    home = goes_on_at(waiting.case, outgoing.audience)
    lock_cases({waiting.case.pk, home.pk})
    if not _take(waiting):
        return False
    if home.pk != waiting.case.pk and outgoing.then.status in ENDS:
        # Merged meanwhile: the words go on to the same readers, but end nothing there.
        outgoing = replace(outgoing, then=Then("stay"))
    say_now(home, _writer_of(waiting), outgoing, keeps_draft=True)
    return True


@action
def _give_back(draft_id: int, why: str) -> None:
    waiting = Draft.objects.filter(pk=draft_id, sends_at__isnull=False).first()
    if waiting is not None and _take(waiting):
        _as_draft(waiting, why)


def _take(waiting: Draft) -> bool:
    """Decide by one conditional statement: True for the one caller who may go on with it."""
    return Draft.objects.filter(pk=waiting.pk, sends_at__isnull=False).delete()[0] == 1


def _rehearse(case: Case, by: Viewer, outgoing: Outgoing) -> None:
    """Do it and take all of it back, mails and events too: what refuses it, refuses it now."""
    with transaction.atomic():
        say_now(case, by, outgoing)
        transaction.set_rollback(True)


def _writer_of(waiting: Draft) -> Viewer:
    seats = Membership.objects.filter(person=waiting.person_id, organisation=waiting.organisation_id)
    active = seats.filter(is_active=True, person__is_active=True)
    seat = active.select_related("person", "organisation", "role").prefetch_related("teams").first()
    if seat is None:
        raise NotAllowed(_("You have no desk here any more."))
    return agent_viewer(seat)


def _kept(outgoing: Outgoing) -> dict[str, object]:
    return {
        "text": outgoing.text,
        "attachments": [str(key) for key in outgoing.attachments],
        "then": asdict(outgoing.then),
        "copies": None if outgoing.copies is None else list(outgoing.copies),
    }


def _outgoing(waiting: Draft) -> Outgoing:
    content = waiting.content
    return Outgoing(
        audience=Audience(waiting.audience),
        text=content["text"],
        attachments=content["attachments"],
        then=Then(**content["then"]),
        copies=content["copies"],
    )


def _as_draft(waiting: Draft, why: str = "") -> Draft:
    """Back into the draft, before whatever its writer has begun since."""
    mine = Draft.objects.select_for_update().filter(
        organisation=waiting.organisation_id, person=waiting.person_id, case=waiting.case_id
    )
    begun = mine.filter(audience=waiting.audience, sends_at=None).first()
    since = begun.content if begun else {}
    texts = (str(part.get("text", "")).strip() for part in (waiting.content, since))
    files = [*waiting.content["attachments"], *since.get("attachments", [])]
    content = dict(since) | {
        "text": "\n\n".join(filter(None, texts)),
        "attachments": list(dict.fromkeys(files)),
    }
    if waiting.content["copies"] is not None:
        content |= {"copied": {"ticked": waiting.content["copies"], "typed": ""}}
    content |= {"refused": why} if why else {}
    draft, _created = Draft.objects.update_or_create(
        organisation_id=waiting.organisation_id,
        person_id=waiting.person_id,
        case=waiting.case,
        audience=waiting.audience,
        sends_at=None,
        defaults={"content": content, "saved_at": now()},
    )
    return draft
