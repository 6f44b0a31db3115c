"""What was done to people and customer accounts, append-only: who let whom in, or out."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from caseway.core.clock import now

from .organisation import Organisation
from .person import Person


class AuditEntry(models.Model):
    """One thing that happened. No row is ever changed or deleted; the database refuses it.

    `actor` did it (nobody: the installation itself), `subject` is the person it happened to, if
    they can sign in. The payload holds ids, enums and numbers.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=60)
    actor = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    subject = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    payload = models.JSONField(default=dict)
    happened_at = models.DateTimeField(default=now)

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")
        ordering = ("-pk",)
        indexes = [models.Index(fields=["organisation", "-id"], name="audit_of_organisation")]

    def __str__(self) -> str:
        return f"{self.kind} {self.happened_at:%Y-%m-%d}"
