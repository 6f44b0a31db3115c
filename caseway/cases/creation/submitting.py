"""Raising a case in the portal, once per form."""

from uuid import UUID

from django.utils.translation import gettext as _

from caseway.accounts.models import Brand
from caseway.accounts.viewer import Viewer
from caseway.cases.drafting.actions import end
from caseway.cases.models import Case
from caseway.cases.once import once
from caseway.core.errors import Invalid
from caseway.core.transactions import action

from .actions import create
from .fields import NewCase


@action
def submit(
    new: NewCase, *, by: Viewer, token: UUID, brand: Brand | None = None, follow_up_of: str = ""
) -> Case:
    """The case that a draft becomes, once however often it is sent; `token` is the draft's key, and ends it.

    `follow_up_of` is the number of one of their cases that is solved. Raises NotAllowed, and
    Invalid with an error at each field that is wrong: portal cases have a topic and a subject.
    """
    if not new.category:
        raise Invalid({"category": _("Choose what it is about.")})
    if not new.subject.strip():
        raise Invalid({"subject": _("Give the case a subject.")} | _missing_words(new))
    earlier = _followed(follow_up_of, by)
    case = once(by, token, lambda: create(new, by=by, brand=brand, follow_up_of=earlier))
    end(token, by=by)
    return case


def _missing_words(new: NewCase) -> dict[str, str]:
    empty = not new.description.strip() and not new.attachments
    return {"description": _("Say what happened.")} if empty else {}


def _followed(number: str, by: Viewer) -> Case | None:
    if not number:
        return None
    case = Case.objects.visible_to(by).filter(number=number).first()
    if case is None:
        raise Invalid({"follow_up": _("There is no such case to follow up.")})
    return case
