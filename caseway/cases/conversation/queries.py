"""Reading a conversation: the messages of a case and of those merged into it, as one viewer may."""

from collections.abc import Sequence

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Window

from caseway.accounts.asking import AskedBy
from caseway.accounts.models import Membership
from caseway.accounts.viewer import Viewer
from caseway.cases.family import family_of
from caseway.cases.models import Attachment, Case, Message, Participant, Split
from caseway.cases.status import Status
from caseway.cases.types import Audience
from caseway.core.database.statements import AnyOf, Slot, Statement, give_related


def talking_apart_in(case: Case) -> list[Case]:
    """The cases merged into this one whose customers go on talking with us under their own numbers."""
    merged = Case.objects.filter(pk__in=family_of(case), status=Status.MERGED, contact__isnull=False)
    rows = merged.select_related("contact__person", "host", "brand", "merged_into")
    return [one for one in rows.order_by("pk") if one.speaks_for_itself]


def messages_read_on(family: Sequence[int], viewer: Viewer) -> QuerySet[Message]:
    """The messages of these cases and those split into them, as far as the viewer may read them."""
    return _read(viewer, Q(case__in=family), Q(into__in=family))


def _read(viewer: Viewer, are_there: Q | AnyOf, went_there: Q | AnyOf) -> QuerySet[Message]:
    split = Split.objects.filter(went_there, undone_at=None).order_by().values("message")
    # Both halves are found by an index of messages; joined to a union of keys, all of them were read.
    here = Q(are_there) | Q(AnyOf("pk", ArraySubquery(split)))
    return Message.objects.visible_to(viewer).filter(here)


def reach_of(message: int, case: Case, viewer: Viewer) -> int:
    """How many of the latest messages of a case reach back to the one with this id; 0 where the viewer
    reads none with it there. Three queries.
    """
    there = messages_read_on(family_of(case), viewer)
    said_at = there.filter(pk=message).values_list("created_at", flat=True).first()
    return there.filter(created_at__gte=said_at).count() if said_at else 0


def _split_into(viewer: Viewer) -> Subquery:
    """The number of the case that a message became as well, where the viewer may open it."""
    splits = Split.objects.visible_to(viewer).filter(message=OuterRef("pk"), undone_at=None)
    return Subquery(splits.values("into__number")[:1])


@AskedBy
def _messages(viewer: Viewer, latest: int) -> QuerySet[Message]:
    family = Slot("family")
    rows = _read(viewer, AnyOf("case", family), AnyOf("into", family)).annotate(
        split_into=_split_into(viewer),
        **{f"in_{audience.value}": _whole(audience) for audience in Audience},
    )
    joined = rows.select_related("case", "contact", "author_organisation", "author_contact__account")
    return joined.order_by("-created_at", "-pk")[:latest]


def _whole(audience: Audience) -> Window:
    """How many messages of an audience there are to be read, beyond those that are fetched."""
    return Window(Count("pk", filter=Q(audience=audience)))


def counts_by_audience(messages: Sequence[Message]) -> dict[Audience, int]:
    """How many messages of each audience the reader may read, of which `messages_of` gave the latest."""
    told = vars(messages[0]) if messages else {}
    return {audience: told.get(f"in_{audience.value}", 0) for audience in Audience}


@Statement
def _attachments() -> QuerySet[Attachment]:
    rows = Attachment.objects.filter(AnyOf("message", Slot("messages")))
    return rows.select_related("file").order_by("created_at", "pk")


def messages_of(
    case: Case, viewer: Viewer, *, family: Sequence[int] | None = None, latest: int = 200
) -> list[Message]:
    """The latest messages that the viewer may read, oldest first, with authors and files.

    Each keeps its own readers: a merged case shows nobody anything new.
    """
    members = list(family_of(case) if family is None else family)
    rows = _messages.rows(viewer, latest, family=members)[::-1]
    files = _attachments.rows(messages=[message.pk for message in rows]) if rows else []
    give_related(rows, "attachments", files, by="message_id")
    return rows


def participants_seen(viewer: Viewer) -> QuerySet[Participant]:
    """The rows of `participants_of`, of the case in the slot `case`, for who asks more about them."""
    ours = Q(organisation=viewer.organisation_id)
    without_desk = Q(organisation__signs_in=False, audience=Audience.PARTNER)
    seats = Membership.objects.filter(organisation=viewer.organisation_id, person__email=OuterRef("address"))
    rows = Participant.objects.filter(ours | without_desk, case=Slot("case"))
    return rows.annotate(is_colleague=Exists(seats)).order_by("since", "pk")


_participants = AskedBy(participants_seen)


def participants_of(case: Case, viewer: Viewer) -> list[Participant]:
    """Who takes part by mail or portal in the conversations of the viewer's own side, and a partner's
    people who take part by e-mail alone: no other desk mails them.

    Each has `is_colleague`: whether the address is one of a colleague's.
    """
    return _participants.rows(viewer, case=case.pk) if viewer.is_agent else []
