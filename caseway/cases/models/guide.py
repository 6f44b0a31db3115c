"""What cases have to do with guides: the topics they are filed under, and how they were used.

Categories belong to cases, and foreign keys point down: hence these tables stand here, and
`caseway.guidance` knows nothing of topics.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from caseway.core.clock import now
from caseway.guidance.models import Guide

from .reference import Category


class GuideTopic(models.Model):
    """A guide is filed under a topic, or under one of its items."""

    guide = models.ForeignKey(Guide, models.CASCADE, related_name="topics")
    category = models.ForeignKey(Category, models.CASCADE, related_name="guide_links")

    class Meta:
        verbose_name = _("topic of a guide")
        verbose_name_plural = _("topics of guides")
        constraints = [models.UniqueConstraint(fields=["guide", "category"], name="guide_topic_once")]

    def __str__(self) -> str:
        return f"{self.guide}: {self.category}"


class GuideUse(models.Model):
    """A guide was shown, opened or solved it in one visit: one form of one session. Never counted twice.

    Or an agent put it into an answer: then the visit is what they were writing.
    """

    class Kind(models.TextChoices):
        SHOWN = "shown", _("Shown")
        OPENED = "opened", _("Opened")
        SOLVED = "solved", _("Solved it")
        INSERTED = "inserted", _("Put into an answer")

    guide = models.ForeignKey(Guide, models.CASCADE, related_name="uses")
    kind = models.CharField(max_length=8, choices=Kind)
    visit = models.CharField(max_length=64, db_collation="C")
    """A digest, which leads back to nobody."""
    category = models.ForeignKey(Category, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        verbose_name = _("use of a guide")
        verbose_name_plural = _("uses of guides")
        constraints = [
            models.UniqueConstraint(fields=["guide", "kind", "visit"], name="guide_use_once"),
            # One visit is deflected once, however many guides helped.
            models.UniqueConstraint(
                fields=["visit"], condition=Q(kind="solved"), name="guide_solved_a_visit_once"
            ),
        ]
        indexes = [models.Index(fields=["at", "kind"], name="guide_use_by_day")]

    def __str__(self) -> str:
        return f"{self.guide}: {self.kind}"
