"""Numbers stored before full-width signs, brackets, number signs and all dashes were left out of them."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from caseway.shipments.numbers import normal_number

BATCH = 1000


def make_plain(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Store those that are written otherwise now."""
    numbers = apps.get_model("shipments", "ShipmentNumber").objects
    odd = numbers.filter(value__regex=r"[^A-Z0-9]").order_by("pk")
    for number in odd.iterator(chunk_size=BATCH):
        if (plain := normal_number(number.value)) != number.value:
            numbers.filter(pk=number.pk).update(value=plain)


class Migration(migrations.Migration):
    """Nothing to undo: the old form is found by nobody."""

    dependencies = [("shipments", "0002_names_in_words")]
    operations = [migrations.RunPython(make_plain, migrations.RunPython.noop)]
