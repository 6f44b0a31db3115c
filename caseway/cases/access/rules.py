"""The table of roles as a table: which operation needs what of whom, and in which status.

`demand` is asked by every action; `offered` by pages and API, so that what is forbidden is
never offered and what is offered is never refused, but for somebody who was quicker.
"""

from dataclasses import dataclass
from enum import Enum

from django.utils.translation import gettext as _

from caseway.accounts.permissions import Permission
from caseway.accounts.viewer import Viewer
from caseway.cases.models import Case, Side
from caseway.cases.status import ACTIVE, SOLVED, Status
from caseway.cases.types import Sharing
from caseway.core.errors import Conflict, NotAllowed


class Operation(Enum):
    """What can be done to a case."""

    COMMENT = "comment"
    NOTE = "note"
    RECORD = "record"
    FOLLOW = "follow"
    URGE = "urge"
    LINK = "link"
    CLAIM = "claim"
    ASSIGN = "assign"
    RELEASE = "release"
    EDIT = "edit"
    UPGRADE = "upgrade"
    SUSPEND = "suspend"
    RESUME = "resume"
    CLOSE = "close"
    CANCEL = "cancel"
    WITHDRAW = "withdraw"
    REOPEN = "reopen"
    MERGE = "merge"
    UNMERGE = "unmerge"
    SPLIT = "split"
    WATCHERS = "watchers"
    SUBSCRIPTIONS = "subscriptions"
    ADD_PARTNER = "add_partner"
    TASKS = "tasks"
    WORK_OFF = "work_off"


@dataclass(frozen=True)
class Rule:
    """Who may, and in which statuses.

    `agents`: every agent who sees the case. `permission`: agents whose role has it. The owner of
    the side and leads may everything but the internal record, which leads need a permission for.
    `claimed`: where policy says so, agents work only on what somebody at their side owns.
    """

    statuses: frozenset[Status]
    agents: bool = False
    permission: Permission | None = None
    contact: bool = False
    leads: bool = True
    claimed: bool = False


ANY = frozenset(Status)
NOT_MERGED = ANY - {Status.MERGED}
RESTING = frozenset({Status.ON_HOLD})

RULES: dict[Operation, Rule] = {
    Operation.COMMENT: Rule(NOT_MERGED, agents=True, contact=True, claimed=True),
    Operation.NOTE: Rule(ANY, agents=True),
    Operation.RECORD: Rule(ANY, permission=Permission.RECORDS, leads=False),
    Operation.FOLLOW: Rule(ANY, agents=True),
    Operation.URGE: Rule(ACTIVE, agents=True),
    Operation.LINK: Rule(ANY, agents=True),
    Operation.CLAIM: Rule(ACTIVE, agents=True),
    Operation.ASSIGN: Rule(ACTIVE, permission=Permission.ASSIGN),
    Operation.RELEASE: Rule(ACTIVE, permission=Permission.ASSIGN),
    Operation.EDIT: Rule(ACTIVE, permission=Permission.EDIT, claimed=True),
    Operation.UPGRADE: Rule(ACTIVE, permission=Permission.UPGRADE, claimed=True),
    Operation.SUSPEND: Rule(ACTIVE - RESTING, permission=Permission.SUSPEND, claimed=True),
    Operation.RESUME: Rule(RESTING, permission=Permission.SUSPEND, claimed=True),
    Operation.CLOSE: Rule(ACTIVE, permission=Permission.CLOSE, claimed=True),
    Operation.CANCEL: Rule(ACTIVE, claimed=True),
    Operation.WITHDRAW: Rule(ACTIVE, contact=True, leads=False),
    Operation.REOPEN: Rule(SOLVED - {Status.MERGED}, permission=Permission.CLOSE, contact=True),
    Operation.MERGE: Rule(ACTIVE, permission=Permission.MERGE, claimed=True),
    Operation.UNMERGE: Rule(frozenset({Status.MERGED}), permission=Permission.MERGE),
    Operation.SPLIT: Rule(ANY, permission=Permission.MERGE, claimed=True),
    Operation.WATCHERS: Rule(ANY, permission=Permission.WATCHERS),
    # As they may write to anybody who takes part, and let new addresses in.
    Operation.SUBSCRIPTIONS: Rule(ANY, agents=True),
    Operation.ADD_PARTNER: Rule(ACTIVE, permission=Permission.PARTNER, claimed=True),
    Operation.TASKS: Rule(ACTIVE, agents=True),
    # What was left to do when the case was solved may still be taken, done or cancelled.
    Operation.WORK_OFF: Rule(NOT_MERGED, agents=True),
}


def may(viewer: Viewer, operation: Operation, side: Side | None) -> bool:
    """Whether the viewer's role lets them, whatever the status. `side` is theirs (None for contacts)."""
    rule = RULES[operation]
    if viewer.is_contact:
        return rule.contact
    if not viewer.is_agent or side is None or side.organisation_id != viewer.organisation_id:
        return False
    if operation is Operation.WITHDRAW:
        return False
    if operation is Operation.CLAIM:
        return side.owner_id is None
    owns = side.owner_id == viewer.person_id
    able = rule.permission is not None and viewer.has(rule.permission)
    return rule.agents or owns or able or (rule.leads and viewer.has(Permission.LEAD))


def fits(operation: Operation, case: Case) -> bool:
    """Whether the case's status lets it happen.

    A merged case is silent, but for one whose customer isn't the survivor's: they still talk with us here.
    """
    if operation is Operation.COMMENT and case.status == Status.MERGED:
        return case.speaks_for_itself
    return Status(case.status) in RULES[operation].statuses


def awaits_claim(viewer: Viewer, operation: Operation, case: Case, side: Side | None) -> bool:
    """Whether policy wants somebody at the viewer's side to own the case before this is done.

    What is solved can't be claimed, so nothing there waits for it.
    """
    if not viewer.is_agent or side is None or side.owner_id is not None:
        return False
    needed = viewer.policy.operations_need_claim and RULES[operation].claimed
    return needed and fits(Operation.CLAIM, case)


def demand(viewer: Viewer, operation: Operation, case: Case, side: Side | None) -> None:
    """Go on only if the viewer may and the status allows it.

    Raises NotAllowed or Conflict, with words that say who may or what stands in the way.
    """
    if (
        operation is Operation.CLAIM
        and side is not None
        and side.owner_id is not None
        and fits(operation, case)
    ):
        raise Conflict(_("%(owner)s owns this case already.") % {"owner": side.owner})
    if not may(viewer, operation, side):
        raise NotAllowed(_("Your role does not allow this. The owner of the case or a team lead can do it."))
    if not fits(operation, case):
        raise Conflict(
            _("This can't be done to a case that is “%(status)s”.") % {"status": Status(case.status).label}
        )
    if awaits_claim(viewer, operation, case, side):
        raise Conflict(_("Nobody at your side owns this case. Claim it first."))


def offered(viewer: Viewer, case: Case, side: Side | None) -> frozenset[Operation]:
    """All that the viewer may do to the case as it is now: what menus show and the API lists."""
    able = {operation for operation in Operation if may(viewer, operation, side) and fits(operation, case)}
    able -= {operation for operation in able if awaits_claim(viewer, operation, case, side)}
    if side is not None and side.sharing == Sharing.SHARED:
        able -= {Operation.ADD_PARTNER}  # two organisations take part, and there is no room for a third
    if side is None or side.owner_id in (None, viewer.person_id):
        able -= {Operation.URGE}  # there is nobody, or nobody else, to be urged
    return frozenset(able)
