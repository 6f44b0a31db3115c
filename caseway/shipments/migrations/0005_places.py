from typing import Any

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.text
from django.db import migrations, models

from caseway.core.folding import folded, trigrams

ENDS = ("origin", "destination")


def fill(apps: Any, _schema: Any) -> None:
    """Place the shipments that are there, name by name."""
    place_model, shipment = apps.get_model("shipments", "Place"), apps.get_model("shipments", "Shipment")
    for end in ENDS:
        named = shipment.objects.exclude(**{f"{end}_name": ""}).order_by()
        for organisation, name in named.values_list("organisation", f"{end}_name").distinct():
            if not folded(name):
                continue
            place, _created = place_model.objects.get_or_create(
                organisation_id=organisation,
                name=folded(name),
                defaults={"trigrams": trigrams(folded(name))},
            )
            same = shipment.objects.filter(organisation=organisation, **{f"{end}_name": name})
            same.update(**{f"{end}_place": place})


class Migration(migrations.Migration):
    """What lists of cases are filtered by: places of origin and destination, numbers as they begin.

    Filling and indexing are two transactions: rows with deferred checks still to come take no index.
    """

    atomic = False
    dependencies = [("accounts", "0012_team_brands"), ("shipments", "0004_status_answers")]

    operations = [
        migrations.CreateModel(
            name="Place",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(db_collation="C", max_length=500)),
                (
                    "trigrams",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(db_collation="C", max_length=3), size=None
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="place",
            index=django.contrib.postgres.indexes.GinIndex(
                fastupdate=False, fields=["trigrams"], name="place_trigrams"
            ),
        ),
        migrations.AddConstraint(
            model_name="place",
            constraint=models.UniqueConstraint(fields=("organisation", "name"), name="place_once"),
        ),
        migrations.AddField(
            model_name="shipment",
            name="destination_place",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="shipments.place",
            ),
        ),
        migrations.AddField(
            model_name="shipment",
            name="origin_place",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="shipments.place",
            ),
        ),
        migrations.AddField(
            model_name="shipment",
            name="destination_postal_code_compared",
            field=models.GeneratedField(
                db_persist=True,
                expression=django.db.models.functions.text.Upper(
                    django.db.models.functions.comparison.Collate(
                        models.Func(
                            models.F("destination_postal_code"),
                            models.Value("[ \t./()#-]+"),
                            models.Value(""),
                            models.Value("g"),
                            function="regexp_replace",
                        ),
                        "C",
                    )
                ),
                output_field=models.CharField(db_collation="C", max_length=60),
            ),
        ),
        migrations.AddField(
            model_name="shipment",
            name="origin_postal_code_compared",
            field=models.GeneratedField(
                db_persist=True,
                expression=django.db.models.functions.text.Upper(
                    django.db.models.functions.comparison.Collate(
                        models.Func(
                            models.F("origin_postal_code"),
                            models.Value("[ \t./()#-]+"),
                            models.Value(""),
                            models.Value("g"),
                            function="regexp_replace",
                        ),
                        "C",
                    )
                ),
                output_field=models.CharField(db_collation="C", max_length=60),
            ),
        ),
        migrations.AddField(
            model_name="shipment",
            name="purchase_order_compared",
            field=models.GeneratedField(
                db_persist=True,
                expression=django.db.models.functions.text.Upper(
                    django.db.models.functions.comparison.Collate(
                        models.Func(
                            models.F("purchase_order"),
                            models.Value("[ \t./()#-]+"),
                            models.Value(""),
                            models.Value("g"),
                            function="regexp_replace",
                        ),
                        "C",
                    )
                ),
                output_field=models.CharField(db_collation="C", max_length=60),
            ),
        ),
        migrations.AddField(
            model_name="shipment",
            name="reference_number_compared",
            field=models.GeneratedField(
                db_persist=True,
                expression=django.db.models.functions.text.Upper(
                    django.db.models.functions.comparison.Collate(
                        models.Func(
                            models.F("reference_number"),
                            models.Value("[ \t./()#-]+"),
                            models.Value(""),
                            models.Value("g"),
                            function="regexp_replace",
                        ),
                        "C",
                    )
                ),
                output_field=models.CharField(db_collation="C", max_length=60),
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="shipment",
            index=models.Index(fields=["organisation", "region"], name="shipment_regions"),
        ),
        migrations.AddIndex(
            model_name="shipment",
            index=models.Index(fields=["organisation", "purchase_order_compared"], name="shipment_po"),
        ),
        migrations.AddIndex(
            model_name="shipment",
            index=models.Index(
                fields=["organisation", "reference_number_compared"], name="shipment_reference"
            ),
        ),
        migrations.AddIndex(
            model_name="shipment",
            index=models.Index(
                fields=["organisation", "origin_postal_code_compared"], name="shipment_origin_postal"
            ),
        ),
        migrations.AddIndex(
            model_name="shipment",
            index=models.Index(
                fields=["organisation", "destination_postal_code_compared"], name="shipment_dest_postal"
            ),
        ),
    ]
