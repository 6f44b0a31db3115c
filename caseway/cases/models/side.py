"""A side: one organisation's part in a case, with everything that is its own business."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from caseway.accounts.models import Brand, Organisation, Person, Team
from caseway.cases.status import ACTIVE, Status
from caseway.cases.types import CaseType, Court, Sharing, Source
from caseway.cases.visibility import SideQuerySet
from caseway.core.clock import now
from caseway.customers.models import CustomerAccount
from caseway.shipments.models import Shipment

from .case import Case
from .reference import Category, ContactMethod, Priority

IS_ACTIVE = models.Q(status__in=sorted(ACTIVE))
TAKES_PART = ~models.Q(sharing=Sharing.LISTED)

FILTERED_BY = (
    "case", "status", "type", "owner", "team", "category", "contact_method", "priority", "court", "partner",
    "shipment", "brand", "source", "account", "created_at", "latest_message_is_ours",
)  # fmt: skip
"""Columns that the indexes in the lists' usual order hold beside it: a filter that fits hardly anything
passes by rows without looking at the table, which is twenty times as large."""


class Side(models.Model):
    """One row per case and organisation.

    It owns owner, team, subject, category, priority, level, deadline, CRM number, tags and court;
    it copies number, status, type, creation, shipment and the latest message as this side may see
    it, the organisation that takes part beside it, and of the host's side the customer account, the
    brand and the source, which are nobody else's to know.
    `caseway.cases.copies` keeps the copies right, in the transaction of each change.
    `version` counts what this side can see changing: the ETag of its readers.
    """

    # Without an index of its own: that of `side_once` begins with it.
    case = models.ForeignKey(Case, models.PROTECT, related_name="sides", db_index=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="sides")
    sharing = models.CharField(max_length=8, choices=Sharing, default=Sharing.INTERNAL)

    # Owned by this side
    subject = models.CharField(max_length=250)
    description = models.TextField(blank=True)
    owner = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="owned_sides")
    # Nobody asks for these across organisations; within one, the lists' indexes hold them.
    team = models.ForeignKey(
        Team, models.SET_NULL, null=True, blank=True, related_name="sides", db_index=False
    )
    category = models.ForeignKey(Category, models.SET_NULL, null=True, blank=True, db_index=False)
    contact_method = models.ForeignKey(ContactMethod, models.SET_NULL, null=True, blank=True, db_index=False)
    priority = models.ForeignKey(Priority, models.SET_NULL, null=True, blank=True, db_index=False)
    level = models.PositiveSmallIntegerField(default=0)
    deadline = models.DateTimeField(null=True, blank=True)
    crm_number = models.CharField(_("CRM case number"), max_length=60, blank=True, db_collation="C")
    tags = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    court = models.CharField(max_length=8, choices=Court, default=Court.US)
    court_since = models.DateTimeField(default=now)
    version = models.PositiveIntegerField(default=1)

    # Copies
    account = models.ForeignKey(
        CustomerAccount, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    partner = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    shipment = models.ForeignKey(
        Shipment, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    brand = models.ForeignKey(Brand, models.SET_NULL, null=True, blank=True, related_name="+", db_index=False)
    source = models.CharField(max_length=8, choices=Source, blank=True, db_collation="C")
    number = models.CharField(max_length=16, db_collation="C")
    status = models.CharField(max_length=16, choices=Status, db_collation="C")
    type = models.CharField(max_length=24, choices=CaseType, db_collation="C")
    created_at = models.DateTimeField(default=now)
    closed_at = models.DateTimeField(null=True, blank=True)
    updated_at = models.DateTimeField(default=now)
    latest_message_at = models.DateTimeField(null=True, blank=True)
    latest_message_by = models.CharField(max_length=160, blank=True)
    latest_message_text = models.CharField(max_length=200, blank=True)
    latest_message_person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    latest_message_is_ours = models.BooleanField(null=True)

    objects = SideQuerySet.as_manager()

    class Meta:
        constraints = [
            # Holds what the views ask of a side that is found by its case, so that the table isn't looked at.
            models.UniqueConstraint(
                fields=["case", "organisation"],
                include=["id", "sharing", "status", "created_at", "updated_at"],
                name="side_once",
            ),
            models.CheckConstraint(condition=models.Q(level__lte=3), name="side_level"),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "-updated_at", "-id"],
                name="side_active_recent",
                condition=IS_ACTIVE & TAKES_PART,
                include=FILTERED_BY,
            ),
            models.Index(
                fields=["organisation", "-updated_at", "-id"],
                name="side_recent",
                condition=TAKES_PART,
                include=FILTERED_BY,
            ),
            models.Index(
                fields=["organisation", "-created_at", "-id"], name="side_created", condition=TAKES_PART
            ),
            models.Index(
                fields=["organisation", "-created_at", "-id"],
                name="side_active_created",
                condition=IS_ACTIVE & TAKES_PART,
            ),
            models.Index(
                fields=["organisation", "-court", "-updated_at", "-id"],
                name="side_by_court",
                condition=IS_ACTIVE & TAKES_PART,
            ),
            models.Index(
                fields=["organisation", "owner", "-updated_at", "-id"],
                name="side_of_owner",
                condition=IS_ACTIVE & TAKES_PART,
            ),
            models.Index(
                fields=["organisation", "-updated_at", "-id"],
                name="side_without_owner",
                condition=IS_ACTIVE & TAKES_PART & models.Q(owner__isnull=True),
            ),
            models.Index(
                fields=["organisation", "-latest_message_at", "-id"],
                name="side_awaiting_us",
                condition=TAKES_PART & models.Q(latest_message_is_ours=False),
            ),
            models.Index(
                fields=["organisation", "deadline", "-id"],
                name="side_by_deadline",
                condition=IS_ACTIVE & TAKES_PART,
            ),
            models.Index(
                fields=["organisation", "court_since", "-id"],
                name="side_by_waiting",
                condition=IS_ACTIVE & TAKES_PART,
            ),
            models.Index(
                fields=["organisation", "team", "-updated_at", "-id"],
                name="side_of_team",
                condition=IS_ACTIVE & TAKES_PART,
            ),
            models.Index(
                fields=["account", "organisation", "-created_at", "-id"],
                name="side_of_account",
                condition=models.Q(account__isnull=False),
            ),
            models.Index(
                fields=["account", "organisation", "-created_at", "-id"],
                name="side_of_account_active",
                condition=IS_ACTIVE & TAKES_PART & models.Q(account__isnull=False),
            ),
            models.Index(fields=["organisation", "number"], name="side_number"),
            models.Index(
                fields=["shipment", "organisation"],
                name="side_of_shipment",
                condition=models.Q(shipment__isnull=False),
            ),
            models.Index(
                fields=["organisation", "crm_number"],
                name="side_crm_number",
                condition=~models.Q(crm_number=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}, {self.organisation}"

    def get_type_display(self) -> str:  # type: ignore[no-redef]
        """The type in the reader's words. Django's own way translates all types to find one."""
        return str(CaseType(self.type).label)

    @property
    def is_active(self) -> bool:
        """True while the case is not solved."""
        return Status(self.status).is_active
