"""The viewer: who is looking, from which seat. Everything shown is asked of `visible_to(viewer)`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum

from django.utils.translation import gettext as _

from caseway.core.errors import NotAllowed

from .models import Membership, Organisation, Person
from .permissions import Permission
from .policy import Policy


class Seat(Enum):
    """Where the viewer sits."""

    NOBODY = "nobody"
    AGENT = "agent"
    CONTACT = "contact"


@dataclass(frozen=True)
class Viewer:
    """One person (or nobody) in one seat of one organisation.

    An agent has an organisation, permissions and teams. A contact has the organisation that
    serves them, their contact and their customer account. Nobody sees nothing, and neither
    does a system administrator outside the admin.
    """

    seat: Seat = Seat.NOBODY
    person: Person | None = None
    organisation: Organisation | None = None
    permissions: frozenset[str] = frozenset()
    team_ids: frozenset[int] = frozenset()
    contact_id: int | None = None
    account_id: int | None = None
    administers_account: bool = False
    needs_second_factor: bool = False
    """Whether the seat's organisation or role lets people come to its pages with one only."""
    sends_with: Mapping[str, str] = field(default_factory=dict, compare=False)
    """By audience, the status that the agent last chose with a message."""
    scopes: frozenset[str] = field(default=frozenset())
    """Scopes of the API token in use; empty means all that the person may."""

    @property
    def is_agent(self) -> bool:
        """True at the desk."""
        return self.seat is Seat.AGENT

    @property
    def is_contact(self) -> bool:
        """True in the portal."""
        return self.seat is Seat.CONTACT

    @property
    def person_id(self) -> int | None:
        """The person's id, if somebody is signed in."""
        return self.person.pk if self.person else None

    @property
    def organisation_id(self) -> int | None:
        """The organisation at whose desk, or in whose portal, the viewer is."""
        return self.organisation.pk if self.organisation else None

    @property
    def me(self) -> int:
        """The person's id, where only somebody signed in comes. Raises NotAllowed for nobody."""
        if self.person is None:
            raise NotAllowed(_("Sign in first."))
        return self.person.pk

    @property
    def us(self) -> int:
        """The organisation's id, where only somebody with a seat comes. Raises NotAllowed for nobody."""
        if self.organisation is None:
            raise NotAllowed(_("Sign in first."))
        return self.organisation.pk

    @property
    def policy(self) -> Policy:
        """The policy of the viewer's organisation."""
        return self.organisation.policy if self.organisation else Policy()

    def has(self, permission: Permission) -> bool:
        """Whether the viewer's role allows `permission`."""
        return permission.value in self.permissions


NOBODY = Viewer()


def agent_viewer(
    membership: Membership,
    *,
    scopes: frozenset[str] = frozenset(),
    team_ids: Iterable[int] | None = None,
) -> Viewer:
    """The viewer that a membership gives. One from `seats_of`, or with `team_ids`, costs no query."""
    if team_ids is None:
        team_ids = (team.pk for team in membership.teams.all())
    return Viewer(
        seat=Seat.AGENT,
        person=membership.person,
        organisation=membership.organisation,
        permissions=frozenset(membership.role.permissions),
        team_ids=frozenset(team_ids),
        needs_second_factor=membership.organisation.policy.second_factor == "required"
        or membership.role.needs_second_factor,
        sends_with=membership.sends_with,
        scopes=scopes,
    )
