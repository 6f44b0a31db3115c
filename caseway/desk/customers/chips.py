"""The filters above the list of an account's cases."""

from dataclasses import replace

from django.utils.translation import gettext as _

from caseway.accounts.viewer import Viewer
from caseway.cases.creation.choices import priorities_for
from caseway.cases.views.filters import CaseFilter
from caseway.cases.views.registry import GROUPS
from caseway.cases.views.wording import status_label
from caseway.desk.queue.chips import (
    Choice,
    FilterChip,
    further_chips,
    of_choices,
    of_dates,
    of_text,
    types_of,
)


def chips_for(wanted: CaseFilter, viewer: Viewer) -> list[FilterChip]:
    """The chips in their order; one query, for the priorities."""
    offered = [
        of_choices("status", _("Status"), _open_or_closed(wanted), wanted),
        of_choices("type", _("Type"), types_of(wanted), wanted),
        of_choices("priority", _("Priority"), _priorities(wanted, viewer), wanted),
        of_text("tag", _("Tag"), ", ".join(wanted.values("tag")), wanted),
        of_dates("created", _("Raised"), wanted),
        of_dates("deadline", _("Deadline"), wanted),
    ]
    return offered + further_chips(replace(wanted, keyword=""), viewer, offered)


def _open_or_closed(wanted: CaseFilter) -> list[Choice]:
    words = {"active": _("Open"), "solved": _("Closed")}
    exact = [Choice(name, status_label(name), True) for name in wanted.values("status") if name not in GROUPS]
    return [Choice(name, words[name], name in wanted.values("status")) for name in GROUPS] + exact


def _priorities(wanted: CaseFilter, viewer: Viewer) -> list[Choice]:
    offered = priorities_for(viewer)
    known = {key for key, _label in offered}
    gone = [(key, key) for key in wanted.values("priority") if key not in known]
    return [Choice(key, label, key in wanted.values("priority")) for key, label in [*offered, *gone]]
