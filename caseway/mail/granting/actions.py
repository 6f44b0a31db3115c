"""Keeping a permission that was given."""

from django.db.models import F

from caseway.accounts.changing import note, settings_held
from caseway.accounts.events import SettingChanged
from caseway.accounts.permissions import Permission
from caseway.accounts.viewer import Viewer
from caseway.core.clock import now
from caseway.core.transactions import action
from caseway.mail.models import Grant, ImapAccount, Mailbox

from .tokens import Tokens, keep


@action
def connect(box: Mailbox, provider: str, tokens: Tokens, *, by: Viewer) -> Grant:
    """Keep the permission for the mailbox, and have it read again at once.

    Raises NotFound and NotAllowed.
    """
    by = settings_held(by, Permission.SETTINGS)
    grant = Grant.objects.select_for_update().filter(mailbox=box).first() or Grant(mailbox=box)
    grant.provider, grant.given_at = provider, now()
    grant.refresh_token = ""
    keep(grant, tokens)
    ImapAccount.objects.filter(mailbox=box, sign_in=ImapAccount.SignIn.GRANT).update(
        version=F("version") + 1, next_try_at=now(), failures=0, trouble="", trouble_detail=""
    )
    changes = {"permission": ["", provider]}
    note(SettingChanged(topic="mailbox", key=box.pk), by, box.address, dict(changes))
    return grant
