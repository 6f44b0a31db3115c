"""Bulk operations in words."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from caseway.cases.models import Bulk, BulkCase

from .queries import Progress

State = BulkCase.State


@dataclass(frozen=True)
class Words:
    """What the dialog of an operation says. `warning` is what can't be taken back."""

    heading: str
    confirm: str
    lead: str = ""
    warning: str = ""


def words_for(operation: str, n: int) -> Words:
    """The words of the dialog for `n` cases."""
    merged = _("Their messages are reachable from the case that goes on, each only for who could read it.")
    table = {
        Bulk.Operation.CLAIM: Words(
            ngettext("Claim %(n)s case", "Claim %(n)s cases", n),
            _("Claim"),
            _("Those that somebody owns stay with them."),
        ),
        Bulk.Operation.ASSIGN: Words(
            ngettext("Assign or transfer %(n)s case", "Assign or transfer %(n)s cases", n), _("Transfer")
        ),
        Bulk.Operation.TEAM: Words(
            ngettext("Give %(n)s case to a team", "Give %(n)s cases to a team", n),
            _("Give to the team"),
            _("Their owners let go of them."),
        ),
        Bulk.Operation.TYPE: Words(
            ngettext("Set the type of %(n)s case", "Set the type of %(n)s cases", n), _("Set the type")
        ),
        Bulk.Operation.TAG: Words(
            ngettext("Add tags to %(n)s case", "Add tags to %(n)s cases", n), _("Add the tags")
        ),
        Bulk.Operation.PRIORITY: Words(
            ngettext("Set the priority of %(n)s case", "Set the priority of %(n)s cases", n),
            _("Set the priority"),
        ),
        Bulk.Operation.CLOSE: Words(
            ngettext("Close %(n)s case", "Close %(n)s cases", n),
            ngettext("Close the case", "Close the cases", n),
            _("They are solved for everyone on them."),
            _("Customers are told by mail at once, which can't be taken back. All the rest can be undone."),
        ),
        Bulk.Operation.FOLLOW: Words(ngettext("Follow %(n)s case", "Follow %(n)s cases", n), _("Follow")),
        Bulk.Operation.MERGE: Words(
            ngettext("Merge %(n)s case into one", "Merge %(n)s cases into one", n), _("Merge"), merged
        ),
    }
    words = table[Bulk.Operation(operation)]
    return Words(words.heading % {"n": n}, words.confirm, words.lead, words.warning)


def outcome(bulk: Bulk, progress: Progress) -> str:
    """What became of it so far, as one sentence or two."""
    if bulk.state in (Bulk.State.UNDOING, Bulk.State.UNDONE):
        n = progress.of(State.UNDONE)
        words = ngettext("%(n)s case is set back.", "%(n)s cases are set back.", n) % {"n": n}
        return _and(words, _left(progress.of(State.LEFT)))
    n = progress.of(State.DONE)
    return _and(_done(bulk.operation, n), _failed(progress.of(State.FAILED)))


def _done(operation: str, n: int) -> str:
    table = {
        Bulk.Operation.CLAIM: ngettext("%(n)s case is yours.", "%(n)s cases are yours.", n),
        Bulk.Operation.ASSIGN: ngettext("%(n)s case has a new owner.", "%(n)s cases have a new owner.", n),
        Bulk.Operation.TEAM: ngettext(
            "%(n)s case is in the team's queue.", "%(n)s cases are in the team's queue.", n
        ),
        Bulk.Operation.CLOSE: ngettext("%(n)s case is closed.", "%(n)s cases are closed.", n),
        Bulk.Operation.FOLLOW: ngettext("You follow %(n)s case.", "You follow %(n)s cases.", n),
        Bulk.Operation.MERGE: ngettext("%(n)s case is merged.", "%(n)s cases are merged.", n),
    }
    other = ngettext("%(n)s case is changed.", "%(n)s cases are changed.", n)
    return table.get(Bulk.Operation(operation), other) % {"n": n}


def _failed(n: int) -> str:
    return ngettext("%(n)s could not be done.", "%(n)s could not be done.", n) % {"n": n} if n else ""


def _left(n: int) -> str:
    words = ngettext("%(n)s was changed since and is left.", "%(n)s were changed since and are left.", n)
    return words % {"n": n} if n else ""


def _and(*sentences: str) -> str:
    return " ".join(filter(None, sentences))
