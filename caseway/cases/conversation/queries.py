"""Reading a conversation: the messages of a case and of those merged into it, as one viewer may."""

from collections.abc import Sequence

from django.db import connection
from django.db.models import Prefetch

from caseway.accounts.viewer import Viewer
from caseway.cases.models import Attachment, Case, Message, Participant, Visit

WHOLE_FAMILY = """
WITH RECURSIVE family(id) AS (
  SELECT %s::bigint UNION SELECT c.id FROM cases_case c JOIN family f ON c.merged_into_id = f.id
) SELECT id FROM family
"""


def family_of(case: Case) -> list[int]:
    """The ids of the case and of all that were merged into it, however deep."""
    with connection.cursor() as cursor:
        cursor.execute(WHOLE_FAMILY, [case.pk])
        return [row[0] for row in cursor.fetchall()]


def messages_of(
    case: Case, viewer: Viewer, *, family: Sequence[int] | None = None, latest: int = 200
) -> list[Message]:
    """The latest messages that the viewer may read, oldest first, with authors and files.

    Each keeps its own readers: a merged case shows nobody anything new.
    """
    rows = (
        Message.objects.visible_to(viewer)
        .filter(case__in=family if family is not None else family_of(case))
        .select_related("author_organisation", "author_contact__account")
        .prefetch_related(
            Prefetch("attachments", Attachment.objects.select_related("file").order_by("created_at", "pk"))
        )
        .order_by("-created_at", "-pk")[:latest]
    )
    return list(rows)[::-1]


def participants_of(case: Case, viewer: Viewer) -> list[Participant]:
    """Who takes part by mail or portal in the conversations of the viewer's own side."""
    if not viewer.is_agent:
        return []
    return list(Participant.objects.filter(case=case, organisation=viewer.organisation_id).order_by("since"))


def last_seen(case: Case, viewer: Viewer) -> Visit | None:
    """When the viewer last looked at the case."""
    return Visit.objects.filter(case=case, person=viewer.person_id).first()
