"""Being told of a case by mail, or no longer (RFC 2369: List-Unsubscribe)."""

from caseway.cases.models import Case, Participant
from caseway.cases.subscribing.actions import choose_themselves
from caseway.customers.models import Contact
from caseway.mail.models import Why
from caseway.mail.reading import ReadMail

from .outcome import Outcome, ignored

WORD = "unsubscribe"


def asks_to_unsubscribe(mail: ReadMail) -> bool:
    """Whether the mail is what a mail program writes when its reader presses *Unsubscribe*."""
    said = mail.reply.strip() or mail.text.strip()
    return mail.subject.strip().lower() == WORD and said.lower() in ("", WORD) and not mail.attachments


def unsubscribe(participant: Participant, case: Case) -> Outcome:
    """Mail the participant nothing more about this case, until they write again.

    Only notices that no person wrote offer it: a contact's choice of those is off from then on, for
    all of their cases, as if they had chosen so in their profile.
    """
    if participant.contact_id is not None:
        Contact.objects.filter(pk=participant.contact_id).update(
            told_of_creation=False, told_of_closing=False
        )
    choose_themselves(participant, told=False)
    return ignored(Why.UNSUBSCRIBED, case)


def subscribe(participant: Participant) -> None:
    """Whoever writes wants to hear the answer."""
    if not participant.is_subscribed:
        choose_themselves(participant, told=True)
