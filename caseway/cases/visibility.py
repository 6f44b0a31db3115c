"""The only door to cases and what hangs on them: `visible_to(viewer)`.

Every question of the kind "may this person see it?" is answered here, in SQL, at the first
query. The querysets are the models' managers, so nothing is loaded past them by habit.
"""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from caseway.accounts.models import Team
from caseway.accounts.permissions import Permission
from caseway.accounts.viewer import Seat, Viewer
from caseway.cases.types import Audience, Sharing

if TYPE_CHECKING:
    # The types below name them; the models import these querysets.
    from caseway.cases.models import (  # noqa: F401
        Attachment,
        Bulk,
        Case,
        CaseDraft,
        CaseEvent,
        Message,
        Satisfaction,
        Side,
        Split,
        Task,
        Upload,
    )

NOTHING = Q(pk__in=[])


def case_is_seen(viewer: Viewer, path: str = "") -> Q:
    """The condition under which `viewer` sees the case at `path` (`"case__"` from a message, say)."""
    match viewer.seat:
        case Seat.AGENT:
            return side_is_seen(viewer, f"{path}sides__", path)
        case Seat.CONTACT:
            mine = Q(**{f"{path}contact": viewer.contact_id})
            if viewer.administers_account and viewer.account_id:
                mine |= Q(**{f"{path}account": viewer.account_id})
            return mine & Q(**{f"{path}host": viewer.organisation_id})
        case _:
            return NOTHING


def _takes_part(path: str) -> Q:
    """The side at `path` is more than listed.

    Of the side itself it is said in the words of its indexes' conditions, so that they are used;
    across a join a negation would become a subquery.
    """
    if not path:
        return ~Q(sharing=Sharing.LISTED)
    return Q(**{f"{path}sharing__in": [Sharing.INTERNAL, Sharing.SHARED]})


def side_is_seen(viewer: Viewer, path: str = "", case: str = "case__") -> Q:
    """The condition under which an agent sees the side at `path`, of the case at `case`: it is theirs,
    and takes part.

    Where policy keeps agents to the cases of their teams, and of the brands that these serve, whoever
    has a task on another, or whose team has, is let in.
    """
    if not viewer.is_agent:
        return NOTHING
    ours = Q(**{f"{path}organisation": viewer.organisation_id}) & _takes_part(path)
    if viewer.policy.agents_see_all or viewer.has(Permission.LEAD) or viewer.person is None:
        return ours
    watched = viewer.person.watches.filter(organisation=viewer.organisation_id).values("case")
    tasks = viewer.person.tasks.model.objects.filter(organisation=viewer.organisation_id)
    asked = tasks.filter(Q(assignee=viewer.person_id) | Q(team__in=viewer.team_ids)).values("case")
    served = Team.brands.through.objects.filter(team__in=viewer.team_ids).values("brand")
    named = viewer.person.mentions.filter(organisation=viewer.organisation_id).values("case")
    return ours & (
        Q(**{f"{path}owner": viewer.person_id})
        | Q(**{f"{path}team__in": viewer.team_ids})
        | Q(**{f"{case}brand__in": served})
        | Q(**{f"{case}pk__in": named})
        | Q(**{f"{case}pk__in": watched})
        | Q(**{f"{case}pk__in": asked})
    )


def record_is_seen(viewer: Viewer, path: str = "") -> Q:
    """The condition for rows of the internal record: our case owner and tenant administrators."""
    us = viewer.organisation_id
    ours = Q(**{f"{path}organisation": us})
    if viewer.has(Permission.RECORDS):
        return ours
    sides = f"{path}case__sides__"
    return ours & Q(**{f"{sides}organisation": us, f"{sides}owner": viewer.person_id})


def message_is_read(viewer: Viewer, path: str = "") -> Q:
    """The condition under which `viewer` reads the message at `path`; fixed at writing, but for the
    record's readers.
    """
    us = viewer.organisation_id
    match viewer.seat:
        case Seat.AGENT:
            home, audience = Q(**{f"{path}organisation": us}), f"{path}audience"
            readers = (
                (Q(**{f"{audience}__in": [Audience.CUSTOMER, Audience.TEAM]}) & home)
                | (Q(**{audience: Audience.PARTNER}) & (home | Q(**{f"{path}partner": us})))
                | (Q(**{audience: Audience.RECORD}) & record_is_seen(viewer, path))
            )
            return readers & case_is_seen(viewer, f"{path}case__")
        case Seat.CONTACT:
            mine = Q(**{f"{path}contact": viewer.contact_id})
            if viewer.administers_account and viewer.account_id:
                mine |= Q(**{f"{path}account": viewer.account_id})
            return mine & Q(**{f"{path}audience": Audience.CUSTOMER, f"{path}organisation": us})
        case _:
            return NOTHING


class CaseQuerySet(models.QuerySet["Case"]):
    """Cases."""

    def visible_to(self, viewer: Viewer) -> Self:
        """Those that `viewer` may open. A case that is only *listed* to a partner is not among them."""
        return self.filter(case_is_seen(viewer))


class SideQuerySet(models.QuerySet["Side"]):
    """Sides: the desk's lists are made of these, one index scan by organisation."""

    def visible_to(self, viewer: Viewer) -> Self:
        """The sides of the viewer's own organisation that take part."""
        return self.filter(side_is_seen(viewer))

    def listed_to(self, viewer: Viewer) -> Self:
        """Cases of which the viewer's organisation may know number, type and status, no more."""
        if not viewer.is_agent:
            return self.none()
        return self.filter(organisation=viewer.organisation_id, sharing=Sharing.LISTED)


class MessageQuerySet(models.QuerySet["Message"]):
    """Messages."""

    def visible_to(self, viewer: Viewer) -> Self:
        """Those that `viewer` may read, on cases that they may open."""
        return self.filter(message_is_read(viewer))


class SplitQuerySet(models.QuerySet["Split"]):
    """Messages that became cases."""

    def visible_to(self, viewer: Viewer) -> Self:
        """Those that the viewer's own organisation split, into cases that they may open."""
        if not viewer.is_agent:
            return self.none()
        return self.filter(case_is_seen(viewer, "into__"), organisation=viewer.organisation_id)


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    """Attachments."""

    def visible_to(self, viewer: Viewer) -> Self:
        """Those of messages that `viewer` may read, and what they have uploaded and not yet sent."""
        if viewer.seat is Seat.NOBODY:
            return self.none()
        pending = Q(message__isnull=True, uploader=viewer.person_id, organisation=viewer.organisation_id)
        return self.filter(pending | message_is_read(viewer, "message__"))


class UploadQuerySet(models.QuerySet["Upload"]):
    """Files on their way."""

    def visible_to(self, viewer: Viewer) -> Self:
        """Those that `viewer` sends, from this seat."""
        if viewer.seat is Seat.NOBODY:
            return self.none()
        return self.filter(uploader=viewer.person_id, organisation=viewer.organisation_id)


class CaseDraftQuerySet(models.QuerySet["CaseDraft"]):
    """Cases that are begun in the portal."""

    def visible_to(self, viewer: Viewer) -> Self:
        """Those that `viewer` has begun, in the portal of this organisation."""
        if viewer.seat is not Seat.CONTACT:
            return self.none()
        return self.filter(person=viewer.person_id, organisation=viewer.organisation_id)


class SatisfactionQuerySet(models.QuerySet["Satisfaction"]):
    """Answers to the question after closing."""

    def visible_to(self, viewer: Viewer) -> Self:
        """To the host's agents those on cases that they may open; to a customer their own."""
        match viewer.seat:
            case Seat.AGENT:
                return self.filter(case_is_seen(viewer, "case__"), organisation=viewer.organisation_id)
            case Seat.CONTACT:
                return self.filter(case_is_seen(viewer, "case__"), contact=viewer.contact_id)
            case _:
                return self.none()


class TaskQuerySet(models.QuerySet["Task"]):
    """Tasks."""

    def visible_to(self, viewer: Viewer) -> Self:
        """Those of the viewer's own organisation, on cases that they may open."""
        if not viewer.is_agent:
            return self.none()
        return self.filter(case_is_seen(viewer, "case__"), organisation=viewer.organisation_id)


class BulkQuerySet(models.QuerySet["Bulk"]):
    """Bulk operations."""

    def visible_to(self, viewer: Viewer) -> Self:
        """Those that `viewer` asked for, at this desk."""
        if not viewer.is_agent:
            return self.none()
        return self.filter(by=viewer.person_id, organisation=viewer.organisation_id)


class CaseEventQuerySet(models.QuerySet["CaseEvent"]):
    """Events."""

    def visible_to(self, viewer: Viewer) -> Self:
        """Those that `viewer` may know of, on cases that they may open."""
        seen = self.model.SeenBy
        match viewer.seat:
            case Seat.AGENT:
                us = viewer.organisation_id
                known = (
                    Q(seen_by__in=[seen.EVERYONE, seen.SIDES])
                    | Q(seen_by=seen.CUSTOMER, case__host=us)
                    | Q(seen_by=seen.ORGANISATION, organisation=us)
                    | (Q(seen_by=seen.RECORD) & record_is_seen(viewer))
                )
            case Seat.CONTACT:
                known = Q(seen_by__in=[seen.EVERYONE, seen.CUSTOMER])
            case _:
                return self.none()
        return self.filter(known & case_is_seen(viewer, "case__"))
