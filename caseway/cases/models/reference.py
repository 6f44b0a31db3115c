"""What an organisation sets up once and cases refer to. Labels are `{language: text}` with a fallback."""

from typing import cast

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from caseway.accounts.models import Organisation, Team
from caseway.cases.types import CaseType


def label_of(name: dict[str, str]) -> str:
    """The text in the reader's language, else in English, else in any."""
    language = get_language() or "en"
    for key in (language, language.split("-", 1)[0], "en"):
        if key in name:
            return name[key]
    return next(iter(name.values()), "")


class Labelled(models.Model):
    """A row of an organisation's own list, with a name in several languages and a place in the list."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    name = models.JSONField(help_text=_('For example {"en": "Low", "de": "Niedrig"}'))
    position = models.PositiveSmallIntegerField(default=0)
    is_active = models.BooleanField(default=True)

    class Meta:
        abstract = True
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The name in the reader's language."""
        return label_of(cast("dict[str, str]", self.name))


class Priority(Labelled):
    """How pressing a case is; the rank makes them comparable (1 low to 4 urgent)."""

    rank = models.PositiveSmallIntegerField()
    is_default = models.BooleanField(default=False)

    class Meta(Labelled.Meta):
        verbose_name = _("priority")
        verbose_name_plural = _("priorities")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "rank"], name="priority_rank"),
            models.UniqueConstraint(
                fields=["organisation"], condition=models.Q(is_default=True), name="priority_one_default"
            ),
        ]


class Category(Labelled):
    """A topic shown to customers (without parent) or one of its items, which maps to a case type."""

    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="items")
    case_type = models.CharField(max_length=24, choices=CaseType, blank=True)
    default_subject = models.CharField(max_length=250, blank=True)
    default_priority = models.ForeignKey(Priority, models.SET_NULL, null=True, blank=True)
    default_team = models.ForeignKey(Team, models.SET_NULL, null=True, blank=True)
    deadline_hours = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta(Labelled.Meta):
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(parent__isnull=True) | ~models.Q(case_type=""),
                name="category_item_has_type",
            )
        ]


class Reason(Labelled):
    """A reason to choose when closing, reopening, suspending, cancelling or withdrawing."""

    class Kind(models.TextChoices):
        CLOSURE = "closure", _("Closure")
        REOPEN = "reopen", _("Reopening")
        CANCELLATION = "cancellation", _("Cancellation")
        WITHDRAWAL = "withdrawal", _("Withdrawal")
        SUSPENSION = "suspension", _("Suspension")

    kind = models.CharField(max_length=12, choices=Kind)

    class Meta(Labelled.Meta):
        verbose_name = _("reason")
        verbose_name_plural = _("reasons")
        indexes = [models.Index(fields=["organisation", "kind", "position"], name="reason_list")]


class ContactMethod(Labelled):
    """How the customer reached us: web, e-mail, phone, chat, counter …"""

    class Meta(Labelled.Meta):
        verbose_name = _("contact method")
        verbose_name_plural = _("contact methods")


class NoteSubject(Labelled):
    """What a note on a case is about: a word chosen when it is written."""

    class Meta(Labelled.Meta):
        verbose_name = _("note subject")
        verbose_name_plural = _("note subjects")


class Tag(models.Model):
    """A word that an organisation puts on its own side of cases. Off: it is not suggested any more."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    name = models.CharField(max_length=40)
    is_active = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ("name",)
        constraints = [models.UniqueConstraint(fields=["organisation", "name"], name="tag_name")]

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        """The word, the same in every language."""
        return self.name
