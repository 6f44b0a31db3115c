"""What people said. A message's readers are fixed when it is written and never change."""

from django.db import models

from caseway.accounts.models import Organisation, Person
from caseway.cases.types import Audience, Source
from caseway.cases.visibility import MessageQuerySet
from caseway.core.clock import now
from caseway.customers.models import Contact, CustomerAccount

from .case import Case


class Message(models.Model):
    """One message of one audience.

    Readers: `organisation` (its agents; for `record` its case owner and administrators), for
    `customer` also `contact` and the administrators of `account`, for `partner` also `partner`.
    `origin` is the case it was written on; after a merge `case` is still that one, and it is
    read from the survivor.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="messages")
    audience = models.CharField(max_length=8, choices=Audience)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    partner = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    contact = models.ForeignKey(Contact, models.PROTECT, null=True, blank=True, related_name="+")
    account = models.ForeignKey(CustomerAccount, models.PROTECT, null=True, blank=True, related_name="+")

    author = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    author_contact = models.ForeignKey(Contact, models.PROTECT, null=True, blank=True, related_name="+")
    author_organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+"
    )
    author_name = models.CharField(max_length=160)
    author_address = models.CharField(max_length=254, blank=True)

    source = models.CharField(max_length=8, choices=Source, default=Source.USER)
    subject = models.CharField(max_length=250, blank=True)
    text = models.TextField(blank=True)
    quoted = models.TextField(blank=True)
    """Quoted text and signature of a mail: folded, never thrown away."""
    html = models.TextField(blank=True)
    """Sanitised; empty for what was written here as plain text."""
    cc = models.JSONField(default=list, blank=True)
    copied_to = models.JSONField(null=True, blank=True)
    """The addresses that its writer chose to mail it to beside the customer or the partner's owner;
    None: everybody who takes part."""
    is_automatic = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=now)

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ("created_at", "pk")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(audience=Audience.PARTNER, partner__isnull=False)
                | (~models.Q(audience=Audience.PARTNER) & models.Q(partner__isnull=True)),
                name="message_partner_reader",
            ),
            models.CheckConstraint(
                condition=models.Q(audience=Audience.CUSTOMER)
                | models.Q(contact__isnull=True, account__isnull=True),
                name="message_customer_reader",
            ),
        ]
        indexes = [models.Index(fields=["case", "created_at", "id"], name="message_of_case")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.audience} {self.created_at:%Y-%m-%d %H:%M}"


class Mention(models.Model):
    """A colleague named in a note: told of it, and let into the case where policy narrows who sees it."""

    message = models.ForeignKey(Message, models.CASCADE, related_name="mentions")
    case = models.ForeignKey(Case, models.CASCADE, related_name="mentions")
    person = models.ForeignKey(Person, models.CASCADE, related_name="mentions")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["message", "person"], name="mention_once")]
        indexes = [models.Index(fields=["person", "organisation", "case"], name="mention_lets_in")]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.message_id}"


class Draft(models.Model):
    """What somebody is writing on a case (or, without case, a new case), per audience.

    With `sends_at` it is sent, but for the moment in which its writer may take it back: it waits
    beside a new draft, is seen by nobody else, and becomes a message then.
    """

    case = models.ForeignKey(Case, models.CASCADE, null=True, blank=True, related_name="drafts")
    person = models.ForeignKey(Person, models.CASCADE, related_name="drafts")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    audience = models.CharField(max_length=8, choices=Audience)
    content = models.JSONField(default=dict)
    saved_at = models.DateTimeField(default=now)
    sends_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "person", "case", "audience"],
                condition=models.Q(sends_at__isnull=True),
                name="draft_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=models.Q(sends_at__isnull=True) | models.Q(case__isnull=False),
                name="draft_waits_on_a_case",
            ),
        ]
        indexes = [
            models.Index(
                fields=["sends_at"], name="draft_waiting", condition=models.Q(sends_at__isnull=False)
            )
        ]

    def __str__(self) -> str:
        return f"draft of {self.person_id} on {self.case_id}"
