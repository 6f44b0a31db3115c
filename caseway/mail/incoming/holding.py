"""What is told of a mail while it is held, and once somebody has decided."""

from caseway.accounts.viewer import Viewer
from caseway.cases import copies
from caseway.cases.access.locking import lock_case
from caseway.cases.history.actions import CASEWAY, SeenBy, record
from caseway.cases.history.mail_events import Became, MailHeld
from caseway.cases.types import Audience
from caseway.core.text import clean, excerpt
from caseway.mail.models import RawMail
from caseway.mail.reading import ReadMail

PREVIEW = 300


def preview_of(mail: ReadMail) -> str:
    """How the new words of the mail begin, in one line."""
    return excerpt(clean(mail.reply.strip() or mail.text), PREVIEW)


def tell_held(mail: RawMail, became: Became, by: Viewer | None = None) -> None:
    """Tell the agents who may decide about the mail what became of it, on its case if it has one."""
    if mail.case_id is None or mail.organisation_id is None:
        return
    if mail.audience not in (Audience.CUSTOMER, Audience.PARTNER):
        return
    locked = lock_case(mail.case_id)
    if (side := locked.sides.get(mail.organisation_id)) is None:
        return
    copies.bump([side])
    event = MailHeld(mail_id=mail.pk, became=became)
    record(locked.case, event, by or CASEWAY, SeenBy.ORGANISATION, organisation_id=mail.organisation_id)
