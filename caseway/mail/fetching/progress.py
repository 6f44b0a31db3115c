"""How far a mailbox is read, and who reads it: one reader, for as long as it renews its claim.

All times are the database's. Should a reader sleep longer than its claim lasts, two of them may read the
same mails for a moment: the same content is stored once all the same.
"""

import random
import uuid
from datetime import timedelta

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Now

from caseway.core.clock import now
from caseway.mail.models import ImapAccount
from caseway.mail.troubles import NEEDS_A_PERSON, Troubled

CLAIM = timedelta(seconds=90)
RENEWED_EVERY = 15.0
"""Seconds."""
MOST_TRIES = 3
PAUSES = (5, 10, 30, 60, 120, 300, 600)
PAUSES_FOR_A_PERSON = (60, 600, 1800, 3600)
"""Seconds until the next try, longer each time; a quarter more or less, so that all don't come at once."""


class Lost(Exception):
    """The account is somebody else's now, or was changed: begin anew with what is stored."""


def to_be_read() -> QuerySet[ImapAccount]:
    """The accounts that somebody should read now."""
    free = Q(reader__isnull=True) | Q(reader_seen_at__lt=Now() - CLAIM)
    return ImapAccount.objects.filter(
        free, is_active=True, mailbox__is_active=True, next_try_at__lte=Now()
    ).order_by("next_try_at")


def claim(account_id: int) -> ImapAccount | None:
    """Make the account mine to read; None where somebody else was quicker."""
    ticket = uuid.uuid4()
    if not to_be_read().order_by().filter(pk=account_id).update(reader=ticket, reader_seen_at=Now()):
        return None
    found = ImapAccount.objects.select_related("mailbox__organisation")
    return found.filter(pk=account_id, reader=ticket).first()


def renew(account: ImapAccount, **changes: object) -> None:
    """Keep my claim, and store what changed. Raises Lost."""
    mine = ImapAccount.objects.filter(
        pk=account.pk,
        reader=account.reader,
        version=account.version,
        is_active=True,
        mailbox__is_active=True,
    )
    if not mine.update(reader_seen_at=Now(), **changes):
        raise Lost
    for name, value in changes.items():
        setattr(account, name, value)


def release(account: ImapAccount, trouble: Troubled | None = None) -> None:
    """Give the account up: free at once, or after a pause where there is trouble."""
    changes: dict[str, object] = {"reader": None, "reader_seen_at": None}
    if trouble is not None:
        pause = _pause(account.failures, needs_a_person=trouble.trouble in NEEDS_A_PERSON)
        changes |= {
            "failures": F("failures") + 1,
            "next_try_at": Now() + pause,
            "trouble": trouble.trouble,
            "trouble_detail": trouble.detail,
        }
    ImapAccount.objects.filter(pk=account.pk, reader=account.reader).update(**changes)


def seen_through(account: ImapAccount) -> None:
    """Note that everything new was looked at, which ends any trouble. Raises Lost."""
    well = {"failures": 0, "trouble": "", "trouble_detail": ""}
    renew(account, last_read_at=now(), **well)


def begin_validity(account: ImapAccount, validity: int, *, next_uid: int) -> None:
    """Count mails anew; those before `next_uid` are old, of which some are read only. Raises Lost."""
    renew(
        account,
        uid_validity=validity,
        last_uid=0,
        old_until=next_uid - 1,
        waiting={},
        left_uids=[],
        begun_uid=0,
        begun_times=0,
    )


def begin(account: ImapAccount, uid: int) -> bool:
    """Note that this mail is about to be read; False where it has ended the process too often.

    Raises Lost.
    """
    times = account.begun_times + 1 if account.begun_uid == uid else 1
    renew(account, begun_uid=uid, begun_times=times)
    return times <= MOST_TRIES


def looked_through(account: ImapAccount, uid: int) -> None:
    """Nothing up to this mail is to be read any more, but what waits for another try. Raises Lost."""
    if uid > account.last_uid:
        renew(account, last_uid=uid)


def done(account: ImapAccount, uid: int) -> None:
    """The mail is stored and put away. Raises Lost."""
    renew(account, last_mail_at=now(), **_passed(account, uid))


def failed(account: ImapAccount, uid: int) -> bool:
    """The mail could not be read: it waits for another try, and the next one's turn comes.

    False where that was its last try. Raises Lost.
    """
    tries = int(account.waiting.get(str(uid), 0)) + 1
    if tries >= MOST_TRIES:
        return False
    passed = _passed(account, uid)
    renew(account, **{**passed, "waiting": {**account.waiting, str(uid): tries}})
    return True


def leave(account: ImapAccount, uid: int) -> None:
    """Leave the mail in its folder for good. Raises Lost."""
    renew(account, left_uids=[*account.left_uids, uid][-1000:], **_passed(account, uid))


def _passed(account: ImapAccount, uid: int) -> dict[str, object]:
    return {
        "last_uid": max(account.last_uid, uid),
        "waiting": {key: tries for key, tries in account.waiting.items() if key != str(uid)},
        "begun_uid": 0,
        "begun_times": 0,
    }


def _pause(failures: int, *, needs_a_person: bool) -> timedelta:
    pauses = PAUSES_FOR_A_PERSON if needs_a_person else PAUSES
    seconds = pauses[min(failures, len(pauses) - 1)]
    return timedelta(seconds=seconds * random.uniform(0.75, 1.25))  # noqa: S311 - a spread, no secret
