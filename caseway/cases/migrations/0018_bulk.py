import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import caseway.core.clock

WORK = [
    ("claim", "Claim"), ("assign", "Assign"), ("team", "Give to a team"), ("type", "Set the type"),
    ("tag", "Add tags"), ("priority", "Set the priority"), ("close", "Close"), ("follow", "Follow"),
    ("merge", "Merge into one"),
]  # fmt: skip
STATES = [
    ("waiting", "Waiting"), ("running", "Running"), ("done", "Done"), ("cancelled", "Cancelled"),
    ("undoing", "Being undone"), ("undone", "Undone"),
]  # fmt: skip
OF_A_CASE = [
    ("waiting", "Waiting"), ("done", "Done"), ("same", "Was so already"), ("failed", "Not done"),
    ("undone", "Set back"), ("left", "Left as it is"),
]  # fmt: skip


class Migration(migrations.Migration):
    """Bulk operations with a row for each case."""

    dependencies = [("cases", "0017_mentions_and_copies")]
    operations = [
        migrations.CreateModel(
            name="Bulk",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("operation", models.CharField(choices=WORK, max_length=12)),
                ("arguments", models.JSONField(default=dict)),
                ("filter", models.TextField(blank=True)),
                ("as_of", models.DateTimeField(default=caseway.core.clock.now)),
                ("state", models.CharField(choices=STATES, default="waiting", max_length=12)),
                ("asked_at", models.DateTimeField(default=caseway.core.clock.now)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["by", "organisation", "-id"], name="bulk_of_person"),
                    models.Index(
                        condition=models.Q(("state__in", ["waiting", "running", "undoing"])),
                        fields=["id"],
                        name="bulk_at_work",
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="BulkCase",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("state", models.CharField(choices=OF_A_CASE, default="waiting", max_length=8)),
                ("why", models.CharField(blank=True, max_length=300)),
                ("before", models.JSONField(default=dict)),
                (
                    "bulk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="cases", to="cases.bulk"
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.case"
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.caseevent",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["bulk", "state", "case"], name="bulk_next_case")],
                "constraints": [models.UniqueConstraint(fields=("bulk", "case"), name="bulk_case_once")],
            },
        ),
        # Sorted by deadline, cases without one come last, from the same index.
        migrations.RemoveIndex("side", "side_deadline"),
        migrations.AddIndex(
            "side",
            models.Index(
                condition=models.Q(
                    ("status__in", ["new", "on_hold", "open", "pending_agent", "pending_customer"]),
                    models.Q(("sharing", "listed"), _negated=True),
                ),
                fields=["organisation", "deadline", "-id"],
                name="side_by_deadline",
            ),
        ),
        migrations.AddIndex(
            "caseevent",
            models.Index(fields=["actor", "actor_organisation", "case"], name="event_of_actor"),
        ),
    ]
