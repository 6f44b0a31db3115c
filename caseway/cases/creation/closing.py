"""A case that is made and closed at once: it was settled while the customer still spoke."""

from dataclasses import replace

from caseway.accounts.viewer import Viewer
from caseway.cases.lifecycle import actions as lifecycle
from caseway.cases.models import Case
from caseway.core.transactions import action

from .actions import create
from .fields import NewCase


@action
def create_closed(new: NewCase, *, by: Viewer, reason: str, note: str) -> Case:
    """Make the case and close it, or do neither. Where policy wants an owner first, its maker is it.

    Raises what `create` does, and what closing does: NotAllowed, Invalid at `reason` and `note`.
    """
    owned = new.owned or by.policy.operations_need_claim
    case = create(replace(new, owned=owned), by=by, ends_draft=False)
    return lifecycle.close(case, by=by, reason=reason, note=note)
