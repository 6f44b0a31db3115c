"""Reasons of mails by name, to be told in the reader's language; those kept as words become names."""

import re

from django.db import migrations, models

from caseway.mail.models.why import Why


def name_reasons(apps, schema_editor):
    mails = apps.get_model("mail", "RawMail").objects.exclude(detail="")
    for why in Why:
        before, _found, after = str(why.label).partition("%(detail)s")
        if not _found:
            mails.filter(detail=before).update(why=why.value, detail="")
        elif why is not Why.REFUSED:
            _name_with_detail(mails, why, f"^{re.escape(before)}(.+){re.escape(after)}$")


def _name_with_detail(mails, why, pattern):
    told = mails.filter(why="", detail__regex=pattern).values_list("pk", "detail")
    for key, words in told.iterator():
        mails.filter(pk=key).update(why=why.value, detail=re.match(pattern, words)[1])


class Migration(migrations.Migration):
    dependencies = [("mail", "0002_names_in_words")]

    operations = [
        migrations.RenameField("rawmail", "reason", "detail"),
        migrations.AlterField(
            "rawmail",
            "detail",
            models.CharField(
                blank=True, help_text="What the reason speaks of; alone: what was mended", max_length=250
            ),
        ),
        migrations.AddField(
            "rawmail", "why", models.CharField(blank=True, choices=Why.choices, default="", max_length=19)
        ),
        migrations.RunPython(name_reasons, migrations.RunPython.noop, elidable=True),
    ]
