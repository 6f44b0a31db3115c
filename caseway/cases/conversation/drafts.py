"""What somebody is writing, kept on the server: per person, case (or new case) and audience."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from caseway.accounts.asking import AskedBy
from caseway.accounts.viewer import Viewer
from caseway.cases.models import Case, Draft, Message
from caseway.cases.types import Audience
from caseway.core.clock import now
from caseway.core.database.statements import Slot
from caseway.core.errors import Invalid
from caseway.core.text import clean
from caseway.core.transactions import action

LONGEST = 5_300_000
"""No less than a request may carry: what is refused as a message must still be kept."""
LATE = timedelta(minutes=1)


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

    A save that arrives after the text was sent brings nothing back: it gives an unsaved draft.
    Raises Invalid at `text` where it is beyond all limits.
    """
    content = _cleaned(content)
    if case is not None and _was_just_sent(by, case, audience, str(content.get("text", ""))):
        return Draft(case=case, person=by.person, organisation=by.organisation, audience=audience)
    if sum(len(str(value)) for value in content.values()) > LONGEST:
        raise Invalid({"text": _("This is too long to be kept.")})
    draft, _created = Draft.objects.update_or_create(
        organisation_id=by.us,
        person_id=by.me,
        case=case,
        audience=audience,
        sends_at=None,
        defaults={"content": content, "saved_at": now()},
    )
    return draft


@action
def add_to_draft(
    by: Viewer, case: Case, audience: Audience, text: str, attachments: Sequence[str] = ()
) -> Draft:
    """Put `text`, and files, below what the viewer is writing. Raises what `save_draft` does."""
    mine = Draft.objects.select_for_update().filter(organisation=by.us, person=by.me, case=case)
    begun = mine.filter(audience=audience, sends_at=None).first()
    content = dict(begun.content) if begun else {}
    parts = [str(content.get("text", "")).rstrip(), text]
    content["text"] = "\n\n".join(part for part in parts if part)
    if attachments:
        content["attachments"] = list(dict.fromkeys([*content.get("attachments", []), *attachments]))
    return save_draft(by, case, audience, content)


def _was_just_sent(by: Viewer, case: Case, audience: Audience, text: str) -> bool:
    words = text.strip()
    mine = Message.objects.filter(case=case, author=by.me, audience=audience, text=words)
    if mine.filter(created_at__gte=now() - LATE).exists():
        return True
    waiting = Draft.objects.filter(case=case, person=by.me, organisation=by.us, audience=audience)
    kept = waiting.filter(sends_at__isnull=False).values_list("content__text", flat=True)
    return bool(words) and any(str(one).strip() == words for one in kept)


def drafts_of(by: Viewer, case: Case | None) -> dict[str, Draft]:
    """The viewer's drafts on the case (None: of a new case), by audience."""
    rows = _drafts.rows(by, case is None, case=case and case.pk)
    return {draft.audience: draft for draft in rows if draft.sends_at is None}


def drafts_and_waiting(by: Viewer, case: Case) -> tuple[dict[str, Draft], list[Draft]]:
    """The viewer's drafts on the case, and what they sent and may still take back, the latest last."""
    rows = _drafts.rows(by, False, case=case.pk)
    waiting = sorted((one for one in rows if one.sends_at), key=lambda one: one.pk)
    return {draft.audience: draft for draft in rows if draft.sends_at is None}, waiting


@AskedBy
def _drafts(viewer: Viewer, of_new_case: bool) -> QuerySet[Draft]:
    mine = Draft.objects.filter(organisation=viewer.organisation_id, person=viewer.person_id)
    return mine.filter(case=None if of_new_case else Slot("case"))


def forget_draft(by: Viewer, case: Case | None, audience: Audience) -> None:
    """Drop the draft: it was sent, or thrown away."""
    Draft.objects.filter(
        organisation=by.organisation_id,
        person=by.person_id,
        case=case,
        audience=audience,
        sends_at=None,
    ).delete()
