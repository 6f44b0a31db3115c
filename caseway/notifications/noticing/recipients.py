"""The people whom an event concerns, each with why, and how they want to hear of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from django.db.models import (
    BooleanField,
    Exists,
    ExpressionWrapper,
    OuterRef,
    Q,
    QuerySet,
    prefetch_related_objects,
)

from caseway.accounts.models import Membership
from caseway.accounts.viewer import Viewer, agent_viewer
from caseway.cases.family import survivor_of
from caseway.cases.history.events import MessagePosted
from caseway.cases.models import CaseEvent, Side, Watch
from caseway.cases.status import Status
from caseway.cases.types import Sharing
from caseway.core.database.statements import AnyOf, Slot, Statement
from caseway.live.sight import seen_by_each, sight_of, sight_of_records
from caseway.notifications.choosing.choices import Chosen, chosen_by
from caseway.notifications.models import Kind

from .reasons import Concerned, concerned_by


@dataclass(frozen=True)
class Recipient:
    """Somebody who is to be told."""

    seat: Membership
    viewer: Viewer
    kind: Kind
    chosen: Chosen


def recipients_of(event: CaseEvent) -> list[Recipient]:
    """Who is told of `event`: nobody of what they did themselves, or may not know of.

    Two queries where it concerns nobody, three where it does.
    """
    found = [one for one in _concerned(event) if one.chosen.wants(one.kind)]
    if not found:
        return []
    is_record = event.seen_by == CaseEvent.SeenBy.RECORD
    seen = seen_by_each(
        {one.seat.pk: one.viewer for one in found},
        lambda viewer: CaseEvent.objects.visible_to(viewer).filter(pk=event.pk),
        sight_of_records if is_record else sight_of,
    )
    return [one for one in found if seen[one.seat.pk]]


def _concerned(event: CaseEvent) -> Iterator[Recipient]:
    concerned = concerned_by(event)
    for seat in _seats(event, concerned):
        kind = _kind(seat, concerned, event)
        if kind is not None:
            yield Recipient(seat, agent_viewer(seat), kind, chosen_by(seat))


def _kind(seat: Membership, concerned: Concerned, event: CaseEvent) -> Kind | None:
    if seat.person_id in concerned.mentioned:
        return Kind.MENTIONED
    if seat.person_id in concerned.named:
        return Kind.MINE
    if concerned.to_owner_and_watchers:
        if seat.owns:  # type: ignore[attr-defined]
            return Kind.MINE
        if seat.follows:  # type: ignore[attr-defined]
            return Kind.FOLLOWED
    is_ours = event.kind == MessagePosted.kind and event.actor_organisation_id == seat.organisation_id
    return Kind.UNASSIGNED if seat.looks_after and not is_ours else None  # type: ignore[attr-defined]


def _seats(event: CaseEvent, concerned: Concerned) -> list[Membership]:
    """The seats of owner, watchers, people who are named, and whoever looks after unowned cases.

    Of a merged case they are those of the case in which it goes on.
    """
    is_merged = event.case.status == Status.MERGED and event.kind == MessagePosted.kind
    seats = _seats_concerned(concerned.to_team, concerned.within is not None).rows(
        case=survivor_of(event.case_id) if is_merged else event.case_id,
        actor=event.actor_id or 0,
        named=list(concerned.mentioned | concerned.named),
        within=concerned.within,
    )
    prefetch_related_objects(seats, "teams")
    return seats


@cache
def _seats_concerned(to_team: bool, is_within_one: bool) -> Statement[Membership]:
    """One statement for each kind of event: every event is asked about, most concern nobody."""
    return Statement(lambda: _composed(to_team, is_within_one))


def _composed(to_team: bool, is_within_one: bool) -> "QuerySet[Membership]":
    sides = Side.objects.filter(
        case=Slot("case"),
        organisation=OuterRef("organisation"),
        sharing__in=[Sharing.INTERNAL, Sharing.SHARED],
    )
    watches = Watch.objects.filter(
        case=Slot("case"), organisation=OuterRef("organisation"), person=OuterRef("person")
    )
    seats = Membership.objects.filter(
        Exists(sides), is_active=True, person__is_active=True, organisation__signs_in=True
    )
    if is_within_one:
        seats = seats.filter(organisation=Slot("within"))
    wanted = Q(owns=True) | Q(follows=True) | Q(AnyOf("person", Slot("named")))
    if to_team:
        wanted |= Q(looks_after=True)
    looks_after = Exists(_unowned(sides)) & Q(notice_choices__isnull=False) & _wants_unassigned()
    return (
        seats.annotate(
            owns=Exists(sides.filter(owner=OuterRef("person"))),
            follows=Exists(watches),
            looks_after=ExpressionWrapper(
                looks_after if to_team else Q(pk__in=[]), output_field=BooleanField()
            ),
        )
        .filter(wanted)
        .exclude(person=Slot("actor"))
        .select_related("person", "organisation", "role", "notice_choices")
        .order_by("pk")
    )


def _unowned(sides: "QuerySet[Side]") -> "QuerySet[Side]":
    """The side, if nobody owns it and it has no team, or one of the seat's."""
    of_my_team = Membership.teams.through.objects.filter(
        membership=OuterRef(OuterRef("pk")), team=OuterRef("team")
    )
    return sides.filter(Q(team=None) | Exists(of_my_team), owner=None)


def _wants_unassigned() -> Q:
    """Whether the seat chose to hear of cases that nobody owns."""
    columns = ("shown", "mailed", "digested")
    wants = Q()
    for column in columns:
        wants |= Q(**{f"notice_choices__{column}__contains": [Kind.UNASSIGNED]})
    return wants
