import django.db.models.deletion
from django.db import migrations, models

FILL = """
UPDATE cases_side AS side SET
    shipment_id = "case".shipment_id,
    brand_id = CASE WHEN "case".host_id = side.organisation_id THEN "case".brand_id END,
    source = CASE WHEN "case".host_id = side.organisation_id THEN "case".source ELSE '' END,
    partner_id = (SELECT other.organisation_id FROM cases_side AS other
                   WHERE other.case_id = side.case_id AND other.id <> side.id AND other.sharing <> 'listed')
FROM cases_case AS "case" WHERE "case".id = side.case_id
"""


class Migration(migrations.Migration):
    """Sides copy what their lists are filtered by: shipment, partner, and for the host brand and source.

    Filling and indexing are two transactions: rows with deferred checks still to come take no index.
    """

    atomic = False

    dependencies = [("cases", "0023_words_weighed"), ("shipments", "0005_places")]

    operations = [
        migrations.AddField(
            model_name="side",
            name="brand",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="accounts.brand",
            ),
        ),
        migrations.AddField(
            model_name="side",
            name="partner",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.organisation",
            ),
        ),
        migrations.AddField(
            model_name="side",
            name="shipment",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="shipments.shipment",
            ),
        ),
        migrations.AddField(
            model_name="side",
            name="source",
            field=models.CharField(
                blank=True,
                choices=[
                    ("user", "User"),
                    ("email", "E-mail"),
                    ("rule", "Rule"),
                    ("api", "API"),
                    ("portal", "Portal"),
                ],
                db_collation="C",
                max_length=8,
            ),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name="side",
            index=models.Index(
                condition=models.Q(("shipment__isnull", False)),
                fields=["shipment", "organisation"],
                name="side_of_shipment",
            ),
        ),
    ]
