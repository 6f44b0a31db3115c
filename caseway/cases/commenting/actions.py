"""A customer's comment, in the portal or over the API.

It joins the case, takes it up again, or begins a follow-up.
"""

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from caseway.accounts.models import Brand
from caseway.accounts.viewer import Viewer
from caseway.cases.access.locking import lock_for
from caseway.cases.access.rules import Operation
from caseway.cases.conversation.actions import post
from caseway.cases.conversation.writing import Content
from caseway.cases.creation.following import follow_up
from caseway.cases.lifecycle import actions as lifecycle
from caseway.cases.lifecycle.going_on import GoingOn, going_on
from caseway.cases.models import Case, Message
from caseway.cases.once import once
from caseway.cases.status import Status
from caseway.cases.types import Audience, Source
from caseway.core.errors import Conflict, Invalid
from caseway.core.transactions import action


@dataclass(frozen=True)
class Comment:
    """What a customer says. `reopen` answers whether a solved case goes on; None: not answered.

    `html` is the text with its form, made safe. `brand` is the face under which it was written: a
    follow-up of a case without one gets it.
    """

    text: str
    attachments: tuple[str, ...] = ()
    reopen: bool | None = None
    brand: Brand | None = None
    source: Source = Source.PORTAL
    html: str = ""
    subject: str = ""


@action
def comment(case: Case, said: Comment, *, by: Viewer, token: UUID) -> Case:
    """Write to customer service, once per form (`token`); gives the case on which it was said.

    Raises what `say` raises.
    """
    return once(by, token, lambda: say(case, said, by=by).case)


@action
def say(case: Case, said: Comment, *, by: Viewer) -> Message:
    """Write to customer service.

    The message stands on another case where this one was merged (on the survivor), or was solved
    longer ago than policy lets it be reopened (on a follow-up made of the comment). In between it
    asks whether to `reopen`: Invalid at `reopen` where nothing was answered. Raises NotFound,
    Conflict where the survivor isn't the customer's, and Invalid (`text`, `attachments`).
    """
    place = _survivor_of(case, by)
    locked = lock_for(by, Operation.COMMENT, place)
    match going_on(locked.case):
        case GoingOn.FOLLOW_UP:
            return _begin_anew(locked.case, said, by)
        case GoingOn.MAY_REOPEN if said.reopen is None:
            raise Invalid({"reopen": _("Say whether we should take the case up again.")})
        case GoingOn.MAY_REOPEN if said.reopen:
            lifecycle.reopen(locked.case, by=by)
    content = Content(said.text, html=said.html, subject=said.subject, source=said.source)
    return post(place, by=by, audience=Audience.CUSTOMER, content=content, attachments=said.attachments)


def _begin_anew(case: Case, said: Comment, by: Viewer) -> Message:
    """The first message of a follow-up."""
    made = follow_up(
        case, by=by, text=said.text, attachments=said.attachments, brand=said.brand, source=said.source
    )
    return made.messages.earliest("pk")


def _survivor_of(case: Case, by: Viewer) -> Case:
    """Where the conversation of the case goes on. Raises Conflict where the customer can't follow."""
    here = Case.objects.get(pk=case.pk)
    while here.status == Status.MERGED and not here.speaks_for_itself:
        survivor = Case.objects.visible_to(by).filter(pk=here.merged_into_id or 0).first()
        if survivor is None:
            raise Conflict(_("This case was joined with another case. Raise a new case to go on."))
        here = survivor
    return here
