"""Fields of people: colleagues by address, `me`, `nobody`."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from caseway.accounts.models import Membership, Person
from caseway.accounts.viewer import Viewer
from caseway.cases.models import Watch
from caseway.cases.views.field import Choice, Field, Group, Kind, as_written
from caseway.cases.views.operators import EITHER, Operator

if TYPE_CHECKING:
    # Comes with the tools of development only.
    from django_stubs_ext import StrOrPromise

NOBODY, ME = "nobody", "me"
MOST_OFFERED = 40
"""Colleagues that are offered by name; any further one's address may be written."""


def person_field(
    name: str,
    label: "StrOrPromise",
    condition: Callable[[list[int], bool, Viewer], Q],
    *,
    has_nobody: bool,
    meaning: str,
) -> Field:
    """A field of colleagues. `condition` takes their ids, and whether nobody will do too."""

    def fits(_operator: Operator, values: Sequence[str], viewer: Viewer) -> Q:
        return condition(_ids(values, viewer), NOBODY in values, viewer)

    return Field(
        name,
        label,
        Kind.PERSON,
        Group.PEOPLE,
        EITHER,
        fits,
        parse=lambda typed: as_written(typed.lower()),
        words=_names,
        choices=lambda viewer: _offered(viewer, has_nobody=has_nobody),
        meaning=meaning,
    )


def owned_by(people: list[int], or_nobody: bool, _viewer: Viewer) -> Q:
    """Our side's owner is one of these."""
    condition = Q(owner__in=people)
    return condition | Q(owner__isnull=True) if or_nobody else condition


def watched_by(people: list[int], or_nobody: bool, viewer: Viewer) -> Q:
    """One of these watches the case at our desk; the partner's watchers are nobody's business."""
    ours = Watch.objects.filter(organisation=viewer.organisation_id)
    condition = Q(case__in=ours.filter(person__in=people).values("case"))
    return condition | ~Q(case__in=ours.values("case")) if or_nobody else condition


def _ids(values: Sequence[str], viewer: Viewer) -> list[int]:
    """The ids of those who have, or had, a seat at our desk; a query unless it is the viewer alone."""
    addresses = [value for value in values if value not in (ME, NOBODY)]
    found = [viewer.person_id] if ME in values and viewer.person_id else []
    if addresses:
        found += _colleagues(viewer).filter(email__in=addresses).values_list("pk", flat=True)
    return sorted(set(found))


def _colleagues(viewer: Viewer) -> "QuerySet[Person]":
    return Person.objects.filter(memberships__organisation=viewer.organisation_id)


def _names(values: Sequence[str], viewer: Viewer) -> list[str]:
    addresses = [value for value in values if value not in (ME, NOBODY)]
    known = {ME: _("me"), NOBODY: _("nobody")}
    if addresses:
        people = _colleagues(viewer).filter(email__in=addresses).values_list("email", "name")
        known |= {address: name or address for address, name in people}
    return [known.get(value, value) for value in values]


def _offered(viewer: Viewer, *, has_nobody: bool) -> list[Choice]:
    seats = Membership.objects.filter(organisation=viewer.organisation_id, is_active=True)
    people = (
        seats.exclude(person=viewer.person_id)
        .order_by("person__name", "pk")
        .values_list("person__email", "person__name")[:MOST_OFFERED]
    )
    first = [Choice(ME, _("Me")), *([Choice(NOBODY, _("Nobody"))] if has_nobody else [])]
    return first + [Choice(address, name or address) for address, name in people]
