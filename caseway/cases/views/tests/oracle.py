"""Every filter of the product page in plain Python: what fits, read from the cases, not from copies.

Nothing here knows of the SQL. A viewer knows the shipment and what is said to them, their own side,
and of the host's side no more than its part.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from caseway.accounts.viewer import Viewer
from caseway.cases.models import Case, Message, Side, Task, Watch
from caseway.shipments.models import Shipment

ACTIVE = {"new", "open", "pending_agent", "pending_customer", "on_hold"}
Values = Iterable[str]


@dataclass(frozen=True)
class Known:
    """A case as one viewer may know it."""

    side: Side
    case: Case
    shipment: Shipment | None
    viewer: Viewer
    others: tuple[Side, ...]
    latest: Message | None
    watchers: frozenset[str]
    has_tasks: bool

    @property
    def hosts(self) -> bool:
        return self.case.host_id == self.side.organisation_id

    @property
    def partner(self) -> str:
        return next((one.organisation.slug for one in self.others if one.sharing != "listed"), "none")


def known_to(viewer: Viewer) -> list[Known]:
    """All cases that the viewer sees."""
    us = viewer.organisation_id
    sides = Side.objects.filter(organisation=us).exclude(sharing="listed")
    return [_known(side, viewer) for side in sides.select_related("case__shipment", "owner")]


def _known(side: Side, viewer: Viewer) -> Known:
    us, case = side.organisation_id, side.case
    said = [
        message
        for message in Message.objects.filter(case=case).select_related("author")
        if (message.audience == "customer" and message.organisation_id == us)
        or (message.audience == "partner" and us in (message.organisation_id, message.partner_id))
    ]
    watches = Watch.objects.filter(case=case, organisation=us).select_related("person")
    tasks = Task.objects.filter(case=case, organisation=us)
    return Known(
        side=side,
        case=case,
        shipment=case.shipment,
        viewer=viewer,
        others=tuple(Side.objects.filter(case=case).exclude(pk=side.pk).select_related("organisation")),
        latest=max(said, key=lambda message: (message.created_at, message.pk), default=None),
        watchers=frozenset(watch.person.email for watch in watches),
        has_tasks=any(task.status in ("open", "in_progress") for task in tasks),
    )


def _people(wanted: Values, viewer: Viewer) -> set[str]:
    assert viewer.person
    return {viewer.person.email if one == "me" else one for one in wanted}


def _status(one: Known, wanted: Values) -> bool:
    group = "active" if one.case.status in ACTIVE else "solved"
    return bool({one.case.status, group} & set(wanted))


def _owner(one: Known, wanted: Values) -> bool:
    owner = one.side.owner.email if one.side.owner else "nobody"
    return owner in _people(wanted, one.viewer)


def _watcher(one: Known, wanted: Values) -> bool:
    return bool((one.watchers or {"nobody"}) & _people(wanted, one.viewer))


def _latest_by(one: Known, wanted: Values) -> bool:
    if one.latest is None or one.latest.author_organisation_id != one.side.organisation_id:
        return False
    return "us" in wanted or ("me" in wanted and one.latest.author_id == one.viewer.person_id)


def _key(value: object) -> str:
    return "none" if value is None else str(value)


def _category(one: Known, wanted: Values) -> bool:
    chosen = one.side.category
    return bool({_key(chosen and chosen.pk), _key(chosen and chosen.parent_id)} & set(wanted))


def _brand(one: Known, wanted: Values) -> bool:
    brand = one.case.brand if one.hosts else None
    return (brand.slug if brand else "none") in wanted


def _customer(one: Known, wanted: Values) -> bool:
    return _key(one.case.account_id if one.hosts else None) in wanted


def _segment(one: Known, wanted: Values) -> bool:
    account = one.case.account if one.hosts else None
    return account is not None and account.segment in wanted


def _of_shipment(name: str) -> Callable[[Known, Values], bool]:
    return lambda one, wanted: one.shipment is not None and getattr(one.shipment, name) in wanted


HAS: dict[str, Callable[[Known, Values], bool]] = {
    "status": _status,
    "type": lambda one, wanted: one.case.type in wanted,
    "owner": _owner,
    "watcher": _watcher,
    "court": lambda one, wanted: one.side.court in wanted,
    "partner": lambda one, wanted: one.partner in wanted,
    "brand": _brand,
    "team": lambda one, wanted: _key(one.side.team_id) in wanted,
    "priority": lambda one, wanted: _key(one.side.priority_id) in wanted,
    "category": _category,
    "channel": lambda one, wanted: _key(one.side.contact_method_id) in wanted,
    "tag": lambda one, wanted: bool(set(one.side.tags) & set(wanted)),
    "source": lambda one, wanted: one.hosts and one.case.source in wanted,
    "tasks": lambda one, _wanted: one.has_tasks,
    "latest_by": _latest_by,
    "customer": _customer,
    "segment": _segment,
    "mode": _of_shipment("mode"),
    "direction": _of_shipment("direction"),
    "region": _of_shipment("region"),
}
PLACES = {"destination": "destination_name", "origin": "origin_name"}
NUMBERS = {
    "destination_postal_code": "destination_postal_code",
    "origin_postal_code": "origin_postal_code",
    "po": "purchase_order",
    "reference": "reference_number",
}
MOMENTS: dict[str, Callable[[Known], datetime | None]] = {
    "created": lambda one: one.case.created_at,
    "updated": lambda one: one.side.updated_at,
    "closed": lambda one: one.case.closed_at,
    "deadline": lambda one: one.side.deadline,
    "latest": lambda one: one.latest.created_at if one.latest else None,
}


def plain(text: str) -> str:
    """Without case, accents and double blanks."""
    letters = unicodedata.normalize("NFD", text.casefold())
    return " ".join("".join(one for one in letters if unicodedata.category(one) != "Mn").split())


def bare(number: str) -> str:
    """In capitals, without what stands between the parts."""
    return re.sub(r"[ ./()#-]", "", number).upper()


def fits(one: Known, parameter: str, values: Values, zone: ZoneInfo) -> bool:
    """Whether the case fits `parameter=value`, repeated for each of `values`."""
    field, _dot, end = parameter.partition(".")
    if end in ("after", "before"):
        return _in_time(MOMENTS[field](one), end, date.fromisoformat(next(iter(values))), zone)
    if end == "not" and field == "latest_by" and one.latest is None:
        return False
    if end.startswith("not"):
        positive = {"not": field}.get(end, f"{field}.{end.removeprefix('not_')}")
        return not fits(one, positive, values, zone)
    if field in PLACES:
        name = plain(getattr(one.shipment, PLACES[field])) if one.shipment else ""
        return any(plain(v) in name if end == "contains" else plain(v) == name for v in values)
    if field in NUMBERS:
        number = bare(getattr(one.shipment, NUMBERS[field])) if one.shipment else ""
        return any(number.startswith(bare(value)) for value in values)
    return HAS[field](one, values)


def _in_time(moment: datetime | None, end: str, day: date, zone: ZoneInfo) -> bool:
    if moment is None:
        return False
    there = moment.astimezone(zone).date()
    return there >= day if end == "after" else there <= day
