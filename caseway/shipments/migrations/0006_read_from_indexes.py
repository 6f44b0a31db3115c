from django.db import migrations, models


class Migration(migrations.Migration):
    """What fits a filter is read from an index alone."""

    dependencies = [("shipments", "0005_places")]

    operations = [
        migrations.RemoveIndex(
            model_name="shipment",
            name="shipment_regions",
        ),
        migrations.RemoveIndex(
            model_name="shipment",
            name="shipment_po",
        ),
        migrations.RemoveIndex(
            model_name="shipment",
            name="shipment_reference",
        ),
        migrations.RemoveIndex(
            model_name="shipment",
            name="shipment_origin_postal",
        ),
        migrations.RemoveIndex(
            model_name="shipment",
            name="shipment_dest_postal",
        ),
        migrations.AddIndex(
            model_name="shipment",
            index=models.Index(fields=["organisation", "region"], include=("id",), name="shipment_in_region"),
        ),
        migrations.AddIndex(
            model_name="shipment",
            index=models.Index(
                fields=["organisation", "purchase_order_compared"], include=("id",), name="shipment_by_po"
            ),
        ),
        migrations.AddIndex(
            model_name="shipment",
            index=models.Index(
                fields=["organisation", "reference_number_compared"],
                include=("id",),
                name="shipment_by_reference",
            ),
        ),
        migrations.AddIndex(
            model_name="shipment",
            index=models.Index(
                fields=["organisation", "origin_postal_code_compared"],
                include=("id",),
                name="shipment_by_origin_postal",
            ),
        ),
        migrations.AddIndex(
            model_name="shipment",
            index=models.Index(
                fields=["organisation", "destination_postal_code_compared"],
                include=("id",),
                name="shipment_by_dest_postal",
            ),
        ),
        migrations.AddIndex(
            model_name="shipment",
            index=models.Index(
                fields=["origin_place", "organisation"], include=("id",), name="shipment_from"
            ),
        ),
        migrations.AddIndex(
            model_name="shipment",
            index=models.Index(
                fields=["destination_place", "organisation"], include=("id",), name="shipment_to"
            ),
        ),
    ]
