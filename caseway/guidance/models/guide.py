"""A guide: an article in Markdown that answers a customer's question."""

from django.conf import settings
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from caseway.accounts.models import Brand, Organisation, Person
from caseway.core.clock import now

from .access import GuideQuerySet

LONGEST_TITLE = 150
LONGEST_BODY = 20_000


class Guide(models.Model):
    """One article in one language; a translation names its original.

    `words` and `meaning` are made from title and body by `caseway.guidance.actions`.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="guides")
    # Without its brand a guide would show under every other: the brand goes only with the organisation.
    brand = models.ForeignKey(Brand, models.RESTRICT, null=True, blank=True, related_name="guides")
    language = models.CharField(_("language"), max_length=12, choices=settings.LANGUAGES)
    original = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="translations")
    title = models.CharField(_("title"), max_length=LONGEST_TITLE)
    body = models.TextField(_("text"), max_length=LONGEST_BODY)
    author = models.ForeignKey(Person, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=now)
    updated_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    updated_at = models.DateTimeField(default=now)
    published_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    words = SearchVectorField()
    meaning = models.BinaryField(default=bytes)
    """One row of 256 signed bytes for the whole text, then one for each part of it."""
    meaning_model = models.CharField(max_length=40, blank=True)
    """What `meaning` was made with; made anew where it differs from the present model."""

    objects = GuideQuerySet.as_manager()

    class Meta:
        verbose_name = _("guide")
        verbose_name_plural = _("guides")
        constraints = [
            models.UniqueConstraint(
                fields=["original", "language"],
                condition=Q(original__isnull=False),
                name="guide_one_translation",
            ),
            models.CheckConstraint(condition=~Q(original=F("id")), name="guide_not_its_own_original"),
        ]
        indexes = [
            models.Index(fields=["organisation", "-updated_at", "-id"], name="guide_recent"),
            models.Index(
                fields=["organisation", "language"],
                condition=Q(published_at__isnull=False),
                name="guide_published",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_published(self) -> bool:
        """Whether customers may read it."""
        return self.published_at is not None

    @property
    def minutes(self) -> int:
        """How long reading takes, in minutes: 200 words, or 400 signs of Chinese, each."""
        chinese = sum("\u3400" <= sign <= "\u9fff" for sign in self.body)
        return max(1, round(len(self.body.split()) / 200 + chinese / 400))
