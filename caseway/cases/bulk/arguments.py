"""What each operation is told beside the cases, checked once when it is asked for.

Kept are ids and values. Every check takes what was sent and gives what is kept; all raise
Invalid at the field that is wrong, alike for foreign rows and for none.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from caseway.accounts.models import Team
from caseway.accounts.viewer import Viewer
from caseway.cases.creation.fields import checked_tags
from caseway.cases.models import Case, Priority, Reason
from caseway.cases.numbers import number_from
from caseway.cases.ownership.actions import colleague
from caseway.cases.reasons import why
from caseway.cases.types import CaseType
from caseway.core.errors import Invalid
from caseway.core.text import clean

LONGEST_NOTE = 4000
Sent = Mapping[str, Any]
Kept = dict[str, Any]


def none(sent: Sent, by: Viewer) -> Kept:
    """Operations that need to be told nothing."""
    return {}


def owner(sent: Sent, by: Viewer) -> Kept:
    """The colleague at `owner`, by address, and a note for the team."""
    if not sent.get("owner"):
        raise Invalid({"owner": _("Choose a colleague.")})
    return {"owner": colleague(by, sent["owner"]).pk, "note": note(sent)}


def team(sent: Sent, by: Viewer) -> Kept:
    """The team at `team`, by id, and a note for the team."""
    key = _key(sent.get("team"))
    found = Team.objects.filter(organisation=by.organisation_id, pk=key).first()
    if found is None:
        raise Invalid({"team": _("Your organisation has no such team.")})
    return {"team": found.pk, "note": note(sent)}


def type_(sent: Sent, by: Viewer) -> Kept:
    """The case type at `type`."""
    if sent.get("type") not in CaseType.values:
        raise Invalid({"type": _("There is no such case type.")})
    return {"type": sent["type"]}


def tags(sent: Sent, by: Viewer) -> Kept:
    """The tags to add, at `tags`."""
    errors: dict[str, str] = {}
    found = checked_tags(sent.get("tags") or [], errors)
    if not found:
        errors["tags"] = _("Name at least one tag.")
    if errors:
        raise Invalid(errors)
    return {"tags": found}


def priority(sent: Sent, by: Viewer) -> Kept:
    """The priority at `priority`, by id."""
    rows = Priority.objects.filter(organisation=by.organisation_id, is_active=True)
    found = rows.filter(pk=_key(sent.get("priority"))).first()
    if found is None:
        raise Invalid({"priority": _("There is no such choice.")})
    return {"priority": found.pk}


def closure(sent: Sent, by: Viewer) -> Kept:
    """Reason and note, as our policy for cases of our own asks for them."""
    because = why(
        by,
        Reason.Kind.CLOSURE,
        reason=sent.get("reason"),
        note=sent.get("note") or "",
        needs_reason=by.policy.closing_needs_reason,
        needs_note=by.policy.closing_needs_note,
    )
    return {"reason": because.reason.pk if because.reason else None, "note": because.note}


def survivor(sent: Sent, by: Viewer) -> Kept:
    """The case at `into`, by number, that the others go into."""
    number = number_from(str(sent.get("into") or ""))
    found = Case.objects.visible_to(by).filter(number=number).first() if number else None
    if found is None:
        raise Invalid({"into": _("There is no such case.")})
    return {"into": found.pk}


def note(sent: Sent) -> str:
    """The note at `note`, cleaned."""
    text = clean(sent.get("note") or "").strip()
    if len(text) > LONGEST_NOTE:
        raise Invalid({"note": _("Keep the note under %(limit)s characters.") % {"limit": LONGEST_NOTE}})
    return text


def _key(sent: object) -> int:
    """The id that was sent; 0, which no row has, for what can be none."""
    text = str(sent or "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else 0
