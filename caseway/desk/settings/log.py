"""The organisation's log in words: what was changed, by whom, old and new."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from caseway.accounts.auditing.queries import people_named
from caseway.accounts.models import AuditEntry
from caseway.accounts.permissions import Permission
from caseway.accounts.policies.wording import CHOICES
from caseway.accounts.viewer import Viewer
from caseway.cases.lists.kinds import KINDS
from caseway.cases.types import CaseType
from caseway.customers.colleagues.queries import told_of

from .wording import FIELDS, SCOPES, TOPICS, VERBS

LANGUAGES = dict(settings.LANGUAGES)


@dataclass(frozen=True)
class Line:
    """One field that changed: old and new in words."""

    field: str
    old: str  # empty where there was nothing before
    new: str


@dataclass(frozen=True)
class Told:
    """One entry of the log in words."""

    entry: AuditEntry
    who: str
    what: str
    about: str
    lines: list[Line]


def told(entries: Sequence[AuditEntry], viewer: Viewer) -> list[Told]:
    """The entries in words; five queries for all of them."""
    names = people_named(viewer, _people_in(entries))
    of_accounts = told_of(entries)
    return [_told(entry, names, of_accounts.get(entry.pk, "")) for entry in entries]


def _told(entry: AuditEntry, names: dict[int, str], words: str) -> Told:
    topic = str(TOPICS.get(entry.topic, entry.topic.replace("_", " ").capitalize()))
    verb = str(VERBS.get(entry.payload.get("change") or entry.kind.rpartition(".")[2], ""))
    lines = [
        Line(_field(entry, name), _value(name, old, names, ""), _value(name, new, names))
        for name, (old, new) in entry.changes.items()
    ]
    about = entry.thing or (names.get(entry.subject_id, _("somebody")) if entry.subject_id else "")
    who = names.get(entry.actor_id, _("somebody")) if entry.actor_id else _("the installation")
    return Told(entry, who, words or f"{topic}: {verb or entry.kind}", about, lines)


def _people_in(entries: Sequence[AuditEntry]) -> set[int]:
    found = {key for entry in entries for key in (entry.actor_id, entry.subject_id) if key}
    for entry in entries:
        for pair in entry.changes.values():
            for value in pair:
                if isinstance(value, dict) and "people" in value:
                    found |= set(value["people"])
    return found


def _field(entry: AuditEntry, name: str) -> str:
    if entry.topic == "policy" and name in CHOICES:
        return str(CHOICES[name].label)
    kind = next((kind for kind in KINDS if kind.topic == entry.topic), None)
    own = kind.field(name) if kind else None
    return str(own.label if own else FIELDS.get(name, name.replace("_", " ").capitalize()))


def _value(name: str, value: Any, names: dict[int, str], nothing: str = "–") -> str:
    """A stored value in words."""
    if value in (None, "", []):
        return nothing
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if name in CHOICES:
        return CHOICES[name].said(value)
    return ", ".join(_parts(name, value, names)) or nothing


def _parts(name: str, value: Any, names: dict[int, str]) -> list[str]:
    """The words of which a value consists: people, names by language, one or several words."""
    if not isinstance(value, dict):
        return [_word(name, one) for one in (value if isinstance(value, list) else [value])]
    if "people" in value:
        return [names.get(key, _("somebody")) for key in value["people"]]
    return [f"{_(LANGUAGES.get(key) or key)}: {text}" for key, text in value.items()]


def _word(name: str, value: Any) -> str:
    if name == "scope" and value in SCOPES:
        return str(SCOPES[value])
    if name == "permissions" and value in Permission.values:
        return str(Permission(value).label)
    if name == "case_type" and value in CaseType.values:
        return str(CaseType(value).label)
    return str(value)
