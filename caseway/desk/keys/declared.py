"""Every key of the desk, declared once.

Templates name a key by what it does (`key=key_of("close")`), so that what a button, a title, a menu,
the foot of a list and the list of keys show is what the browser listens to.
"""

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    # Comes with the tools of development only.
    from django_stubs_ext import StrOrPromise


class Scope(Enum):
    """Where a key works; the value is what a page has to hold for it, as a CSS selector."""

    ANYWHERE = ""
    LIST = "cw-list"
    CASE = "main.case"
    WRITING = "cw-composer"
    BOARD = "cw-board"
    GO = ".sidebar"


SCOPES: dict[Scope, "StrOrPromise"] = {
    Scope.ANYWHERE: _("Anywhere"),
    Scope.LIST: _("In a list of cases"),
    Scope.CASE: _("On a case"),
    Scope.WRITING: _("Writing"),
    Scope.BOARD: _("On the board of tasks"),
    Scope.GO: _("Go to"),
}
"""In the order of the list of keys."""


@dataclass(frozen=True)
class Key:
    """One key: its name in templates, what is pressed, what that does, and where it works.

    `press` is one press ("e", "Shift+N"), two in turn ("g i") or two together ("Ctrl+K").
    `is_own` says that the page itself answers it, with no button or link of its own.
    """

    name: str
    press: str
    words: "StrOrPromise"
    scope: Scope
    also: str = ""
    is_own: bool = False

    @property
    def caps(self) -> list[str]:
        """What stands on the keys, one after the other."""
        return self.press.replace("+", " ").split() + self.also.split()


_A, _L, _C, _W, _B, _G = Scope.ANYWHERE, Scope.LIST, Scope.CASE, Scope.WRITING, Scope.BOARD, Scope.GO
KEYS = (
    Key("palette", "Ctrl+K", _("Commands, cases, places"), _A, is_own=True),
    Key("search", "/", _("Search"), _A),
    Key("new_case", "c", _("New case"), _A),
    Key("keys", "?", _("All keys"), _A),
    Key("leave", "Esc", _("Clear, close"), _A, is_own=True),
    Key("next_row", "j", _("Next case"), _L),
    Key("previous_row", "k", _("Previous case"), _L),
    Key("open", "o", pgettext_lazy("command", "Open"), _L, also="Enter"),
    Key("select", "x", _("Select"), _L),
    Key("assign_selected", "a", _("Transfer what is selected"), _L),
    Key("follow_selected", "f", _("Follow what is selected"), _L),
    Key("close_selected", "e", _("Close what is selected"), _L),
    Key("next_case", "j", _("Next case of the view"), _C),
    Key("previous_case", "k", _("Previous case of the view"), _C),
    Key("claim", "t", _("Take: claim the case"), _C),
    Key("assign", "a", _("Assign, transfer"), _C),
    Key("follow", "f", _("Follow"), _C),
    Key("urge", "u", _("Urge"), _C),
    Key("suspend", "s", _("Suspend"), _C),
    Key("merge", "m", _("Merge"), _C),
    Key("close", "e", pgettext_lazy("command", "Close"), _C),
    Key("reply", "r", _("Reply to the customer"), _W),
    Key("partner", "p", _("Write to the partner"), _W),
    Key("note", "n", _("Team note"), _W),
    Key("record", "Shift+N", _("Internal record"), _W),
    Key("send", "Ctrl+Enter", _("Send; confirm a dialog"), _W, is_own=True),
    Key("undo", "z", _("Take back what was just sent"), _W),
    Key("next_card", "Arrows", _("From card to card"), _B, is_own=True),
    Key("move_card", "Shift+Arrows", _("Move the card"), _B, is_own=True),
    Key("go_new", "g i", _("New cases"), _G),
    Key("go_my_active", "g m", _("My active cases"), _G),
    Key("go_my_watched", "g w", _("My watched cases"), _G),
    Key("go_all_active", "g t", _("All active cases"), _G),
    Key("go_recent_responses", "g r", _("Recent responses"), _G),
    Key("go_all", "g a", _("All cases"), _G),
    Key("go_todo", "g d", _("To do"), _G),
    Key("go_notices", "g n", _("Notifications"), _G),
)
_PRESSES = {key.name: key.press for key in KEYS}


def key_of(name: str) -> str:
    """What is pressed for this; raises KeyError for a key that nobody declared."""
    return _PRESSES[name]


def keys_of(scope: Scope) -> list[Key]:
    """The keys that work there, in their order."""
    return [key for key in KEYS if key.scope is scope]
