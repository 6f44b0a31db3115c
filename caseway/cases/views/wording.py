"""A filter in words: what each field that is in force says."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from caseway.accounts.viewer import Viewer

from .registry import STATUSES

if TYPE_CHECKING:
    from .filters import CaseFilter


@dataclass(frozen=True)
class Worded:
    """One field in force: its parameter, its name with how it is compared, its values as a reader
    knows them.
    """

    name: str
    label: str
    values: list[str]


def worded(wanted: "CaseFilter", viewer: Viewer) -> list[Worded]:
    """The fields in force, the keyword first; a query for each field whose values are rows or people."""
    said = [Worded("keyword", _("Keyword"), [wanted.keyword])] if wanted.keyword else []
    for term in wanted.terms:
        label = term.operator.of(term.field.label_for(viewer))
        said.append(Worded(term.parameter, label, term.field.words(term.values, viewer)))
    return said


def status_label(name: str) -> str:
    """A status, or a group of them, as its reader knows it."""
    return str(STATUSES[name])
