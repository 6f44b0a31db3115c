"""What is told to whom: which cases changed, by which kinds of events, in which version."""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import QuerySet

from caseway.accounts.viewer import Viewer
from caseway.cases.models import CaseEvent, Side

from .changes import Happened
from .sight import seen_by_each, sight_of, sight_of_records

K = TypeVar("K", bound=Hashable)
RECORD = CaseEvent.SeenBy.RECORD


@dataclass(frozen=True)
class Change:
    """What one reader is told of one case. `version` is that of the reader's own projection."""

    number: str
    kinds: tuple[str, ...]
    version: int
    mine: bool
    """Whether the reader did all of it, perhaps in another window."""

    def as_json(self) -> dict[str, object]:
        """The change as the browser gets it."""
        return {"number": self.number, "kinds": self.kinds, "version": self.version, "mine": self.mine}


@dataclass(frozen=True)
class Facts:
    """What of the cases is needed beside: whose they are, and how each organisation counts."""

    versions: Mapping[tuple[int, int], int]
    numbers: Mapping[int, tuple[str, int]]
    """Number, and version of the customer's projection."""
    contacts: frozenset[int]
    accounts: frozenset[int]

    @property
    def organisations(self) -> set[int]:
        """Who takes part."""
        return {organisation for _case, organisation in self.versions}

    def may_concern(self, viewer: Viewer) -> bool:
        """False for viewers who can't have to do with any of it, so that nothing is asked for them."""
        if viewer.is_agent:
            return viewer.organisation_id in self.organisations
        return viewer.contact_id in self.contacts or viewer.account_id in self.accounts


def told_of(happened: Sequence[Happened], viewers: Mapping[K, Viewer]) -> dict[K, list[Change]]:
    """What each of `viewers` may be told of what `happened`. Who may know of none of it is left out."""
    if not happened or not viewers:
        return {}
    facts = _facts_of({one.case_id for one in happened})
    concerned = {key: viewer for key, viewer in viewers.items() if facts.may_concern(viewer)}
    known = _known_by_each(happened, concerned)
    changes = {
        key: _changes([one for one in happened if one.pk in known[key]], viewer, facts)
        for key, viewer in concerned.items()
        if known.get(key)
    }
    return {key: told for key, told in changes.items() if told}


def _facts_of(cases: Collection[int]) -> Facts:
    rows = Side.objects.filter(case__in=cases).values_list(
        "case_id",
        "organisation_id",
        "version",
        "case__number",
        "case__customer_version",
        "case__contact_id",
        "case__account_id",
    )
    versions: dict[tuple[int, int], int] = {}
    numbers: dict[int, tuple[str, int]] = {}
    contacts, accounts = set(), set()
    for case, organisation, version, number, customer_version, contact, account in rows:
        versions[case, organisation] = version
        numbers[case] = (number, customer_version)
        contacts.add(contact)
        accounts.add(account)
    return Facts(versions, numbers, frozenset(contacts - {None}), frozenset(accounts - {None}))


def _known_by_each(happened: Iterable[Happened], viewers: Mapping[K, Viewer]) -> dict[K, set[int]]:
    """The events that each may know of. Records are asked for apart: who reads them differs by person."""
    known: dict[K, set[int]] = defaultdict(set)
    plain = [one.pk for one in happened if one.seen_by != RECORD]
    records = [one for one in happened if one.seen_by == RECORD]
    if plain:
        for key, pks in seen_by_each(viewers, lambda v: _events(v, plain), sight_of).items():
            known[key].update(pks)
    if records:
        homes = {one.organisation_id for one in records}
        theirs = {key: viewer for key, viewer in viewers.items() if viewer.organisation_id in homes}
        pks_of_records = [one.pk for one in records]
        found = seen_by_each(theirs, lambda v: _events(v, pks_of_records), sight_of_records)
        for key, pks in found.items():
            known[key].update(pks)
    return known


def _events(viewer: Viewer, pks: Sequence[int]) -> "QuerySet[CaseEvent]":
    return CaseEvent.objects.visible_to(viewer).filter(pk__in=pks)


def _changes(known: Iterable[Happened], viewer: Viewer, facts: Facts) -> list[Change]:
    by_case: dict[int, list[Happened]] = defaultdict(list)
    for one in known:
        by_case[one.case_id].append(one)
    return [_change(case, ones, viewer, facts) for case, ones in by_case.items() if case in facts.numbers]


def _change(case: int, ones: Sequence[Happened], viewer: Viewer, facts: Facts) -> Change:
    number, customer_version = facts.numbers[case]
    ours = facts.versions.get((case, viewer.organisation_id or 0), 0)
    return Change(
        number=number,
        kinds=tuple(sorted({one.kind for one in ones})),
        version=ours if viewer.is_agent else customer_version,
        mine=all(one.actor_id is not None and one.actor_id == viewer.person_id for one in ones),
    )
