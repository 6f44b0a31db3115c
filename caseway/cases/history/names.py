"""The names that a timeline needs, loaded at once for all its events."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, QuerySet, Value
from django.utils.translation import gettext as _

from caseway.accounts.models import Organisation, Person, Team
from caseway.accounts.viewer import Viewer
from caseway.cases.models import Case, CaseEvent, Participant, Task
from caseway.customers.models import Contact


@dataclass(frozen=True)
class Names:
    """Names by id, as the reader may know them."""

    people: Mapping[int, str] = field(default_factory=dict)
    teams: Mapping[int, str] = field(default_factory=dict)
    organisations: Mapping[int, str] = field(default_factory=dict)
    cases: Mapping[int, str] = field(default_factory=dict)
    contacts: Mapping[int, str] = field(default_factory=dict)
    tasks: Mapping[int, str] = field(default_factory=dict)
    participants: Mapping[int, str] = field(default_factory=dict)

    def person(self, key: int | None) -> str:
        """A person's name."""
        return self.people.get(key or 0, _("somebody"))

    def team(self, key: int | None) -> str:
        """A team's name."""
        return self.teams.get(key or 0, _("a team"))

    def organisation(self, key: int | None) -> str:
        """An organisation's name."""
        return self.organisations.get(key or 0, _("the partner"))

    def case(self, key: int | None) -> str:
        """A case's number."""
        return self.cases.get(key or 0, _("another case"))

    def task(self, key: int | None) -> str:
        """A task's title."""
        return self.tasks.get(key or 0, _("a task"))

    def participant(self, key: int | None) -> str:
        """The address of somebody who takes part by e-mail."""
        return self.participants.get(key or 0, _("somebody"))


SOURCES: dict[str, tuple[type[Model], str]] = {
    "people": (Person, "name"),
    "organisations": (Organisation, "name"),
    "contacts": (Contact, "name"),
    "teams": (Team, "name"),
    "cases": (Case, "number"),
    "tasks": (Task, "title"),
    "participants": (Participant, "address"),
}


def _ids(events: Iterable[CaseEvent], suffix: str) -> set[int]:
    return {
        value
        for event in events
        for name, value in event.payload.items()
        if name.endswith(suffix) and isinstance(value, int)
    }


def names_for(events: Iterable[CaseEvent], viewer: Viewer) -> Names:
    """Everything that the sentences of `events` mention, of cases only those that the viewer may open;
    one query."""
    events = list(events)
    wanted = {
        "people": _ids(events, "person_id") | {e.actor_id for e in events if e.actor_id},
        "organisations": _ids(events, "organisation_id")
        | {e.actor_organisation_id for e in events if e.actor_organisation_id},
        "contacts": {e.actor_contact_id for e in events if e.actor_contact_id},
        "teams": _ids(events, "team_id"),
        "cases": _ids(events, "case_id"),
        "tasks": _ids(events, "task_id"),
        "participants": _ids(events, "participant_id"),
    }
    parts = [_named(kind, ids, viewer) for kind, ids in wanted.items() if ids]
    found: dict[str, dict[int, str]] = {kind: {} for kind in wanted}
    for kind, key, name in parts[0].union(*parts[1:], all=True) if parts else ():
        found[kind][key] = name
    return Names(**found)


def _named(kind: str, ids: set[int], viewer: Viewer) -> QuerySet[Any, Any]:
    model, name = SOURCES[kind]
    rows = Case.objects.visible_to(viewer) if kind == "cases" else model._default_manager.all()
    return rows.filter(pk__in=ids).order_by().values_list(Value(kind), "pk", name)
