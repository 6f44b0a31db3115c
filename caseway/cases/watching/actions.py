"""Following a case, oneself or by a colleague's hand."""

from django.utils.translation import gettext as _

from caseway.accounts.models import Membership, Person
from caseway.accounts.viewer import Viewer
from caseway.cases import copies
from caseway.cases.access.locking import Locked, lock_for
from caseway.cases.access.rules import Operation
from caseway.cases.history.actions import SeenBy, record
from caseway.cases.history.events import WatcherChanged
from caseway.cases.models import Case, Watch
from caseway.core.errors import Invalid, NotAllowed
from caseway.core.transactions import action


@action
def follow(case: Case, *, by: Viewer) -> Case:
    """Become a watcher; twice is the same."""
    return _set(lock_for(by, Operation.FOLLOW, case), by, by.person, watches=True)


@action
def unfollow(case: Case, *, by: Viewer) -> Case:
    """Stop following; twice is the same."""
    return _set(lock_for(by, Operation.FOLLOW, case), by, by.person, watches=False)


@action
def add_watcher(case: Case, *, by: Viewer, person: Person) -> Case:
    """Let a colleague follow. Raises Invalid at `watcher` for anybody else."""
    locked = lock_for(by, Operation.WATCHERS, case)
    seats = Membership.objects.filter(organisation=by.organisation_id, is_active=True)
    if not seats.filter(person=person).exists():
        raise Invalid({"watcher": _("Only colleagues can follow a case.")})
    return _set(locked, by, person, watches=True)


@action
def remove_watcher(case: Case, *, by: Viewer, person: Person) -> Case:
    """Let a colleague follow no longer."""
    return _set(lock_for(by, Operation.WATCHERS, case), by, person, watches=False)


def _set(locked: Locked, by: Viewer, person: Person | None, *, watches: bool) -> Case:
    side = locked.own_side(by)
    if person is None:
        raise NotAllowed(_("Sign in to follow a case."))
    rows = Watch.objects.filter(case=locked.case, person=person, organisation=by.organisation_id)
    if rows.exists() == watches:
        return locked.case
    if watches:
        Watch.objects.create(case=locked.case, person=person, organisation_id=side.organisation_id)
    else:
        rows.delete()
    copies.touch([side])
    event = WatcherChanged(watcher_person_id=person.pk, removed=not watches)
    record(locked.case, event, by, SeenBy.ORGANISATION)
    return locked.case
