from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0008_sends_with"),
    ]

    operations = [
        migrations.AddField(
            model_name="person",
            name="uses_single_keys",
            field=models.BooleanField(default=True, editable=False),
        ),
    ]
