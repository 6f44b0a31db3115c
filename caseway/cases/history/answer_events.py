"""What a partner's people do by the links of a mail: told to the agents of both sides."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from caseway.cases.types import AnswerKind

from .events import CaseHappening
from .names import Names


@dataclass(frozen=True, kw_only=True)
class PartnerAnswered(CaseHappening):
    """Somebody of the partner answered without a sign-in; the message says what."""

    kind = "case.partner_answer"
    icon = "mail"
    answer: AnswerKind
    participant_id: int
    message_id: int

    def sentence(self, actor: str, names: Names) -> str:
        """Which organisation answered what, by whose link."""
        words = {
            AnswerKind.ACCEPTED: _("%(actor)s accepted the case, by link of %(who)s"),
            AnswerKind.ETA: _("%(actor)s gave an ETA, by link of %(who)s"),
            AnswerKind.PROOF: _("%(actor)s uploaded a proof of delivery, by link of %(who)s"),
            AnswerKind.SOLVED: _("%(actor)s reported the case solved, by link of %(who)s"),
            AnswerKind.WORDS: _("%(actor)s answered, by link of %(who)s"),
        }[AnswerKind(self.answer)]
        return words % {"actor": actor, "who": names.participant(self.participant_id)}
