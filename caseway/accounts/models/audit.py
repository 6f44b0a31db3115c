"""The log of an organisation, append-only: who let whom in or out, who changed which setting."""

from django.db import models
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from caseway.core.clock import now

from .organisation import Organisation
from .person import Person


class AuditEntry(models.Model):
    """One thing that happened. No row is ever changed or deleted; the database refuses it.

    `actor` did it (nobody: the installation itself), `subject` is the person it happened to, if
    they can sign in. The payload holds ids, enums and numbers.

    Of a setting `thing` is its name as it was, and `changes` gives old and new by field: words of
    the organisation's own lists and policy. People stand in it as `{"people": [ids]}`, never by
    name or address, so that somebody who is erased is not kept here.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=60)
    actor = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    subject = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    payload = models.JSONField(default=dict)
    thing = models.CharField(max_length=250, blank=True)
    changes = models.JSONField(default=dict)
    topic = models.GeneratedField(
        expression=Coalesce(
            KeyTextTransform("topic", "payload"),
            models.Func(models.F("kind"), models.Value("."), models.Value(1), function="split_part"),
        ),
        output_field=models.CharField(max_length=60),
        db_persist=True,
    )
    """The sort of thing that the entry is about: `priority`, `role`, `brand`, `contact` …"""
    happened_at = models.DateTimeField(default=now)

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")
        ordering = ("-pk",)
        indexes = [
            models.Index(fields=["organisation", "-id"], name="audit_of_organisation"),
            models.Index(fields=["organisation", "topic", "-id"], name="audit_of_topic"),
            models.Index(fields=["organisation", "actor", "-id"], name="audit_of_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.happened_at:%Y-%m-%d}"
