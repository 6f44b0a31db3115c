"""Files: stored once per organisation and content, attached many times."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from caseway.accounts.models import Organisation, Person
from caseway.cases.visibility import AttachmentQuerySet
from caseway.core.clock import now
from caseway.customers.models import Contact

from .message import Message


class StorageUse(models.Model):
    """How much an organisation's stored files take: counted as they come and go, never added up."""

    organisation = models.OneToOneField(
        Organisation, models.CASCADE, primary_key=True, related_name="storage_use"
    )
    bytes = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.organisation}: {self.bytes}"


class StoredFile(models.Model):
    """The bytes of a file, once per organisation. `type` is found from the content."""

    class State(models.TextChoices):
        HELD = "held", _("Waiting for the scanner")
        CLEAN = "clean", _("Clean")
        REFUSED = "refused", _("Refused by the scanner")

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64, db_collation="C")
    size = models.PositiveBigIntegerField()
    type = models.CharField(max_length=120)
    key = models.CharField(max_length=200, help_text=_("Where the storage keeps it"))
    state = models.CharField(max_length=8, choices=State, default=State.CLEAN)
    wanted_at = models.DateTimeField(default=now, help_text=_("When somebody last brought this content"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "sha256"], name="file_once_per_organisation")
        ]

    def __str__(self) -> str:
        return self.sha256[:12]


class Attachment(models.Model):
    """A file under a name: uploaded by somebody, then attached to one message."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="attachments")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    message = models.ForeignKey(Message, models.PROTECT, null=True, blank=True, related_name="attachments")
    uploader = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    uploader_contact = models.ForeignKey(Contact, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=255)
    is_inline = models.BooleanField(default=False)
    content_id = models.CharField(max_length=250, blank=True)
    quarantined = models.CharField(
        max_length=200, blank=True, help_text=_("Why the file is held back; empty: it isn't")
    )
    created_at = models.DateTimeField(default=now)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        ordering = ("created_at", "pk")

    def __str__(self) -> str:
        return self.name
