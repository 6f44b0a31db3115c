import django.db.models.deletion
from django.db import migrations, models

ACTIVE = ["new", "on_hold", "open", "pending_agent", "pending_customer"]
FILL = """
UPDATE cases_side AS side SET account_id = "case".account_id FROM cases_case AS "case"
WHERE "case".id = side.case_id AND "case".host_id = side.organisation_id AND "case".account_id IS NOT NULL
"""


class Migration(migrations.Migration):
    """The host's side copies the customer account: an account's lists read one index in its order.

    Filling and indexing are two transactions: rows with deferred checks still to come take no index.
    """

    atomic = False
    dependencies = [("cases", "0018_bulk"), ("customers", "0001_initial")]
    operations = [
        migrations.AddField(
            model_name="side",
            name="account",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="customers.customeraccount",
            ),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name="side",
            index=models.Index(
                fields=["account", "organisation", "-created_at", "-id"],
                name="side_of_account",
                condition=models.Q(("account__isnull", False)),
            ),
        ),
        migrations.AddIndex(
            model_name="side",
            index=models.Index(
                fields=["account", "organisation", "-created_at", "-id"],
                name="side_of_account_active",
                condition=models.Q(
                    ("status__in", ACTIVE),
                    models.Q(("sharing", "listed"), _negated=True),
                    ("account__isnull", False),
                ),
            ),
        ),
    ]
