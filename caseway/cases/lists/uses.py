"""How many of an organisation's cases use each row of a list."""

from collections import Counter
from collections.abc import Mapping

from django.db.models import Count, F, ForeignObjectRel, Func, Model

from caseway.cases.models import (
    Cancellation,
    Category,
    Closure,
    Reopening,
    Side,
    Suspension,
    Tag,
    Task,
    Withdrawal,
)

Uses = Mapping[int, int]
STEPS = (Closure, Reopening, Cancellation, Withdrawal, Suspension)


def by_field(organisation: int, field: str) -> Counter[int]:
    """Cases whose side names the row in `field`."""
    sides = Side.objects.filter(organisation=organisation, **{f"{field}__isnull": False})
    return Counter(dict(sides.order_by().values_list(field).annotate(cases=Count("pk"))))


def of_categories(organisation: int) -> Uses:
    """Cases of each item; a topic has those of all of its items."""
    found = by_field(organisation, "category")
    items = Category.objects.filter(organisation=organisation, parent__isnull=False)
    for key, topic in items.values_list("pk", "parent_id"):
        found[topic] += found[key]
    return found


def of_reasons(organisation: int) -> Uses:
    """How often each reason was given, whatever was done for it."""
    found: Counter[int] = Counter()
    for step in STEPS:
        rows = step._default_manager.filter(organisation=organisation, reason__isnull=False).order_by()
        found.update(dict(rows.values_list("reason").annotate(times=Count("pk"))))
    return found


def of_tags(organisation: int) -> Uses:
    """Cases that bear each tag of the list."""
    keys = dict(Tag.objects.filter(organisation=organisation).values_list("name", "pk"))
    sides = Side.objects.filter(organisation=organisation).exclude(tags=[]).order_by()
    words = sides.annotate(word=Func(F("tags"), function="unnest")).values_list("word")
    return {keys[word]: cases for word, cases in words.annotate(cases=Count("pk")) if word in keys}


def of_task_types(organisation: int) -> Uses:
    """Tasks of each type."""
    typed = Task.objects.filter(organisation=organisation, type__isnull=False).order_by()
    return dict(typed.values_list("type").annotate(tasks=Count("pk")))


def is_referred_to(row: Model) -> bool:
    """Whether anything at all in the database names the row."""
    fields = row._meta.get_fields(include_hidden=True)
    return any(_names(field, row) for field in fields if isinstance(field, ForeignObjectRel))


def _names(relation: ForeignObjectRel, row: Model) -> bool:
    rows = relation.field.model._base_manager
    return rows.filter(**{relation.field.name: row}).exists()
