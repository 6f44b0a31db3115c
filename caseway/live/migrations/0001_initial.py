import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# One notification for each transaction: those with the same payload are sent once.
TELL = """
CREATE FUNCTION caseway_tell_of_changes() RETURNS trigger LANGUAGE plpgsql
  AS $$ BEGIN PERFORM pg_notify('caseway_changes', pg_current_xact_id()::text); RETURN NULL; END $$;
CREATE TRIGGER tell_of_changes AFTER INSERT ON cases_caseevent
  FOR EACH STATEMENT EXECUTE FUNCTION caseway_tell_of_changes();
"""
TELL_NOTHING = """
DROP TRIGGER tell_of_changes ON cases_caseevent;
DROP FUNCTION caseway_tell_of_changes();
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        ("cases", "0010_satisfaction"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Presence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("here_until", models.DateTimeField()),
                ("writing_until", models.DateTimeField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cases.case"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["here_until"], name="presence_until")],
                "constraints": [
                    models.UniqueConstraint(fields=("organisation", "person", "case"), name="presence_once")
                ],
            },
        ),
        migrations.RunSQL("ALTER TABLE live_presence SET UNLOGGED", "ALTER TABLE live_presence SET LOGGED"),
        migrations.RunSQL(TELL, TELL_NOTHING),
    ]
