"""The brands that a team serves: where policy keeps agents to their teams' cases, theirs are among them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0011_mobile")]

    operations = [
        migrations.AddField(
            model_name="team",
            name="brands",
            field=models.ManyToManyField(
                blank=True,
                help_text="Whose cases its people see by policy",
                related_name="teams",
                to="accounts.brand",
            ),
        ),
    ]
