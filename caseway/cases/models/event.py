"""What happened, append-only: timeline, audit log, webhooks and notifications read it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from caseway.accounts.models import Organisation, Person
from caseway.cases.visibility import CaseEventQuerySet
from caseway.core.clock import now
from caseway.customers.models import Contact

from .case import Case


class CaseEvent(models.Model):
    """One event of one case. A trigger refuses update and delete.

    `seen_by` says who may know of it. `xid` is the writing transaction: readers that go on from a
    position order by (xid, id) and stop below `pg_snapshot_xmin(pg_current_snapshot())`.
    """

    class SeenBy(models.TextChoices):
        EVERYONE = "everyone", _("Everyone on the case, the customer too")
        SIDES = "sides", _("Agents of every side")
        CUSTOMER = "customer", _("The host's agents and the customer")
        ORGANISATION = "organisation", _("Agents of one side")
        RECORD = "record", _("Readers of the internal record")

    case = models.ForeignKey(Case, models.PROTECT, related_name="events")
    kind = models.CharField(max_length=40)
    seen_by = models.CharField(max_length=12, choices=SeenBy)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    actor = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    actor_contact = models.ForeignKey(Contact, models.PROTECT, null=True, blank=True, related_name="+")
    actor_organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+"
    )
    payload = models.JSONField(default=dict)
    happened_at = models.DateTimeField(default=now)
    xid = models.PositiveBigIntegerField(
        db_default=models.Func(function="caseway_xid", output_field=models.PositiveBigIntegerField()),
        editable=False,
    )

    objects = CaseEventQuerySet.as_manager()

    class Meta:
        ordering = ("happened_at", "pk")
        indexes = [
            models.Index(fields=["case", "happened_at", "id"], name="event_of_case"),
            models.Index(fields=["xid", "id"], name="event_position"),
            models.Index(fields=["actor", "actor_organisation", "case"], name="event_of_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind}"
