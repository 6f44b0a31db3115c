"""Cases begun in the portal: several of a person, each with an address; those begun before stay."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import caseway.core.clock

EMPTY = {"category": "", "shipment": "", "subject": "", "description": "", "follow_up": "", "attachments": []}


def carry_over(apps, schema_editor):
    begun = apps.get_model("cases", "Draft").objects.filter(case=None, audience="customer")
    kept = apps.get_model("cases", "CaseDraft").objects
    for draft in begun:
        kept.create(
            organisation_id=draft.organisation_id,
            person_id=draft.person_id,
            content=EMPTY | {name: value for name, value in draft.content.items() if name in EMPTY},
            saved_at=draft.saved_at,
        )
    begun.delete()


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("cases", "0008_uploads"),
    ]

    operations = [
        migrations.CreateModel(
            name="CaseDraft",
            fields=[
                (
                    "key",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("content", models.JSONField(default=dict)),
                ("pages", models.JSONField(default=dict)),
                ("saved_at", models.DateTimeField(db_index=True, default=caseway.core.clock.now)),
                ("set_aside_at", models.DateTimeField(blank=True, null=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="case_drafts",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={"ordering": ("-saved_at", "pk")},
        ),
        migrations.AddIndex(
            model_name="casedraft",
            index=models.Index(fields=["organisation", "person", "-saved_at"], name="case_draft_of_person"),
        ),
        migrations.RunPython(carry_over, migrations.RunPython.noop),
    ]
