"""A bulk operation as its pages show it: how far, what came of it, what can be done now."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from caseway.accounts.viewer import Viewer
from caseway.cases.models import Bulk, BulkCase

from .actions import is_undoable
from .queries import TROUBLED, Line, Progress, progress_of, report_of, told_of, unseen_among
from .wording import outcome, words_for

State, Of = Bulk.State, BulkCase.State
SHOWN = 200


@dataclass(frozen=True)
class Shown:
    """One bulk operation before its asker."""

    bulk: Bulk
    viewer: Viewer

    @cached_property
    def progress(self) -> Progress:
        """How far it is."""
        return progress_of(self.bulk)

    @property
    def title(self) -> str:
        """What is done, to how many."""
        return words_for(self.bulk.operation, self.progress.total or 0).heading

    @cached_property
    def told(self) -> str:
        """The new owner, team, type … in words."""
        return told_of(self.bulk, self.viewer)

    @property
    def outcome(self) -> str:
        """What became of it so far."""
        return outcome(self.bulk, self.progress)

    @property
    def is_being_undone(self) -> bool:
        """Whether the bar tells of setting back."""
        return self.bulk.state == State.UNDOING

    @property
    def passed(self) -> int | None:
        """How many cases are through; None while nobody knows how many there are."""
        if self.progress.total is None:
            return None
        return self.progress.set_back if self.is_being_undone else self.progress.passed

    @property
    def whole(self) -> int:
        """How many there are to go through."""
        if self.is_being_undone:
            return self.progress.of(Of.DONE, Of.UNDONE, Of.LEFT)
        return self.progress.total or 1

    @property
    def may_cancel(self) -> bool:
        """Whether it can be stopped."""
        return self.bulk.state in (State.WAITING, State.RUNNING)

    @property
    def may_undo(self) -> bool:
        """Whether something can be set back."""
        return is_undoable(self.bulk) and self.progress.of(Of.DONE) > 0

    @property
    def may_retry(self) -> bool:
        """Whether some cases are left to be tried."""
        over = self.bulk.state in (State.DONE, State.CANCELLED)
        return over and self.progress.of(Of.FAILED, Of.WAITING) > 0

    @property
    def has_trouble(self) -> bool:
        """Whether some cases could not be done, or set back."""
        return self.progress.of(*TROUBLED) > 0

    @cached_property
    def troubled(self) -> Sequence[Line]:
        """Those cases, with what stood in the way; the first `SHOWN`."""
        return report_of(self.bulk, self.viewer, *TROUBLED, most=SHOWN) if self.has_trouble else ()

    @cached_property
    def unseen(self) -> int:
        """How many of them the asker can't see any more."""
        return unseen_among(self.bulk, self.viewer, *TROUBLED) if self.has_trouble else 0
