"""The case: what is true for everyone on it. What each organisation has for itself is its `Side`."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from caseway.accounts.models import Brand, Organisation, Person
from caseway.cases.status import ACTIVE, Status
from caseway.cases.types import CaseType, Source
from caseway.cases.visibility import CaseQuerySet
from caseway.core.clock import now
from caseway.customers.models import Contact, CustomerAccount
from caseway.shipments.models import Shipment


class Case(models.Model):
    """One shipping situation or request that needs resolution.

    `host` is the organisation that made it or whose customer raised it; contact and account
    are the host's. Status and type are true for everyone and copied to each side.
    """

    number = models.CharField(_("case number"), max_length=16, unique=True, db_collation="C")
    host = models.ForeignKey(Organisation, models.PROTECT, related_name="hosted_cases")
    status = models.CharField(max_length=16, choices=Status, default=Status.NEW, db_collation="C")
    type = models.CharField(
        max_length=24, choices=CaseType, default=CaseType.GENERAL_STATUS, db_collation="C"
    )
    source = models.CharField(max_length=8, choices=Source, default=Source.USER)
    shipment = models.ForeignKey(Shipment, models.PROTECT, null=True, blank=True, related_name="cases")
    brand = models.ForeignKey(Brand, models.SET_NULL, null=True, blank=True)
    creator = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    contact = models.ForeignKey(Contact, models.PROTECT, null=True, blank=True, related_name="cases")
    account = models.ForeignKey(CustomerAccount, models.PROTECT, null=True, blank=True, related_name="cases")
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged_cases"
    )
    follow_up_of = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="follow_ups")
    created_at = models.DateTimeField(default=now)
    closed_at = models.DateTimeField(null=True, blank=True)
    # The customer's projection: what moved as far as the customer may see it.
    customer_updated_at = models.DateTimeField(default=now)
    customer_version = models.PositiveIntegerField(default=1)

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(merged_into__isnull=True) | ~models.Q(merged_into=models.F("pk")),
                name="case_not_merged_into_itself",
            ),
            models.CheckConstraint(
                condition=models.Q(status=Status.MERGED, merged_into__isnull=False)
                | (~models.Q(status=Status.MERGED) & models.Q(merged_into__isnull=True)),
                name="case_merged_has_survivor",
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=sorted(ACTIVE), closed_at__isnull=True)
                | (~models.Q(status__in=sorted(ACTIVE)) & models.Q(closed_at__isnull=False)),
                name="case_solved_has_date",
            ),
        ]
        indexes = [
            models.Index(fields=["contact", "-customer_updated_at", "-id"], name="case_of_contact"),
            models.Index(fields=["account", "-customer_updated_at", "-id"], name="case_of_account"),
            models.Index(
                fields=["creator", "id"], name="case_of_creator", condition=models.Q(creator__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_active(self) -> bool:
        """True while the case is not solved."""
        return Status(self.status).is_active

    @property
    def speaks_for_itself(self) -> bool:
        """Whether it was merged into a case of another customer: the talk with its own goes on here.

        Neither customer ever reads a word of the other, so the two conversations stay apart.
        """
        survivor, contact = self.merged_into, self.contact_id
        return survivor is not None and contact is not None and contact != survivor.contact_id
