"""Of an undeliverable address of a partner with a desk of its own the partner is known."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0013_partners_join"),
        ("mail", "0008_windows_of_mails"),
    ]

    operations = [
        migrations.AddField(
            model_name="addressstate",
            name="house",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="accounts.organisation",
            ),
        ),
    ]
