"""Files on their way: begun, brought part by part, then kept as an attachment."""

import uuid

from django.db import models

from caseway.accounts.models import Organisation, Person
from caseway.cases.visibility import UploadQuerySet
from caseway.core.clock import now

from .attachment import Attachment


class Upload(models.Model):
    """A file that somebody sends by part. Once it is kept, `attachment` names what became of it.

    Sizes are in bytes. Every part is `part_size` long, but for the last.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    uploader = models.ForeignKey(Person, models.PROTECT, related_name="+")
    name = models.CharField(max_length=255)
    size = models.PositiveBigIntegerField()
    part_size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64, blank=True, db_collation="C")
    attachment = models.OneToOneField(Attachment, models.CASCADE, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(default=now)
    touched_at = models.DateTimeField(default=now, db_index=True)

    objects = UploadQuerySet.as_manager()

    class Meta:
        ordering = ("created_at", "pk")
        constraints = [
            models.CheckConstraint(condition=models.Q(size__gt=0, part_size__gt=0), name="upload_has_a_size")
        ]

    def __str__(self) -> str:
        return self.name


class UploadPart(models.Model):
    """The bytes of an upload from `offset` on.

    They lie in the database rather than in the storage of files: a part is there for every web
    process of every machine from the moment on that it was answered for, it comes and goes with its
    upload's row in one transaction, and none can be left behind.
    """

    upload = models.ForeignKey(Upload, models.CASCADE, related_name="parts")
    offset = models.PositiveBigIntegerField()
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64, db_collation="C")
    content = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["upload", "offset"], name="upload_part_once")]

    def __str__(self) -> str:
        return f"{self.upload_id} {self.offset}"
