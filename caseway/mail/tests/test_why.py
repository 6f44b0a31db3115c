"""Reasons of mails are stored by name and told in the reader's language."""

from importlib import import_module

import pytest
from django.apps import apps
from django.utils import translation
from django.utils.translation import trans_real

from caseway.mail.models import RawMail, Why


def stored(detail: str, why: str = "") -> RawMail:
    return RawMail.objects.create(
        content=b"", size=0, content_hash=(detail + why)[:64], why=why, detail=detail
    )


def test_a_reader_reads_it_in_their_language(monkeypatch: pytest.MonkeyPatch):
    mail = RawMail(why=Why.UNREACHABLE, detail="50%@x.example")
    vietnamese = {"%(detail)s can't be reached.": "Không tới được %(detail)s."}
    monkeypatch.setattr(
        trans_real.DjangoTranslation, "gettext", lambda catalogue, text: vietnamese.get(text, text)
    )
    with translation.override("vi"):
        assert mail.reason == "Không tới được 50%@x.example."
    monkeypatch.undo()
    assert mail.reason == "50%@x.example can't be reached."


def test_what_was_only_mended_is_told_as_it_stands():
    assert RawMail(detail="subject-cut, headers-cut").reason == "subject-cut, headers-cut"
    assert RawMail().reason == ""


@pytest.mark.parametrize("why", Why)
def test_every_reason_takes_its_detail(why: Why):
    assert "%" not in why.told("kim@orchid.example")
    assert ("kim@orchid.example" in why.told("kim@orchid.example")) == ("%(detail)s" in str(why.label))


@pytest.mark.django_db
@pytest.mark.parametrize("why", [why for why in Why if why is not Why.REFUSED])
def test_reasons_that_were_kept_as_words_get_their_names(why: Why):
    mail, other = stored(why.told("Ana O'Neill")), stored("subject-cut")
    import_module("caseway.mail.migrations.0003_reasons_by_name").name_reasons(apps, None)
    mail.refresh_from_db()
    other.refresh_from_db()
    assert (mail.why, mail.reason) == (why, why.told("Ana O'Neill"))
    assert (other.why, other.reason) == ("", "subject-cut")
