"""Making and changing mailboxes, and trying their servers."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import F
from django.utils.translation import gettext as _

from caseway.accounts.changing import demand, differences, note, refuse_stale, settings_held
from caseway.accounts.events import SettingAdded, SettingChanged
from caseway.accounts.permissions import Permission
from caseway.accounts.viewer import Viewer
from caseway.core.clock import now
from caseway.core.errors import Invalid, TooMany
from caseway.core.limits import count, seconds_left
from caseway.core.text import normal_address
from caseway.core.transactions import action
from caseway.mail.fetching.connecting import open_session
from caseway.mail.fetching.session import UNREAD
from caseway.mail.models import ImapAccount, Mailbox, SmtpAccount
from caseway.mail.troubles import Troubled

from .queries import brands_for, mailbox_of_viewer, state_of, version_of
from .writing import Written, forget_stray_grant, imap_account, smtp_account

MOST_TRIES = 10
TRIES_WINDOW = 300
"""Seconds. Trying is no way to find out what answers where, or which password is right."""


@dataclass(frozen=True)
class Tried:
    """What trying a mailbox's server found: how many mails lie there, or what is wrong."""

    mails: int = 0
    unread: int = 0
    trouble: str = ""


@action
def add(address: str, *, by: Viewer) -> Mailbox:
    """A mailbox of this address, which takes mail at once.

    Raises NotFound and NotAllowed; Invalid where it is no address, somebody's already, or of a
    domain of which another organisation has mailboxes.
    """
    by = settings_held(by, Permission.SETTINGS)
    address = normal_address(address)
    try:
        validate_email(address)
    except ValidationError as error:
        raise Invalid({"address": _("This is no e-mail address.")}) from error
    domain = address.rpartition("@")[2]
    others = Mailbox.objects.filter(address__endswith=f"@{domain}").exclude(organisation=by.us)
    if "+" in address or others.exists() or Mailbox.objects.filter(address=address).exists():
        words = _("This address can't be taken. Ask the system administrator if it is yours.")
        raise Invalid({"address": words})
    box = Mailbox.objects.create(organisation_id=by.us, address=address)
    note(SettingAdded(topic="mailbox", key=box.pk), by, address, {})
    return box


@action
def change(box: Mailbox, written: Written, *, by: Viewer, version: int | None) -> Mailbox:
    """Change a mailbox and its servers; whoever reads it begins anew.

    Raises NotFound, NotAllowed, Invalid by field, Stale where somebody else was quicker.
    """
    mailbox_of_viewer(by, box.pk)
    by = settings_held(by, Permission.SETTINGS)
    stored = mailbox_of_viewer(by, box.pk)
    before = state_of(stored)
    refuse_stale(version_of(stored), version, before)
    if written.brand is not None and written.brand not in {brand.pk for brand in brands_for(by)}:
        raise Invalid({"brand": _("There is no such brand.")})
    stored.use, stored.brand_id, stored.is_active = written.use, written.brand, written.is_active
    stored.trusted_server = written.trusted_server.strip().lower()
    stored.save()
    _keep_imap(stored, written)
    _keep_smtp(stored, written)
    fresh = mailbox_of_viewer(by, box.pk)
    changes = differences(before, state_of(fresh))
    note(SettingChanged(topic="mailbox", key=box.pk), by, box.address, changes)
    return fresh


def try_fetching(box: Mailbox, written: Written, *, by: Viewer) -> Tried:
    """Sign in to the server that was entered and look into its folder; nothing is stored or marked.

    Raises NotFound, NotAllowed, Invalid by field, TooMany.
    """
    demand(by, Permission.SETTINGS)
    stored = mailbox_of_viewer(by, box.pk)
    if written.imap is None:
        raise Invalid({"imap_host": _("Name the server.")})
    account = imap_account(stored, written.imap)
    key = f"try mailbox {by.us}"
    if count(key, TRIES_WINDOW) > MOST_TRIES:
        raise TooMany(_("That is often enough. Wait some minutes."), retry_after=seconds_left(key))
    try:
        session = open_session(account)
    except Troubled as troubled:
        return Tried(trouble=str(troubled))
    try:
        return Tried(session.count(), session.count(UNREAD))
    except session.client.Error as error:
        return Tried(trouble=str(error)[:200])
    finally:
        session.close()


def _keep_imap(box: Mailbox, written: Written) -> None:
    before = ImapAccount.objects.filter(mailbox=box).first()
    if written.imap is None:
        ImapAccount.objects.filter(mailbox=box, is_active=True).update(
            is_active=False, version=F("version") + 1
        )
        return
    account = imap_account(box, written.imap)
    forget_stray_grant(box, before, account)
    account.version += 1
    account.next_try_at, account.failures, account.trouble, account.trouble_detail = now(), 0, "", ""
    account.save()


def _keep_smtp(box: Mailbox, written: Written) -> None:
    if written.smtp is None:
        SmtpAccount.objects.filter(mailbox=box, is_active=True).update(
            is_active=False, version=F("version") + 1
        )
        return
    account = smtp_account(box, written.smtp)
    account.version += 1
    account.save()
