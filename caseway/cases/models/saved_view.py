"""Saved views: lists that people want to see again; and what each person likes of a list."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from caseway.accounts.models import Organisation, Person, Team
from caseway.accounts.permissions import Permission
from caseway.accounts.viewer import Viewer
from caseway.core.clock import now

LONGEST_NAME = 80


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    """Saved views."""

    def visible_to(self, viewer: Viewer) -> "SavedViewQuerySet":
        """Those at hand; whoever manages settings also finds every team's, to look after them."""
        if viewer.is_agent and viewer.has(Permission.SETTINGS):
            theirs = Q(owner=viewer.person_id) | Q(team__isnull=False)
            return self.filter(theirs, organisation=viewer.organisation_id)
        return self.at_hand_of(viewer)

    def at_hand_of(self, viewer: Viewer) -> "SavedViewQuerySet":
        """One's own, and those of the teams that one is in."""
        if not viewer.is_agent:
            return self.none()
        theirs = Q(owner=viewer.person_id) | Q(team__in=viewer.team_ids)
        return self.filter(theirs, organisation=viewer.organisation_id)


class SavedView(models.Model):
    """A list by its name: filter and order, columns and grouping. Of one person (`owner`) or a team.

    `query` is the filter's own query string. What it finds is asked for whoever looks: a view
    gives nobody the sight of a case.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="saved_views")
    owner = models.ForeignKey(Person, models.CASCADE, null=True, blank=True, related_name="+")
    team = models.ForeignKey(Team, models.CASCADE, null=True, blank=True, related_name="+")
    name = models.CharField(_("name"), max_length=LONGEST_NAME)
    query = models.TextField(blank=True)
    columns = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    grouping = models.CharField(max_length=12, blank=True)
    updated_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    updated_at = models.DateTimeField(default=now)
    version = models.PositiveIntegerField(default=1)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        constraints = [
            models.CheckConstraint(
                condition=Q(owner__isnull=True, team__isnull=False)
                | Q(owner__isnull=False, team__isnull=True),
                name="saved_view_of_one",
            )
        ]
        indexes = [models.Index(fields=["organisation", "name", "id"], name="saved_view_by_name")]

    def __str__(self) -> str:
        return self.name


class ListChoice(models.Model):
    """How one person likes one list, a named view (`view`) or a saved one, at one desk.

    `columns` is None until they chose some; `widths` gives pixels by column.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    view = models.CharField(max_length=20, blank=True)
    saved = models.ForeignKey(SavedView, models.CASCADE, null=True, blank=True, related_name="+")
    columns = ArrayField(models.CharField(max_length=20), null=True, blank=True)
    widths = models.JSONField(default=dict, blank=True)
    opens_desk = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "person", "view", "saved"],
                name="list_choice_once",
                nulls_distinct=False,
            ),
            models.UniqueConstraint(
                fields=["organisation", "person"],
                condition=Q(opens_desk=True),
                name="list_choice_opens_desk",
            ),
            models.CheckConstraint(
                condition=Q(view="", saved__isnull=False) | (~Q(view="") & Q(saved__isnull=True)),
                name="list_choice_of_one_list",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.saved or self.view}"
