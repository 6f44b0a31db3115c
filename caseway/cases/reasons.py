"""The reason and note that an operation asks for, as the acting side's policy says."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from caseway.accounts.viewer import Viewer
from caseway.core.errors import Invalid
from caseway.core.text import clean

from .models import Reason

NOTE_LIMIT = 4000


@dataclass(frozen=True)
class Why:
    """Why something was done. Both may be empty where policy asks for neither."""

    reason: Reason | None = None
    note: str = ""


def reasons_for(viewer: Viewer, kind: Reason.Kind) -> list[Reason]:
    """The active reasons of the viewer's organisation, in its order."""
    return list(Reason.objects.filter(organisation=viewer.organisation_id, kind=kind, is_active=True))


def why(
    viewer: Viewer,
    kind: Reason.Kind,
    *,
    reason: int | str | None,
    note: str,
    needs_reason: bool = False,
    needs_note: bool = False,
    needs_either: bool = False,
) -> Why:
    """Check what was given as reason (an id of the viewer's organisation) and note.

    Where the organisation has no reasons of this kind, none can be asked for.
    Raises Invalid with errors at `reason` and `note`.
    """
    errors: dict[str, str] = {}
    known = {str(r.pk): r for r in reasons_for(viewer, kind)}
    chosen = known.get(str(reason)) if reason not in (None, "") else None
    if reason not in (None, "") and chosen is None:
        errors["reason"] = _("Choose one of the reasons in the list.")
    elif needs_reason and known and chosen is None:
        errors["reason"] = _("Choose a reason.")
    text = clean(note).strip()
    if needs_either and known and chosen is None and not text:
        errors.setdefault("reason", _("Choose a reason or write a note."))
    elif (needs_note or (needs_either and not known)) and not text:
        errors["note"] = _("Write a short note.")
    if len(text) > NOTE_LIMIT:
        errors["note"] = _("Keep the note under %(limit)s characters.") % {"limit": NOTE_LIMIT}
    if errors:
        raise Invalid(errors)
    return Why(chosen, text)
