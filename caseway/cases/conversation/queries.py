"""Reading a conversation: the messages of a case and of those merged into it, as one viewer may."""

from collections.abc import Sequence

from django.db.models import OuterRef, Prefetch, QuerySet, Subquery

from caseway.accounts.viewer import Viewer
from caseway.cases.family import family_of
from caseway.cases.models import Attachment, Case, Message, Participant, Split
from caseway.cases.status import Status


def talking_apart_in(case: Case) -> list[Case]:
    """The cases merged into this one whose customers go on talking with us under their own numbers."""
    merged = Case.objects.filter(pk__in=family_of(case), status=Status.MERGED, contact__isnull=False)
    rows = merged.select_related("contact__person", "host", "brand", "merged_into")
    return [one for one in rows.order_by("pk") if one.speaks_for_itself]


def messages_read_on(family: Sequence[int], viewer: Viewer) -> QuerySet[Message]:
    """The messages of these cases and those split into them, as far as the viewer may read them."""
    split = Split.objects.filter(into__in=family, undone_at=None).order_by().values("message")
    here = Message.objects.filter(case__in=family).order_by().values("pk").union(split, all=True)
    return Message.objects.visible_to(viewer).filter(pk__in=here)


def _split_into(viewer: Viewer) -> Subquery:
    """The number of the case that a message became as well, where the viewer may open it."""
    splits = Split.objects.visible_to(viewer).filter(message=OuterRef("pk"), undone_at=None)
    return Subquery(splits.values("into__number")[:1])


def messages_of(
    case: Case, viewer: Viewer, *, family: Sequence[int] | None = None, latest: int = 200
) -> list[Message]:
    """The latest messages that the viewer may read, oldest first, with authors and files.

    Each keeps its own readers: a merged case shows nobody anything new.
    """
    rows = (
        messages_read_on(family if family is not None else family_of(case), viewer)
        .select_related("case", "contact", "author_organisation", "author_contact__account")
        .annotate(split_into=_split_into(viewer))
        .prefetch_related(
            Prefetch("attachments", Attachment.objects.select_related("file").order_by("created_at", "pk"))
        )
        .order_by("-created_at", "-pk")[:latest]
    )
    return list[Message](rows)[::-1]


def participants_of(case: Case, viewer: Viewer) -> list[Participant]:
    """Who takes part by mail or portal in the conversations of the viewer's own side."""
    if not viewer.is_agent:
        return []
    return list(Participant.objects.filter(case=case, organisation=viewer.organisation_id).order_by("since"))
