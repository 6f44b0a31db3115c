"""Blocking senders, and letting them in again."""

import re

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from caseway.accounts.changing import note, settings_held
from caseway.accounts.events import SettingAdded, SettingRemoved
from caseway.accounts.models import Membership
from caseway.accounts.permissions import Permission
from caseway.accounts.viewer import Viewer
from caseway.core.errors import Invalid
from caseway.core.text import normal_address
from caseway.core.transactions import action
from caseway.mail.incoming.senders import is_our_own
from caseway.mail.models import BlockedSender, Mailbox, RawMail, Why

PATTERN = re.compile(r"[^\s@<>,;]{0,64}@[^\s@<>,;]+\.[^\s@<>,;]+")
TOPIC = "blocked_sender"


@action
def block(typed: str, *, by: Viewer) -> BlockedSender:
    """Ignore mails of an address, or of a domain (`@spam.example`), from now on.

    What is held of theirs is ignored as well. Twice is once. Raises NotFound and NotAllowed; Invalid at
    `pattern` for what is neither, and for what would shut out the organisation's own people.
    """
    by = settings_held(by, Permission.SETTINGS)
    pattern = _pattern(typed)
    _refuse_own(pattern, by.us)
    blocked, is_new = BlockedSender.objects.get_or_create(
        organisation_id=by.us, pattern=pattern, defaults={"blocked_by": by.person}
    )
    _held_of(pattern, by.us).update(state=RawMail.State.IGNORED, why=Why.BLOCKED, detail=pattern)
    if is_new:
        note(SettingAdded(topic=TOPIC, key=blocked.pk), by, _masked(pattern), {})
    return blocked


@action
def unblock(blocked: BlockedSender, *, by: Viewer) -> None:
    """Take mails of the sender again. What was ignored meanwhile can be processed again.

    Raises NotFound and NotAllowed.
    """
    by = settings_held(by, Permission.SETTINGS)
    gone, _rows = BlockedSender.objects.filter(organisation=by.us, pk=blocked.pk).delete()
    if gone:
        note(SettingRemoved(topic=TOPIC, key=blocked.pk), by, _masked(blocked.pattern), {})


def _pattern(typed: str) -> str:
    """An address or `@domain` as it is compared; a bare domain is one too."""
    pattern = normal_address(typed)
    if pattern and "@" not in pattern:
        pattern = f"@{pattern}"
    if not PATTERN.fullmatch(pattern):
        raise Invalid({"pattern": _("Give an address, or a domain such as @spam.example.")})
    return pattern


def _masked(pattern: str) -> str:
    """As the log names it: nobody is kept there by their address, which can't be erased from it."""
    local, _at, domain = pattern.rpartition("@")
    return f"{local[0]}…@{domain}" if local else pattern


def _refuse_own(pattern: str, organisation_id: int) -> None:
    ours = Q(person__email=pattern)
    boxes = Q(address=pattern)
    if pattern.startswith("@"):
        ours = Q(person__email__endswith=pattern) | Q(person__email__endswith=f".{pattern[1:]}")
        boxes = Q(address__endswith=pattern) | Q(address__endswith=f".{pattern[1:]}")
    seats = Membership.objects.filter(ours, organisation=organisation_id, is_active=True)
    own = Mailbox.objects.filter(boxes, organisation=organisation_id)
    if seats.exists() or own.exists() or is_our_own(pattern):
        raise Invalid({"pattern": _("That would shut out your own people or mailboxes.")})


def _held_of(pattern: str, organisation_id: int) -> QuerySet[RawMail]:
    held = RawMail.objects.filter(organisation=organisation_id, state=RawMail.State.HELD)
    if not pattern.startswith("@"):
        return held.filter(sender=pattern)
    return held.filter(Q(sender__endswith=pattern) | Q(sender__endswith=f".{pattern[1:]}"))
