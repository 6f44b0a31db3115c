"""What happens to the e-mails of those who take part: told to the agents whose desk mails them."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

from .events import CaseHappening
from .names import Names


class How(StrEnum):
    """By whose hand."""

    AGENT = "agent"
    THEMSELVES = "themselves"


@dataclass(frozen=True, kw_only=True)
class SubscriptionChanged(CaseHappening):
    """Somebody is mailed nothing more about the case, or is mailed again."""

    kind = "case.subscription"
    icon = "mail"
    participant_id: int
    how: str
    ended: bool

    def sentence(self, actor: str, names: Names) -> str:
        """Who gets no e-mails any more, or gets them again, and by whose hand."""
        who = names.participant(self.participant_id)
        if self.how == How.THEMSELVES:
            words = (
                _("%(who)s wants no more e-mails about the case")
                if self.ended
                else _("%(who)s wants e-mails about the case again")
            )
            return words % {"who": who}
        words = (
            _("%(actor)s ended the e-mails to %(who)s")
            if self.ended
            else _("%(actor)s started the e-mails to %(who)s again")
        )
        return words % {"actor": actor, "who": who}
