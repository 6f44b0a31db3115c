"""What merging two cases would do, before it is done: told to the one who asks, from their own side."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import QuerySet

from caseway.accounts.models import Person
from caseway.accounts.viewer import Viewer
from caseway.cases.access.rules import Operation, demand
from caseway.cases.models import Case, Participant, Side
from caseway.cases.types import Audience
from caseway.core.errors import Conflict, NotAllowed, NotFound

from .fitting import Part, customers_differ, obstacle_to


@dataclass(frozen=True)
class Preview:
    """A merge that is not done yet. `merged` and `survivor` are the viewer's own sides."""

    merged: Side
    survivor: Side
    viewer: Viewer

    @cached_property
    def parts(self) -> tuple[Part, Part]:
        """The two cases with everybody's sides."""
        cases = (self.merged.case, self.survivor.case)
        sides = list(Side.objects.filter(case__in=cases).select_related("organisation", "owner"))
        one, other = (
            Part(case, {side.organisation_id: side for side in sides if side.case_id == case.pk})
            for case in cases
        )
        return one, other

    @cached_property
    def obstacle(self) -> str:
        """Why it can't be done; "" where it can."""
        try:
            demand(self.viewer, Operation.MERGE, self.merged.case, self.merged)
        except (Conflict, NotAllowed) as refusal:
            return refusal.message
        return obstacle_to(*self.parts, self.viewer)

    @property
    def customers_differ(self) -> bool:
        """Whether it has to be confirmed that two customers' cases are handled as one."""
        return self.is_hosts and customers_differ(self.merged.case, self.survivor.case)

    @property
    def talk_stays_apart(self) -> bool:
        """Whether the customer of the merged case goes on talking with us under its number."""
        one, other = self.merged.case.contact_id, self.survivor.case.contact_id
        return self.is_hosts and one is not None and one != other

    @cached_property
    def watchers(self) -> list[str]:
        """Who of our side will follow the survivor, and doesn't yet, by name."""
        following = Person.objects.filter(
            watches__case=self.merged.case_id, watches__organisation=self.viewer.organisation_id
        )
        people = {person.pk: str(person) for person in following}
        owner = self.merged.owner
        if owner is not None and owner.pk != self.survivor.owner_id:
            people[owner.pk] = str(owner)
        there = self.survivor.case.watches.filter(organisation=self.viewer.organisation_id)
        for known in there.values_list("person_id", flat=True):
            people.pop(known, None)
        return sorted(people.values())

    @cached_property
    def participants(self) -> list[str]:
        """Who of our conversations will take part in the survivor's, and doesn't yet."""
        rows = self._participants(self.merged.case)
        if self.talk_stays_apart:
            rows = rows.exclude(audience=Audience.CUSTOMER)
        known = set(self._participants(self.survivor.case).values_list("audience", "address"))
        return sorted({one.name or one.address for one in rows if (one.audience, one.address) not in known})

    def _participants(self, case: Case) -> QuerySet[Participant]:
        return Participant.objects.filter(case=case, organisation=self.viewer.organisation_id)

    @property
    def is_hosts(self) -> bool:
        """Whether the viewer's organisation serves the customers of the two cases."""
        return self.merged.case.host_id == self.viewer.organisation_id


def preview_of(merged: Case, survivor: Case, viewer: Viewer) -> Preview:
    """What merging would do, of two different cases that were loaded through `visible_to`.

    Raises NotFound where the viewer has no side of them.
    """
    rows = Side.objects.visible_to(viewer).filter(case__in=(merged, survivor))
    joined = rows.select_related("organisation", "owner", "case__host", "case__contact", "case__account")
    sides = {side.case_id: side for side in joined}
    if len(sides) != 2:
        raise NotFound
    return Preview(sides[merged.pk], sides[survivor.pk], viewer)
