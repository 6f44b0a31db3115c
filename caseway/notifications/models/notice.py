"""What people are told of in the product: one row per person and event."""

from typing import Self

from django.db import models
from django.db.models import Exists, ExpressionWrapper, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from caseway.accounts.models import Organisation, Person
from caseway.accounts.viewer import Viewer
from caseway.cases.models import Case, CaseEvent, Message, Visit
from caseway.core.clock import now


class Kind(models.TextChoices):
    """Why somebody is told."""

    MENTIONED = "mentioned", _("I am mentioned")
    MINE = "mine", _("My cases and tasks")
    FOLLOWED = "followed", _("Cases that I follow")
    UNASSIGNED = "unassigned", _("Cases that nobody owns")


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Notices."""

    def visible_to(self, viewer: Viewer) -> Self:
        """The viewer's own, at this desk, of events that they may know of now."""
        if not viewer.is_agent:
            return self.none()
        known = CaseEvent.objects.visible_to(viewer)
        return self.filter(person=viewer.person_id, organisation=viewer.organisation_id, event__in=known)

    def unread(self) -> Self:
        """Those that their person has neither opened nor seen by opening the case since."""
        return self.filter(_is_unread())

    def with_unread(self) -> Self:
        """Each with `is_unread`, asked of the row itself: by a second look at the table PostgreSQL reads
        everybody's."""
        return self.annotate(is_unread=ExpressionWrapper(_is_unread(), output_field=models.BooleanField()))


def _is_unread() -> Q:
    looked = Visit.objects.filter(
        person=OuterRef("person"), case=OuterRef("case"), seen_at__gte=OuterRef("told_at")
    )
    return Q(~Exists(looked), read_at=None)


class Notice(models.Model):
    """One event, told to one person at one desk.

    It holds no words: what it says is loaded through `visible_to` whenever it is shown. `shown`: in
    the product. `in_digest`: it waits for the daily mail, which takes it away.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="notices")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    event = models.ForeignKey(CaseEvent, models.PROTECT, related_name="+")
    message = models.ForeignKey(Message, models.PROTECT, null=True, related_name="+")
    told_at = models.DateTimeField(default=now)
    read_at = models.DateTimeField(null=True)
    shown = models.BooleanField(default=True)
    in_digest = models.BooleanField(default=False)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "person", "event"], name="notice_once")
        ]
        indexes = [
            models.Index(
                fields=["organisation", "person", "-told_at", "-id"],
                name="notice_of_person",
                condition=models.Q(shown=True),
            ),
            models.Index(
                fields=["organisation", "person", "-told_at", "-id"],
                name="notice_unread",
                condition=models.Q(shown=True, read_at=None),
            ),
            models.Index(
                fields=["organisation", "person", "id"],
                name="notice_in_digest",
                condition=models.Q(in_digest=True),
            ),
            models.Index(
                fields=["case", "person"],
                name="notice_of_unowned",
                condition=models.Q(kind=Kind.UNASSIGNED, read_at=None),
            ),
            models.Index(fields=["told_at"], name="notice_age"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} for {self.person_id}"
