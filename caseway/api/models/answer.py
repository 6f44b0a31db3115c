"""Answers kept for a day under the `Idempotency-Key` of their request."""

from django.db import models

from caseway.core.clock import now

from .token import Token


class KeptAnswer(models.Model):
    """What one request was answered, written in the transaction of its effect."""

    token = models.ForeignKey(Token, models.CASCADE, related_name="+")
    method = models.CharField(max_length=8)
    path = models.CharField(max_length=250)
    key = models.CharField(max_length=255, db_collation="C")
    request_hash = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    headers = models.JSONField(default=dict)
    body = models.TextField(blank=True)
    created_at = models.DateTimeField(default=now, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["token", "method", "path", "key"], name="kept_answer_once")
        ]

    def __str__(self) -> str:
        return f"{self.method} {self.path}"
