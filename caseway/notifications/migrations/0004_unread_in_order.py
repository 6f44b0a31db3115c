from django.db import migrations, models


class Migration(migrations.Migration):
    """What is unread is found in the order in which it is listed."""

    dependencies = [("notifications", "0003_sms")]

    operations = [
        migrations.RemoveIndex(model_name="notice", name="notice_unread"),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(
                fields=["organisation", "person", "-told_at", "-id"],
                name="notice_unread",
                condition=models.Q(read_at=None, shown=True),
            ),
        ),
    ]
