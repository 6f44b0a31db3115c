"""The control that parts a list: by deadline, by whose court, by owner, or not at all."""

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from caseway.cases.views.shown import Shown


@dataclass(frozen=True)
class Choice:
    """One way to part the list, and the query of the list that is parted so."""

    label: str
    query: str
    current: bool


def groupings_of(shown: Shown) -> list[Choice]:
    """The ways, in their order. By deadline means sorted by it too; another way keeps the order."""
    labels = {"none": _("None"), "deadline": _("Deadline"), "court": _("Whose court"), "owner": _("Owner")}
    return [Choice(label, _query(shown, name), shown.grouped_by == name) for name, label in labels.items()]


def _query(shown: Shown, name: str) -> str:
    wanted = replace(shown.wanted, sort="deadline") if name == "deadline" else shown.wanted
    plain = "deadline" if wanted.sort == "deadline" else "none"
    return replace(shown, wanted=wanted, grouping="" if name == plain else name).query
