"""What somebody was writing while the case was merged goes along to the case where the talk goes on.

Their words to the customer and to the partner can't be sent under the old number any more. They
are never taken to other readers: the customer's go where we talk with the same customer, notes and
records stay on the case that they are about.
"""

from collections.abc import Collection, Mapping

from django.utils.translation import gettext as _

from caseway.accounts.viewer import Viewer
from caseway.cases.access.locking import lock_case
from caseway.cases.lifecycle.going_on import survivor_of, talks_at
from caseway.cases.models import Case, Draft
from caseway.cases.types import Audience
from caseway.core.errors import Conflict, NotFound
from caseway.core.transactions import action

from .drafts import add_to_draft

MOVES = (Audience.CUSTOMER, Audience.PARTNER)


def cut_off(case: Case, drafts: Mapping[str, Draft], still_open: Collection[str]) -> list[Draft]:
    """The drafts that a merge has left without a way to send them from this case."""
    left = [audience for audience in MOVES if audience in drafts and audience not in still_open]
    return [drafts[audience] for audience in left if goes_on_at(case, audience).pk != case.pk]


def goes_on_at(case: Case, audience: Audience) -> Case:
    """The case on which a conversation of this one goes on: itself for notes, and unless it was merged."""
    if audience not in MOVES:
        return case
    return talks_at(case) if audience is Audience.CUSTOMER else survivor_of(case)


@action
def take_along(case: Case, audience: Audience, *, by: Viewer) -> Case:
    """Put what the viewer was writing below their draft on the case where it goes on; gives that case.

    Twice is once. Raises Conflict where it goes on here, NotFound where the viewer doesn't see the
    other case.
    """
    case = lock_case(case.pk).case
    home = goes_on_at(case, audience)
    if home.pk == case.pk:
        raise Conflict(_("It can be sent from here."))
    if not Case.objects.visible_to(by).filter(pk=home.pk).exists():
        raise NotFound
    mine = Draft.objects.select_for_update().filter(organisation=by.us, person=by.me, case=case)
    left = mine.filter(audience=audience, sends_at=None).first()
    if left is not None:
        files = [str(key) for key in left.content.get("attachments", [])]
        add_to_draft(by, home, audience, str(left.content.get("text", "")), files)
        left.delete()
    return home
