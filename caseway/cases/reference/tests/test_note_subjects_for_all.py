"""Organisations from before note subjects came get those of a new one; others keep theirs."""

from importlib import import_module

import pytest
from django.apps import apps

from caseway.cases.models import NoteSubject
from caseway.demo.cast import Cast

pytestmark = pytest.mark.django_db
give_note_subjects = import_module("caseway.cases.migrations.0020_note_subjects_for_all").give_note_subjects


def names_of(organisation: int) -> list[str]:
    rows = NoteSubject.objects.filter(organisation=organisation).order_by("position")
    return [row.name["en"] for row in rows]


def test_who_has_none_gets_the_defaults_and_who_has_some_keeps_them(cast: Cast) -> None:
    given = names_of(cast.larkfield.pk)
    NoteSubject.objects.filter(organisation__in=(cast.larkfield, cast.brightwater)).delete()
    own = NoteSubject.objects.create(organisation=cast.brightwater, name={"en": "Dock"}, is_active=False)
    for _twice in range(2):
        give_note_subjects(apps, None)
        assert names_of(cast.larkfield.pk) == given
        assert list(NoteSubject.objects.filter(organisation=cast.brightwater)) == [own]
        assert names_of(cast.tamarack.pk) == []
    assert given
