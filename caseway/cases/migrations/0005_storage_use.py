"""Counts what each organisation stores; existing files are added up once."""

import django.db.models.deletion
from django.db import migrations, models

import caseway.core.clock

COUNT = """
INSERT INTO cases_storageuse (organisation_id, bytes)
SELECT organisation_id, sum(size) FROM cases_storedfile GROUP BY organisation_id
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_sessions_and_resets"), ("cases", "0004_submissions")]

    operations = [
        migrations.CreateModel(
            name="StorageUse",
            fields=[
                (
                    "organisation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="storage_use",
                        serialize=False,
                        to="accounts.organisation",
                    ),
                ),
                ("bytes", models.PositiveBigIntegerField(default=0)),
            ],
        ),
        migrations.RunSQL(COUNT, migrations.RunSQL.noop),
        migrations.RenameField("storedfile", "created_at", "wanted_at"),
        migrations.AlterField(
            "storedfile",
            "wanted_at",
            models.DateTimeField(
                default=caseway.core.clock.now, help_text="When somebody last brought this content"
            ),
        ),
    ]
