"""Sending what an agent wrote: once per form, and not past an answer that they have not seen."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.utils.translation import gettext as _

from caseway.accounts.viewer import Viewer
from caseway.cases.access.locking import lock_case
from caseway.cases.models import Case, Message
from caseway.cases.once import once
from caseway.cases.types import Audience
from caseway.core.errors import Conflict
from caseway.core.transactions import action

from .actions import Then, post
from .writing import Content


class Unseen(Conflict):
    """Somebody answered while it was being written."""


HEARD = (Audience.CUSTOMER, Audience.PARTNER)
"""Conversations in which an answer that came meanwhile changes what one would write."""


@dataclass(frozen=True)
class Outgoing:
    """What is to be sent. `latest` is the id of the last message that its writer has seen."""

    audience: Audience
    text: str
    attachments: Sequence[str] = ()
    then: Then = field(default_factory=Then)
    latest: int | None = None
    copies: Sequence[str] | None = None


@action
def send(case: Case, *, by: Viewer, outgoing: Outgoing, token: UUID) -> Case:
    """Post the message. Raises what `post` does, and Conflict where somebody answered meanwhile."""

    def say() -> Case:
        lock_case(case.pk)
        look_again(case, by, outgoing)
        say_now(case, by, outgoing)
        return case

    return once(by, token, say)


def say_now(case: Case, by: Viewer, outgoing: Outgoing, *, keeps_draft: bool = False) -> Message:
    """Post it. Raises what `post` does."""
    return post(
        case,
        by=by,
        audience=outgoing.audience,
        content=Content(outgoing.text, copies=outgoing.copies),
        attachments=outgoing.attachments,
        then=outgoing.then,
        keeps_draft=keeps_draft,
    )


def look_again(case: Case, by: Viewer, outgoing: Outgoing) -> None:
    """Raise Unseen where somebody else wrote what the writer has not seen."""
    if outgoing.latest is None or outgoing.audience not in HEARD:
        return
    later = Message.objects.visible_to(by).filter(case=case, audience=outgoing.audience)
    unseen = later.filter(pk__gt=outgoing.latest).exclude(author=by.person_id).order_by("pk").last()
    if unseen is not None:
        raise Unseen(
            _("%(name)s wrote while you were writing. Read it, then send again.")
            % {"name": unseen.author_name}
        )
