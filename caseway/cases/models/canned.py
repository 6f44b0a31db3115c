"""Canned answers: what is written often, with blanks for what differs from case to case."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from caseway.accounts.models import Organisation, Person, Team
from caseway.accounts.permissions import Permission
from caseway.accounts.viewer import Viewer
from caseway.core.clock import now

LONGEST_TITLE, LONGEST_BODY = 120, 10_000


class CannedAnswerQuerySet(models.QuerySet["CannedAnswer"]):
    """Canned answers."""

    def visible_to(self, viewer: Viewer) -> "CannedAnswerQuerySet":
        """One's own, those of one's teams, and those of the whole organisation.

        Nobody reads a colleague's own; whoever manages settings or leads sees every team's.
        """
        if not viewer.is_agent:
            return self.none()
        of_teams = Q(team__in=viewer.team_ids) | Q(team__isnull=True)
        if viewer.has(Permission.SETTINGS) or viewer.has(Permission.LEAD):
            of_teams = Q()
        return self.filter(
            Q(owner=viewer.person_id) | (Q(owner__isnull=True) & of_teams),
            organisation=viewer.organisation_id,
        )


class CannedAnswer(models.Model):
    """A text to be put into messages: of one person (`owner`), of a team, else of the organisation.

    Its variables are those of `caseway.cases.canned.variables`; no other is ever stored.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="canned_answers")
    owner = models.ForeignKey(Person, models.CASCADE, null=True, blank=True, related_name="+")
    team = models.ForeignKey(Team, models.CASCADE, null=True, blank=True, related_name="+")
    title = models.CharField(_("title"), max_length=LONGEST_TITLE)
    body = models.TextField(_("text"), max_length=LONGEST_BODY)
    updated_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    updated_at = models.DateTimeField(default=now)
    version = models.PositiveIntegerField(default=1)

    objects = CannedAnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("canned answer")
        verbose_name_plural = _("canned answers")
        constraints = [
            models.CheckConstraint(
                condition=Q(owner__isnull=True) | Q(team__isnull=True), name="canned_answer_of_one"
            )
        ]
        indexes = [models.Index(fields=["organisation", "title", "id"], name="canned_answer_by_title")]

    def __str__(self) -> str:
        return self.title
