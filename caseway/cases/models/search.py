"""What full text search looks in: one document per reader side and message or case."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from caseway.accounts.models import Organisation
from caseway.core.clock import now

from .case import Case
from .message import Message


class SearchDocument(models.Model):
    """Words that agents of one organisation may read; only visible text is ever searched.

    `is_record` documents are found by readers of the internal record only.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+", db_index=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    message = models.ForeignKey(Message, models.CASCADE, null=True, blank=True, related_name="+")
    is_record = models.BooleanField(default=False)
    words = SearchVectorField()
    written_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "case", "message"],
                name="search_document_once",
                nulls_distinct=False,
            )
        ]
        # Whose a text is and when it was written are among its words: one index finds rare ones and common.
        indexes = [GinIndex(fields=["words"], name="search_words", fastupdate=False)]

    def __str__(self) -> str:
        return f"{self.case_id} for {self.organisation_id}"
