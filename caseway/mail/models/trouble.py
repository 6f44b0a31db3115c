"""Why a mail server can't be used now: stored by its name, told in the reader's language."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Trouble(models.TextChoices):
    """What stands between us and a mailbox; `detail` is what the server or the network said."""

    UNKNOWN_HOST = "unknown_host", _("There is no server of this name.")
    FORBIDDEN_HOST = "forbidden_host", _("The server's address lies in a network that is not allowed here.")
    UNREACHABLE = "unreachable", _("The server does not answer: %(detail)s")
    CERTIFICATE = "certificate", _("The server's certificate is not trusted: %(detail)s")
    NO_STARTTLS = "no_starttls", _("The server offers no STARTTLS.")
    SIGN_IN = "sign_in", _("The server refuses user or password: %(detail)s")
    NO_PASSWORD = "no_password", _("The stored password can't be read any more. Enter it again.")
    GRANT_ENDED = "grant_ended", _("The permission was taken back or has ended. Connect again.")
    NO_GRANT = "no_grant", _("No permission has been given yet. Connect the mailbox.")
    PROVIDER = "provider", _("The provider's sign-in does not answer: %(detail)s")
    NO_FOLDER = "no_folder", _("There is no folder “%(detail)s” that can be read.")
    NO_TARGET = "no_target", _("Mails that were read can't be put away: %(detail)s")
    PROTOCOL = "protocol", _("The server gave an answer that can't be understood: %(detail)s")
    STORAGE = "storage", _("The mails can't be stored at the moment; they stay in their folder.")
    DEFECT = "defect", _("Something unexpected happened: %(detail)s")

    def told(self, detail: str) -> str:
        """The trouble in the language of who reads it now."""
        return str(self.label) % {"detail": detail}


NEEDS_A_PERSON = frozenset(
    {Trouble.SIGN_IN, Trouble.NO_PASSWORD, Trouble.GRANT_ENDED, Trouble.NO_GRANT, Trouble.FORBIDDEN_HOST}
)
"""What does not go away by trying again soon. Servers lock accounts out whose password fails often."""
