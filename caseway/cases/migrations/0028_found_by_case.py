"""Views that begin with cases (watched, created by me) read their sides from an index alone."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0013_partners_join"),
        ("cases", "0027_shelves"),
        ("customers", "0003_joining"),
        ("shipments", "0006_read_from_indexes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="side",
            name="side_once",
        ),
        migrations.AlterField(
            model_name="case",
            name="creator",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("creator__isnull", False)),
                fields=["creator", "id"],
                name="case_of_creator",
            ),
        ),
        migrations.AddConstraint(
            model_name="side",
            constraint=models.UniqueConstraint(
                fields=("case", "organisation"),
                include=("id", "sharing", "status", "created_at", "updated_at"),
                name="side_once",
            ),
        ),
    ]
