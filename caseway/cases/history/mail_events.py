"""What becomes of mails: told to the agents whose mailbox they came to, or who had them sent."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

from .events import CaseHappening
from .names import Names


class Became(StrEnum):
    """What became of a mail from an address that takes no part."""

    HELD = "held"
    LET_IN = "let_in"
    SET_ASIDE = "set_aside"
    BLOCKED = "blocked"


@dataclass(frozen=True, kw_only=True)
class MailHeld(CaseHappening):
    """A mail to the case was held, or somebody has decided about it."""

    kind = "case.mail_held"
    icon = "mail"
    mail_id: int
    became: str

    def sentence(self, actor: str, names: Names) -> str:
        """What became of it, and by whose hand; from whom it is stands on the page that shows it."""
        words = {
            Became.HELD: _("A mail was held: its sender takes no part"),
            Became.LET_IN: _("%(actor)s let a held mail and its sender in"),
            Became.SET_ASIDE: _("%(actor)s set a held mail aside"),
            Became.BLOCKED: _("%(actor)s blocked the sender of a held mail"),
        }
        return words[Became(self.became)] % {"actor": actor}


@dataclass(frozen=True, kw_only=True)
class MailUndelivered(CaseHappening):
    """A mail with somebody's message was refused, or came back."""

    kind = "case.mail_undelivered"
    icon = "alert"
    message_id: int
    participant_id: int
    to_organisation_id: int | None = None

    def sentence(self, actor: str, names: Names) -> str:
        """Whom it didn't reach: of a partner with a desk of its own the name alone."""
        house = self.to_organisation_id
        who = names.organisation(house) if house else names.participant(self.participant_id)
        return _("A mail to %(who)s didn't arrive") % {"who": who}
