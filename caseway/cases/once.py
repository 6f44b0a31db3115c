"""Doing what a form asks for once, however often it is sent: a double click, a reload, two tabs."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

from caseway.accounts.viewer import Viewer
from caseway.core.clock import now
from caseway.core.transactions import action

from .models import Case, Submission

KEPT_FOR = timedelta(days=30)


def form_token(sent: str = "") -> UUID:
    """The token that a form was sent with; a new one for a new form, or for one that lost its own."""
    try:
        return UUID(sent)
    except ValueError:
        return uuid4()


@action
def once(by: Viewer, token: UUID, do: Callable[[], Case]) -> Case:
    """What `do` gives; if the form was sent before, the case that came of it then, and nothing is done.

    A twin that runs at the same time waits for the first. Where `do` raises, nothing is kept,
    and the form may be sent again.
    """
    Submission.objects.bulk_create([Submission(person=by.person, token=token)], ignore_conflicts=True)
    sent = Submission.objects.select_related("case").get(person=by.person, token=token)
    if sent.case is not None:
        return sent.case
    sent.case = do()
    sent.save(update_fields=["case"])
    return sent.case


def forget_old_submissions() -> int:
    """Delete those that no form on a screen can still belong to; returns how many."""
    return Submission.objects.filter(sent_at__lt=now() - KEPT_FOR).delete()[0]
