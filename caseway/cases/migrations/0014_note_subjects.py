import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0007_settings"),
        ("cases", "0013_canned_answers"),
    ]

    operations = [
        migrations.CreateModel(
            name="NoteSubject",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.JSONField(help_text='For example {"en": "Low", "de": "Niedrig"}')),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("is_active", models.BooleanField(default=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "note subject",
                "verbose_name_plural": "note subjects",
                "ordering": ("position", "pk"),
                "abstract": False,
            },
        ),
        migrations.AddField(model_name="tag", name="is_active", field=models.BooleanField(default=True)),
    ]
