"""A case that a customer has begun in the portal and not sent."""

import uuid

from django.db import models

from caseway.accounts.models import Organisation, Person
from caseway.cases.visibility import CaseDraftQuerySet
from caseway.core.clock import now


class CaseDraft(models.Model):
    """What was entered so far, step by step.

    `key` stands in the addresses of its steps, and is the token by which sending it twice makes
    one case. `pages` says for each step which page of a browser saved it last, so that another
    one which shows something older can't write over it unseen.
    """

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, related_name="case_drafts")
    content = models.JSONField(default=dict)
    pages = models.JSONField(default=dict)
    saved_at = models.DateTimeField(default=now, db_index=True)
    set_aside_at = models.DateTimeField(null=True, blank=True)
    """Solved without a case, or thrown away: not offered any more, and still there to be taken up."""

    objects = CaseDraftQuerySet.as_manager()

    class Meta:
        ordering = ("-saved_at", "pk")
        indexes = [models.Index(fields=["organisation", "person", "-saved_at"], name="case_draft_of_person")]

    def __str__(self) -> str:
        return f"case begun by {self.person_id}"
