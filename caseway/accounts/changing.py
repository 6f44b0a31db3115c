"""What every change of an organisation's settings does alike: it asks, locks, compares and keeps.

by = settings_held(by, Permission.SETTINGS)      # asks, and holds the organisation's settings
refuse_stale(version_of(stored), version, …)      # somebody else was quicker
note(SettingChanged(topic="team", key=team.pk), by, team.name, differences(before, after))
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from caseway.core.errors import NotAllowed, NotFound, Stale

from .audit import record
from .events import SettingEvent
from .models import Membership, Organisation, Person
from .permissions import Permission
from .viewer import Viewer, agent_viewer

State = Mapping[str, Any]
Changes = dict[str, list[Any]]


def demand(by: Viewer, permission: Permission) -> None:
    """Raise NotFound for whoever has no seat at a desk, NotAllowed without the permission."""
    if not by.is_agent:
        raise NotFound
    if not by.has(permission):
        raise NotAllowed(_("Your role does not allow this. Ask your administrator."))


def settings_held(by: Viewer, permission: Permission) -> Viewer:
    """Hold the settings of the viewer's organisation until the transaction ends.

    Gives the viewer with the permissions of this moment: of two administrators who take each
    other's, one succeeds. Raises NotFound and NotAllowed as `demand` does.
    """
    demand(by, permission)
    Organisation.objects.select_for_update(no_key=True).get(pk=by.us)
    seat = Membership.objects.filter(organisation=by.us, person=by.me, is_active=True)
    found = seat.select_related("person", "organisation", "role").first()
    if found is None:
        raise NotFound
    fresh = agent_viewer(found, scopes=by.scopes)
    demand(fresh, permission)
    return fresh


def refuse_stale(stored: int, given: int | None, current: State) -> None:
    """Raise Stale, with what is stored now, where another version was read; None takes any."""
    if given is not None and given != stored:
        words = _("Somebody has changed this meanwhile.")
        raise Stale(words, current={**current, "version": stored})


def differences(before: State, after: State) -> Changes:
    """Old and new of every field that is not the same."""
    return {name: [before.get(name), value] for name, value in after.items() if before.get(name) != value}


def note(
    event: SettingEvent, by: Viewer, thing: str, changes: Changes, *, about: Person | None = None
) -> None:
    """Write the change into the organisation's log."""
    record(event, by=by.person, organisation=by.organisation, about=about, thing=thing, changes=changes)
