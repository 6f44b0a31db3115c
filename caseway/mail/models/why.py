"""Why a mail became what it became: stored by its name, told in the reader's language."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Why(models.TextChoices):
    """Reasons for which a mail is held, ignored or rejected; `detail` is an address, a name, an error."""

    # Held
    NO_MAILBOX = "no_mailbox", _("No mailbox of ours is addressed.")
    NO_SENDER = "no_sender", _("The mail names no sender.")
    UNUSABLE_SENDER = "unusable_sender", _("Its sender's address can't be used.")
    TOO_MANY = "too_many", _("Its sender wrote too many mails within the hour.")
    REPLIES_ONLY = "replies_only", _("This address takes replies only.")
    STRANGER = "stranger", _("Its sender takes no part in this conversation.")
    OTHER_CONVERSATION = "other_conversation", _("It speaks of a conversation of another organisation.")
    PARTNER_LEFT = "partner_left", _("Its organisation takes no part in the case any more.")
    OTHER_DESK = "other_desk", _("Its sender answers for another organisation.")
    UNPROVEN = "unproven", _("It claims to be from a colleague, and nothing proves it.")
    NO_SIGHT = "no_sight", _("Its sender may not see this case.")
    TOO_LARGE = (
        "too_large",
        _("It is too large to be taken, and waits in the folder that it came to: %(detail)s"),
    )
    NOT_FETCHED = (
        "not_fetched",
        _("It could not be fetched, and waits in the folder that it came to: %(detail)s"),
    )
    REFUSED = "refused", _("It can't be posted: %(detail)s")
    # Ignored
    OUR_OWN = "our_own", _("It comes from one of our own addresses.")
    AUTOMATIC = "automatic", _("An automatic reply to none of our mails.")
    AUTOMATIC_STRANGER = "automatic_stranger", _("An automatic reply of somebody who takes no part.")
    AUTOMATIC_COLLEAGUE = "automatic_colleague", _("An automatic reply of a colleague.")
    FOREIGN_REPORT = "foreign_report", _("A report about a mail that is none of ours.")
    DELAYED = "delayed", _("A delay on the way to %(detail)s.")
    UNREACHABLE = "unreachable", _("%(detail)s can't be reached.")
    UNSUBSCRIBED = "unsubscribed", _("Its sender wants no more mails about this case.")
    BLOCKED = "blocked", _("Mails of %(detail)s are blocked.")
    SET_ASIDE = "set_aside", _("Set aside by %(detail)s.")
    # Rejected
    FAILED = "failed", _("It could not be processed: %(detail)s.")
    DEADLY = "deadly", _("It ended the process again and again.")

    def told(self, detail: str) -> str:
        """The reason in the language of who reads it now."""
        return str(self.label) % {"detail": detail}
