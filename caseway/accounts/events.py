"""What happens to organisations."""

from dataclasses import dataclass

from caseway.core.events import Event


@dataclass(frozen=True, kw_only=True)
class OrganisationAdded(Event):
    """A new tenant is there; the slices above give it the lists that it begins with."""

    kind = "organisation.added"

    organisation_id: int
