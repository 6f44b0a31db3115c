"""What a row of a list may be."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from caseway.accounts.viewer import Viewer
from caseway.cases.models import Category, Priority
from caseway.core.errors import Conflict, Invalid
from caseway.core.text import clean_line

from .kinds import ListKind

LANGUAGES = frozenset(code for code, _name in settings.LANGUAGES)
MOST = 200
"""Rows of one list, or items of one topic: more can't be chosen from."""


def checked_names(kind: ListKind, names: Mapping[str, str]) -> Any:
    """The name as it is stored: by language, empty ones left out, or one word. Raises Invalid at `name`."""
    written = {
        language: line for language, text in names.items() if (line := clean_line(text, kind.longest + 1))
    }
    unknown = set(written) - LANGUAGES
    if unknown:
        known = {"name": ", ".join(sorted(unknown)), "known": ", ".join(sorted(LANGUAGES))}
        raise Invalid({"name": _("“%(name)s” is no language of Caseway. Known: %(known)s") % known})
    if not written:
        raise Invalid({"name": _("Write a name, in one language at least.")})
    if any(len(line) > kind.longest for line in written.values()):
        words = _("Keep the name under %(limit)s characters.")
        raise Invalid({"name": words % {"limit": kind.longest + 1}})
    if kind.by_language:
        return written
    word = written.get(get_language() or "en") or next(iter(written.values()))
    if "," in word:
        raise Invalid({"name": _("A tag has no comma: commas stand between tags.")})
    return word.lower()


def checked_values(kind: ListKind, row: Any, values: Mapping[str, Any], by: Viewer) -> dict[str, Any]:
    """What to store of the fields that were given. Raises Invalid with all that is wrong of them."""
    found: dict[str, Any] = {}
    wrong: dict[str, str] = {}
    for one in kind.fields:
        if one.name not in values or (one.lasting and values[one.name] in (one.plain(row), None)):
            continue
        try:
            found[one.name] = one.checked(values[one.name], by)
        except Invalid as invalid:
            wrong |= invalid.errors
        if one.lasting and one.name in found:
            wrong[one.name] = _("This can't be changed any more. Add another one instead.")
    if wrong:
        raise Invalid(wrong)
    return found


def check_state(kind: ListKind, row: Any) -> None:
    """Refuse what makes no sense together: items without a type, a default that is switched off."""
    if isinstance(row, Category):
        _check_category(row)
    if isinstance(row, Priority) and row.is_default and not row.is_active:
        raise Conflict(_("New cases have “%(name)s”. Choose another default first.") % {"name": row.label})


def _check_category(row: Category) -> None:
    if row.parent is not None and not row.case_type:
        raise Invalid({"case_type": _("An item needs a case type.")})
    if row.parent is None and row.case_type:
        raise Invalid({"case_type": _("A topic has no type of its own: its items have.")})


def refuse_twin(kind: ListKind, row: Any) -> None:
    """Refuse a tag that is there already, and a list that nobody could read. Raises Invalid, Conflict."""
    rows = kind.model.objects.filter(organisation=row.organisation_id).exclude(pk=row.pk)
    if not kind.by_language and rows.filter(name=row.name).exists():
        raise Invalid({"name": _("“%(name)s” is in the list already.") % {"name": row.name}})
    if row.pk is None and rows.count() >= MOST:
        raise Conflict(_("A list has %(most)s rows at most. Remove some that nothing uses.") % {"most": MOST})
