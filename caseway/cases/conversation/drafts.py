"""What somebody is writing, kept on the server: per person, case (or new case) and audience."""

from typing import Any

from django.utils.translation import gettext as _

from caseway.accounts.viewer import Viewer
from caseway.cases.models import Case, Draft
from caseway.cases.types import Audience
from caseway.core.clock import now
from caseway.core.errors import Invalid
from caseway.core.text import clean

LONGEST = 200_000


def _cleaned(value: Any) -> Any:
    match value:
        case str():
            return clean(value)
        case list():
            return [_cleaned(item) for item in value]
        case dict():
            return {str(key): _cleaned(item) for key, item in value.items()}
        case _:
            return value


def save_draft(by: Viewer, case: Case | None, audience: Audience, content: dict[str, Any]) -> Draft:
    """Keep `content` (text, subject, attachments, …) as the viewer's draft; the last save wins.

    Raises Invalid at `text` where it is beyond all limits.
    """
    content = _cleaned(content)
    if sum(len(str(value)) for value in content.values()) > LONGEST:
        raise Invalid({"text": _("This is too long to be kept.")})
    draft, _created = Draft.objects.update_or_create(
        organisation_id=by.us,
        person_id=by.me,
        case=case,
        audience=audience,
        defaults={"content": content, "saved_at": now()},
    )
    return draft


def drafts_of(by: Viewer, case: Case | None) -> dict[str, Draft]:
    """The viewer's drafts on the case (None: of a new case), by audience."""
    mine = Draft.objects.filter(organisation=by.organisation_id, person=by.person_id, case=case)
    return {draft.audience: draft for draft in mine}


def forget_draft(by: Viewer, case: Case | None, audience: Audience) -> None:
    """Drop the draft: it was sent, or thrown away."""
    Draft.objects.filter(
        organisation=by.organisation_id, person=by.person_id, case=case, audience=audience
    ).delete()
