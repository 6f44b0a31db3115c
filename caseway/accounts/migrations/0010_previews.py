from django.db import migrations, models


class Migration(migrations.Migration):
    """Whether somebody opens cases beside their list first."""

    dependencies = [("accounts", "0009_single_keys")]
    operations = [
        migrations.AddField("person", "previews_cases", models.BooleanField(default=False)),
    ]
