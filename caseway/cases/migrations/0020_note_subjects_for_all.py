"""Organisations from before note subjects came have none: they get those that a new one begins with."""

from typing import Any

from django.db import migrations

from caseway.cases.reference.starting_lists import NOTE_SUBJECTS
from caseway.cases.reference.translations import in_all_languages


def give_note_subjects(apps: Any, _schema: Any) -> None:
    """A list that has rows, also switched off ones, stays as it is."""
    subjects = apps.get_model("cases", "NoteSubject").objects
    organisations = apps.get_model("accounts", "Organisation").objects.order_by("pk")
    having = set(subjects.values_list("organisation", flat=True))
    # Whoever takes part by mail alone has no lists at all.
    for organisation in organisations.filter(signs_in=True).exclude(pk__in=having):
        subjects.bulk_create(
            subjects.model(organisation=organisation, name=in_all_languages(name), position=position)
            for position, name in enumerate(NOTE_SUBJECTS)
        )


class Migration(migrations.Migration):
    dependencies = [("cases", "0019_side_of_account")]

    operations = [migrations.RunPython(give_note_subjects, migrations.RunPython.noop)]
