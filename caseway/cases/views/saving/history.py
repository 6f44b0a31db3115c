"""What others changed about a view since somebody read it, from the organisation's log."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from caseway.accounts.models import AuditEntry
from caseway.accounts.viewer import Viewer
from caseway.cases.models import SavedView
from caseway.cases.views.columns import COLUMNS, label_of
from caseway.core.errors import Invalid

from .events import SavedViewChanged
from .queries import filter_from

MOST = 20
"""Changes that are told; who comes after more reads what is stored."""


@dataclass(frozen=True)
class Change:
    """One thing that somebody changed, in words."""

    label: str
    before: str
    after: str


def changes_since(saved: SavedView, version: int, viewer: Viewer) -> list[Change]:
    """What was changed after this version was read, the first first; one query."""
    n = min(max(saved.version - version, 0), MOST)
    entries = AuditEntry.objects.filter(
        organisation=viewer.organisation_id,
        kind=SavedViewChanged.kind,
        payload__saved_view_id=saved.pk,
        payload__change="changed",
    ).order_by("-pk")[:n]
    return [one for entry in reversed(entries) for one in _told(entry, viewer)]


def _told(entry: AuditEntry, viewer: Viewer) -> Iterator[Change]:
    labels = {
        "name": _("Name"),
        "team": _("For"),
        "filter": _("Filter"),
        "columns": _("Columns"),
        "grouping": _("Grouping"),
    }
    for name, (before, after) in entry.changes.items():
        yield Change(labels[name], _in_words(name, before, viewer), _in_words(name, after, viewer))


def _in_words(name: str, value: str | None, viewer: Viewer) -> str:
    if name == "filter":
        try:
            return filter_from(value or "").sentence(viewer)
        except Invalid:
            return value or ""
    if name == "columns":
        names = (value or "").split(", ")
        return ", ".join(label_of(one, viewer) for one in names if one in COLUMNS) or _("as usual")
    return value or _("none")
