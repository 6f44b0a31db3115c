"""What can be done to a case, as buttons and menu entries: only what the table of roles offers."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from caseway.cases.access.rules import Operation
from caseway.cases.models import Side
from caseway.cases.types import Sharing
from caseway.desk.keys.declared import key_of

if TYPE_CHECKING:
    # Comes with the tools of development only.
    from django_stubs_ext import StrOrPromise

HIGHEST_LEVEL = 3


class How(Enum):
    """Whether a press asks first (a dialog) or does it at once."""

    ASKS = "asks"
    ACTS = "acts"


@dataclass(frozen=True)
class Deed:
    """One thing to do. `group` parts the menu; `prominent` puts it into the head of the page too."""

    key: str
    operation: Operation
    label: "StrOrPromise"
    icon: str
    address: str
    how: How
    group: int
    shortcut: str = ""
    prominent: bool = False
    bad: bool = False
    more: str = ""


@dataclass(frozen=True)
class Offer:
    """A deed for one case: with its address, and for a switch whether it is on."""

    deed: Deed
    url: str
    pressed: bool | None = None

    @property
    def asks(self) -> bool:
        """Whether a dialog comes first."""
        return self.deed.how is How.ASKS


_ASKS, _ACTS, _O = How.ASKS, How.ACTS, Operation
DEEDS = (
    Deed("claim", _O.CLAIM, _("Claim"), "claim", "claim", _ACTS, 1, key_of("claim"), prominent=True),
    Deed("assign", _O.ASSIGN, _("Assign"), "transfer", "owner", _ASKS, 1, key_of("assign")),
    Deed(
        "transfer", _O.ASSIGN, _("Transfer"), "transfer", "owner", _ASKS, 1, key_of("assign"), prominent=True
    ),
    Deed("team", _O.ASSIGN, _("Give to a team"), "users", "team", _ASKS, 1),
    Deed("release", _O.RELEASE, _("Release"), "exit", "release", _ASKS, 1),
    Deed("follow", _O.FOLLOW, _("Follow"), "eye", "watch", _ACTS, 1, key_of("follow"), prominent=True),
    Deed("unfollow", _O.FOLLOW, _("Following"), "eye", "watch", _ACTS, 1, key_of("follow"), prominent=True),
    Deed("urge", _O.URGE, _("Urge the owner"), "bell", "urge", _ACTS, 1, key_of("urge")),
    Deed("urge_by", _O.URGE, _("Urge the owner"), "bell", "urge", _ASKS, 1, key_of("urge")),
    Deed("upgrade", _O.UPGRADE, _("Upgrade"), "upgrade", "level", _ASKS, 1, more="to=up"),
    Deed("downgrade", _O.UPGRADE, _("Downgrade"), "downgrade", "level", _ASKS, 1, more="to=down"),
    Deed("suspend", _O.SUSPEND, _("Suspend"), "pause", "suspension", _ASKS, 2, key_of("suspend")),
    Deed("resume", _O.RESUME, _("Resume"), "undo", "resumption", _ACTS, 2, prominent=True),
    Deed("merge", _O.MERGE, _("Merge with another case"), "merge", "merge", _ASKS, 2, key_of("merge")),
    Deed("separate", _O.UNMERGE, _("Undo the merge"), "undo", "separation", _ASKS, 2, prominent=True),
    Deed("split", _O.SPLIT, _("Split messages into a new case"), "merge", "split", _ASKS, 2),
    Deed("link", _O.LINK, _("Link another case"), "link", "links", _ASKS, 2),
    Deed("partner", _O.ADD_PARTNER, _("Add a partner"), "truck", "partner", _ASKS, 2),
    Deed("cancel", _O.CANCEL, _("Cancel the case"), "ban", "cancellation", _ASKS, 3, bad=True),
    Deed("close", _O.CLOSE, _("Close"), "done", "closure", _ASKS, 3, key_of("close"), prominent=True),
    Deed("reopen", _O.REOPEN, _("Reopen"), "undo", "reopening", _ASKS, 3, prominent=True),
)
OF_STATUS = ("suspend", "resume", "close", "reopen", "cancel", "separate")
"""What the menu of the status itself holds."""


def offers_for(side: Side, offered: Iterable[Operation], *, follows: bool, query: str) -> list[Offer]:
    """The deeds in the order of the menu. `query` is the list's, kept in every address."""
    can = frozenset(offered)
    senseless = _senseless(side, follows=follows)
    fitting = [deed for deed in DEEDS if deed.operation in can and deed.key not in senseless]
    return [Offer(deed, _url(deed, side.number, query), _pressed(deed)) for deed in fitting]


def _senseless(side: Side, *, follows: bool) -> set[str]:
    """Twins of which only one fits this case, and steps that lead nowhere."""
    owned = side.owner_id is not None
    found = {"assign"} if owned else {"transfer", "release"}
    found.add("follow" if follows else "unfollow")
    if side.sharing != Sharing.INTERNAL:
        found.add("partner")  # two organisations take part at most
    policy = side.organisation.policy
    found.add("urge" if policy.urging_by_mail and policy.urging_by_sms else "urge_by")
    if side.level == 0:
        found.add("downgrade")
    if side.level == HIGHEST_LEVEL:
        found.add("upgrade")
    return found


def _pressed(deed: Deed) -> bool | None:
    return deed.key == "unfollow" if deed.operation is Operation.FOLLOW else None


def _url(deed: Deed, number: str, query: str) -> str:
    parts = [part for part in (query, deed.more) if part]
    return reverse(f"desk:{deed.address}", args=[number]) + (f"?{'&'.join(parts)}" if parts else "")
