"""A customer's comment in the portal; on a solved case it says whether to take it up again."""

from uuid import UUID

from django.utils.translation import gettext as _

from caseway.accounts.viewer import Viewer
from caseway.cases.access.locking import lock_for
from caseway.cases.access.rules import Operation
from caseway.cases.lifecycle import actions as lifecycle
from caseway.cases.models import Case
from caseway.cases.once import once
from caseway.cases.status import Status
from caseway.cases.types import Audience, Source
from caseway.core.errors import Conflict, Invalid
from caseway.core.transactions import action

from .actions import post
from .writing import Content


@action
def comment(
    case: Case,
    *,
    by: Viewer,
    text: str,
    attachments: tuple[str, ...] = (),
    reopen: bool | None = None,
    token: UUID,
) -> Case:
    """Write to customer service, once per form (`token`).

    A case that is solved asks whether to `reopen` it while policy allows that: Invalid at `reopen`
    where nothing was said. Later nothing is written (Conflict): a follow-up case is made instead.
    Raises NotFound, Conflict for a merged case, and Invalid (`text`, `attachments`).
    """

    def say() -> Case:
        locked = lock_for(by, Operation.COMMENT, case)
        if not locked.case.is_active:
            _go_on(locked.case, by, reopen)
        content = Content(text, source=Source.PORTAL)
        post(case, by=by, audience=Audience.CUSTOMER, content=content, attachments=attachments)
        return case

    return once(by, token, say)


def stays_open_to(case: Case) -> bool:
    """Whether its customer may still write on the case: it is active, or was solved not long ago."""
    if case.status == Status.MERGED:
        return False
    return case.is_active or lifecycle.reopens_in_time(case)


def _go_on(case: Case, by: Viewer, reopen: bool | None) -> None:
    if not lifecycle.reopens_in_time(case):
        raise Conflict(_("This case was closed too long ago. Raise a follow-up case, and we link the two."))
    if reopen is None:
        raise Invalid({"reopen": _("Say whether we should take the case up again.")})
    if reopen:
        lifecycle.reopen(case, by=by)
