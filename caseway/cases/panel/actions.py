"""A note about one of the organisation's subjects."""

from uuid import UUID

from django.utils.translation import gettext as _

from caseway.accounts.viewer import Viewer
from caseway.cases.conversation.actions import post
from caseway.cases.conversation.writing import Content
from caseway.cases.models import Case, NoteSubject
from caseway.cases.once import once
from caseway.cases.types import Audience
from caseway.core.errors import Invalid
from caseway.core.transactions import action


@action
def add_note(case: Case, *, by: Viewer, subject: str, text: str, token: UUID) -> Case:
    """Write a note to our team; `subject` is the id of one of our note subjects, or "".

    The note keeps the subject's words as its writer read them: it says the same when the list changes.
    Sent twice with one `token` it is written once. Raises NotFound, NotAllowed, Invalid (`subject`, `text`).
    """

    def write() -> Case:
        content = Content(text, subject=_words_of(subject, by))
        post(case, by=by, audience=Audience.TEAM, content=content, keeps_draft=True)
        return case

    return once(by, token, write)


def _words_of(key: str, by: Viewer) -> str:
    if not key:
        return ""
    subjects = NoteSubject.objects.filter(organisation=by.organisation_id, is_active=True)
    found = subjects.filter(pk=key).first() if key.isdecimal() and len(key) < 19 else None
    if found is None:
        raise Invalid({"subject": _("Choose one of the subjects in the list.")})
    return found.label
