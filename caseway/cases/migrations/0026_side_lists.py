import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """The indexes of the usual lists hold what lists are filtered by."""

    dependencies = [("cases", "0025_saved_views")]

    operations = [
        migrations.RemoveIndex(
            model_name="side",
            name="side_active_recent",
        ),
        migrations.RemoveIndex(
            model_name="side",
            name="side_recent",
        ),
        migrations.AlterField(
            model_name="side",
            name="case",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="sides",
                to="cases.case",
            ),
        ),
        migrations.AlterField(
            model_name="side",
            name="category",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                to="cases.category",
            ),
        ),
        migrations.AlterField(
            model_name="side",
            name="contact_method",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                to="cases.contactmethod",
            ),
        ),
        migrations.AlterField(
            model_name="side",
            name="priority",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                to="cases.priority",
            ),
        ),
        migrations.AlterField(
            model_name="side",
            name="team",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="sides",
                to="accounts.team",
            ),
        ),
        migrations.AddIndex(
            model_name="side",
            index=models.Index(
                condition=models.Q(
                    ("status__in", ["new", "on_hold", "open", "pending_agent", "pending_customer"]),
                    models.Q(("sharing", "listed"), _negated=True),
                ),
                fields=["organisation", "-updated_at", "-id"],
                include=(
                    "case",
                    "status",
                    "type",
                    "owner",
                    "team",
                    "category",
                    "contact_method",
                    "priority",
                    "court",
                    "partner",
                    "shipment",
                    "brand",
                    "source",
                    "account",
                    "created_at",
                    "latest_message_is_ours",
                ),
                name="side_active_recent",
            ),
        ),
        migrations.AddIndex(
            model_name="side",
            index=models.Index(
                condition=models.Q(("sharing", "listed"), _negated=True),
                fields=["organisation", "-updated_at", "-id"],
                include=(
                    "case",
                    "status",
                    "type",
                    "owner",
                    "team",
                    "category",
                    "contact_method",
                    "priority",
                    "court",
                    "partner",
                    "shipment",
                    "brand",
                    "source",
                    "account",
                    "created_at",
                    "latest_message_is_ours",
                ),
                name="side_recent",
            ),
        ),
        migrations.AddIndex(
            model_name="side",
            index=models.Index(
                fields=["organisation", "court_since", "-id"],
                name="side_by_waiting",
                condition=models.Q(
                    ("status__in", ["new", "on_hold", "open", "pending_agent", "pending_customer"]),
                    models.Q(("sharing", "listed"), _negated=True),
                ),
            ),
        ),
    ]
