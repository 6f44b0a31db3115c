import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def nobody_acts_on_what_is_listed(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Nor on what is solved, where something was said since."""
    sides = apps.get_model("cases", "Side").objects.exclude(court="nobody")
    solved = ("merged", "closed", "cancelled", "withdrawn")
    sides.filter(models.Q(sharing="listed") | models.Q(status__in=solved)).update(court="nobody")


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0020_note_subjects_for_all"),
    ]

    operations = [
        migrations.CreateModel(
            name="CourtStay",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "court",
                    models.CharField(
                        choices=[
                            ("us", "Us"),
                            ("customer", "Customer"),
                            ("partner", "Partner"),
                            ("nobody", "Nobody"),
                        ],
                        max_length=8,
                    ),
                ),
                ("since", models.DateTimeField()),
                ("until", models.DateTimeField()),
                (
                    "side",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="court_stays",
                        to="cases.side",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("until__gt", models.F("since"))), name="court_stay_lasts"
                    ),
                    models.UniqueConstraint(fields=("side", "since"), name="court_stay_once"),
                ],
            },
        ),
        migrations.RunPython(nobody_acts_on_what_is_listed, migrations.RunPython.noop, elidable=True),
    ]
