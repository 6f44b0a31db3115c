"""All fields of the filter, in the order in which they are offered. To add one, add it here."""

from collections.abc import Sequence
from typing import TypeVar

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from caseway.accounts.models import Brand, Organisation, Team
from caseway.accounts.viewer import Viewer
from caseway.cases.models import Category, ContactMethod, Priority, Task
from caseway.cases.models.task import STILL_WAITING
from caseway.cases.status import ACTIVE, SOLVED, Status
from caseway.cases.types import CaseType, Court, Source
from caseway.customers.models import CustomerAccount
from caseway.shipments.models import Shipment

from .field import Choice, Field, Group, Kind
from .fields.choosing import choice_field, column_in
from .fields.dates import day_field
from .fields.persons import ME, owned_by, person_field, watched_by
from .fields.rows import Listed, row_field
from .fields.shipped import in_region, not_in_region, number_field, place_field, regions_of, shipment_holds
from .operators import EITHER, Operator

M = TypeVar("M", bound=Model)
GROUPS = {"active": ACTIVE, "solved": SOLVED}
STATUSES = {"active": _("Active"), "solved": _("Solved"), **dict(Status.choices)}
US = "us"
FEW_ACCOUNTS = 500
POSTED_BY = {ME: _("me"), US: _("my organisation")}


def _status(_operator: Operator, values: Sequence[str], _viewer: Viewer) -> Q:
    return Q(status__in=sorted({status for name in values for status in GROUPS.get(name, {name})}))


def _posted_by(_operator: Operator, values: Sequence[str], viewer: Viewer) -> Q:
    mine = Q(latest_message_is_ours=True)
    return mine if US in values else mine & Q(latest_message_person=viewer.person_id)


def _posted_by_others(operator: Operator, values: Sequence[str], viewer: Viewer) -> Q:
    """Without a message there is none that anybody posted."""
    return Q(latest_message_is_ours__isnull=False) & ~_posted_by(operator, values, viewer)


def _tasks(_operator: Operator, _values: Sequence[str], viewer: Viewer) -> Q:
    """Only our own side's tasks count: no other knows of them."""
    waiting = Task.objects.filter(STILL_WAITING, organisation=viewer.organisation_id)
    return Q(case__in=waiting.values("case"))


def _tags_typed(typed: str) -> tuple[str, ...]:
    """Tags as cases have them; in a line of several commas part them."""
    return tuple(tag for part in typed.split(",") if (tag := part.strip().lower()))


def _segment(_operator: Operator, values: Sequence[str], viewer: Viewer) -> Q:
    """The host's word for its customers: to a partner no case is anybody's.

    Looked up first where they are few, so that the list is walked in its order.
    """
    ours = CustomerAccount.objects.filter(organisation=viewer.organisation_id, segment__in=values)
    keys = list(ours.order_by().values_list("pk", flat=True)[: FEW_ACCOUNTS + 1])
    return Q(account__in=keys if len(keys) <= FEW_ACCOUNTS else ours.values("pk"))


def _segments_of(viewer: Viewer) -> list[Choice]:
    ours = CustomerAccount.objects.visible_to(viewer).exclude(segment="").order_by("segment")
    return [Choice(row["segment"], row["segment"]) for row in ours.values("segment").distinct()]


def _partners_of(viewer: Viewer) -> "QuerySet[Organisation]":
    """Organisations with which the viewer's has, or had, a partnership."""
    ours = viewer.organisation_id
    with_us = Q(partnerships_as_shipper__carrier=ours) | Q(partnerships_as_carrier__shipper=ours)
    return Organisation.objects.filter(with_us).distinct().order_by("name", "pk")


def _ours(model: type[M], viewer: Viewer) -> "QuerySet[M]":
    return model._default_manager.filter(organisation=viewer.organisation_id)


def _categories_of(viewer: Viewer) -> "QuerySet[Category]":
    ours = _ours(Category, viewer).select_related("parent")
    return ours.order_by("parent__position", "parent_id", "position", "pk")


def _path_of(category: Category) -> str:
    return f"{category.parent.label} / {category.label}" if category.parent else category.label


FIELDS: tuple[Field, ...] = (
    choice_field(
        "status", _("Status"), STATUSES, _status, meaning="Statuses; `active` and `solved` stand for several"
    ),
    choice_field("type", _("Type"), dict(CaseType.choices), column_in("type"), meaning="Case types"),
    person_field(
        "owner",
        _("Owner"),
        owned_by,
        has_nobody=True,
        meaning="Addresses of owners on your side, `me` or `nobody`",
    ),
    person_field(
        "watcher",
        _("Watcher"),
        watched_by,
        has_nobody=True,
        meaning="Addresses of watchers on your side, `me` or `nobody`",
    ),
    choice_field(
        "court", _("Whose court"), dict(Court.choices), column_in("court"), meaning="Which side must act next"
    ),
    row_field(
        "partner",
        _("Carrier"),
        "partner",
        Listed(_partners_of, key="slug"),
        carriers_label=_("Shipper"),
        meaning="Slugs of the organisations that take part beside yours, or `none`",
    ),
    row_field(
        "brand",
        _("Brand"),
        "brand",
        Listed(lambda viewer: _ours(Brand, viewer).order_by("name", "pk"), key="slug"),
        meaning="Slugs of your brands, or `none`",
    ),
    row_field(
        "team",
        _("Team"),
        "team",
        Listed(lambda viewer: _ours(Team, viewer).order_by("name", "pk")),
        group=Group.PEOPLE,
        meaning="Ids of your teams, or `none`",
    ),
    row_field(
        "priority",
        _("Priority"),
        "priority",
        Listed(lambda viewer: _ours(Priority, viewer).order_by("-rank")),
        meaning="Ids of priorities, or `none`",
    ),
    row_field(
        "category",
        _("Category"),
        "category",
        Listed(_categories_of, says=_path_of, kin=lambda topics: Q(parent__in=topics)),
        meaning="Ids of categories, or `none`; a topic stands for all of its items",
    ),
    row_field(
        "channel",
        _("Contact method"),
        "contact_method",
        Listed(lambda viewer: _ours(ContactMethod, viewer)),
        meaning="Ids of contact methods, or `none`",
    ),
    Field(
        "tag",
        _("Tag"),
        Kind.TEXT,
        Group.CASE,
        EITHER,
        lambda _operator, values, _viewer: Q(tags__overlap=list(values)),
        parse=_tags_typed,
        meaning="Tags",
    ),
    choice_field(
        "source", _("Source"), dict(Source.choices), column_in("source"), meaning="What made the case"
    ),
    choice_field(
        "tasks",
        _("Tasks"),
        {"open": pgettext_lazy("tasks", "open")},
        _tasks,
        meaning="`open`: your side has a task on it to do",
    ),
    choice_field(
        "latest_by",
        _("Latest message by"),
        POSTED_BY,
        _posted_by,
        otherwise=_posted_by_others,
        group=Group.PEOPLE,
        meaning="Who posted the latest message: `me`, or `us` for anybody of your organisation",
    ),
    row_field(
        "customer",
        _("Customer"),
        "account",
        Listed(CustomerAccount.objects.visible_to, is_short=False),
        group=Group.PEOPLE,
        meaning="Ids of your customer accounts, or `none`",
    ),
    Field(
        "segment",
        _("Customer segment"),
        Kind.CHOICE,
        Group.PEOPLE,
        EITHER,
        _segment,
        choices=_segments_of,
        meaning="Segments of your customer accounts",
    ),
    choice_field(
        "mode",
        _("Mode"),
        dict(Shipment.Mode.choices),
        shipment_holds("mode"),
        group=Group.SHIPMENT,
        meaning="Modes of the shipment",
    ),
    choice_field(
        "direction",
        _("Direction"),
        dict(Shipment.Direction.choices),
        shipment_holds("direction"),
        group=Group.SHIPMENT,
        meaning="Directions of the shipment",
    ),
    Field(
        "region",
        _("Region"),
        Kind.CHOICE,
        Group.SHIPMENT,
        EITHER,
        in_region,
        choices=regions_of,
        otherwise=not_in_region,
        meaning="Regions of the shipment",
    ),
    place_field("destination", _("Destination"), "Names of the shipment's destination"),
    place_field("origin", _("Origin"), "Names of the shipment's origin"),
    number_field(
        "destination_postal_code",
        _("Destination postal code"),
        "destination_postal_code",
        "The destination's postal code",
    ),
    number_field(
        "origin_postal_code", _("Origin postal code"), "origin_postal_code", "The origin's postal code"
    ),
    number_field("po", _("PO"), "purchase_order", "The shipment's PO"),
    number_field("reference", _("Reference number"), "reference_number", "The shipment's reference number"),
    day_field("created", _("Created"), "created_at", "Created"),
    day_field("updated", _("Updated"), "updated_at", "Updated"),
    day_field("closed", _("Closed"), "closed_at", "Closed"),
    day_field("deadline", _("Deadline"), "deadline", "Due"),
    day_field("latest", _("Latest message"), "latest_message_at", "Latest message posted"),
)
BY_NAME = {field.name: field for field in FIELDS}
BY_PARAMETER: dict[str, tuple[Field, Operator]] = {
    field.parameter(operator): (field, operator) for field in FIELDS for operator in field.operators
}
