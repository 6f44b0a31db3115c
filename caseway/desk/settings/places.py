"""Every page of the settings, by group: a new one is a line here."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from caseway.accounts.permissions import Permission
from caseway.accounts.viewer import Viewer
from caseway.cases.lists.kinds import KINDS


@dataclass(frozen=True)
class Place:
    """One page: its address, what it is called, what it is for, and who comes in (None: every agent)."""

    route: str
    icon: str
    title: Promise
    sentence: Promise
    permission: Permission | None = Permission.SETTINGS
    arguments: tuple[str, ...] = ()

    @property
    def url(self) -> str:
        """Its address."""
        return reverse(f"desk:{self.route}", args=self.arguments)

    def fits(self, words: str) -> bool:
        """Whether every one of the words stands in its title or sentence."""
        text = f"{self.title} {self.sentence}".lower()
        return all(word in text for word in words.lower().split())


@dataclass(frozen=True)
class Group:
    """Pages that belong together."""

    title: Promise
    places: Sequence[Place]


ICONS = {
    "priorities": "upgrade",
    "categories": "layers",
    "reasons": "check",
    "contact-methods": "chat",
    "note-subjects": "snippet",
    "tags": "tag",
    "task-types": "check",
}
LISTS = {
    kind.key: Place("list", ICONS[kind.key], kind.title, kind.sentence, arguments=(kind.key,))
    for kind in KINDS
}

GROUPS = (
    Group(
        _("Cases"),
        [
            LISTS["categories"],
            LISTS["priorities"],
            LISTS["reasons"],
            LISTS["contact-methods"],
            LISTS["note-subjects"],
            LISTS["task-types"],
            LISTS["tags"],
        ],
    ),
    Group(
        _("Answers and customers"),
        [
            Place(
                "guides",
                "book",
                _("Guides"),
                _("What customers read before they raise a case, and agents put into answers."),
                None,
            ),
            Place(
                "canned_answers",
                "reply",
                _("Canned answers"),
                _("Texts with variables that agents put into messages: their own, a team's, everybody's."),
                None,
            ),
            Place(
                "brands",
                "image",
                _("Brands"),
                _("Name, colour, logo, portal address and sender of each face that customers see."),
            ),
        ],
    ),
    Group(
        _("Mail"),
        [
            Place(
                "mails",
                "mail",
                _("Mail"),
                _("What came in, and what became of it; senders blocked, addresses undeliverable."),
            ),
        ],
    ),
    Group(
        _("People"),
        [
            Place(
                "people",
                "user",
                _("People"),
                _("Who sits at your desk: invite, give roles and teams, switch off, end sessions."),
                Permission.PEOPLE,
            ),
            Place(
                "teams", "users", _("Teams"), _("Who shares a queue, who leads it, and in which time zone.")
            ),
            Place(
                "roles",
                "key",
                _("Roles"),
                _("What people may do, as sets of permissions."),
                Permission.PEOPLE,
            ),
            Place(
                "protection",
                "lock",
                _("Second factor"),
                _("Who signs in with a second factor; reset one that was lost."),
                Permission.PEOPLE,
            ),
        ],
    ),
    Group(
        _("Rules of the house"),
        [
            Place(
                "reminders",
                "bell",
                _("Reminders"),
                _("Who is told, by e-mail, before a deadline expires and once it has."),
            ),
            Place(
                "partnerships",
                "building",
                _("Partnerships"),
                _("With which companies you may share cases, and your addresses for their messages."),
            ),
            Place(
                "policies",
                "sliders",
                _("Policies"),
                _("How you work: who sees what, closing and reopening, files and their limits."),
            ),
            Place(
                "audit_log",
                "clock",
                _("Audit log"),
                _("Who changed what, and when: settings, people, brands, customers' access."),
            ),
        ],
    ),
)


def groups_for(viewer: Viewer, words: str = "") -> list[Group]:
    """The groups with the pages that the viewer may open, of those only what fits the words."""
    shown = (
        Group(group.title, [place for place in group.places if _is_open(place, viewer) and place.fits(words)])
        for group in GROUPS
    )
    return [group for group in shown if group.places]


def has_settings(viewer: Viewer) -> bool:
    """Whether there is anything to set for the viewer, beyond what every agent may read."""
    return viewer.has(Permission.SETTINGS) or viewer.has(Permission.PEOPLE)


def _is_open(place: Place, viewer: Viewer) -> bool:
    return place.permission is None or viewer.has(place.permission)
