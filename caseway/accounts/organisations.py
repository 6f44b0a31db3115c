"""Adding a tenant."""

from caseway.core.events import react
from caseway.core.transactions import action

from .events import OrganisationAdded
from .models import Organisation
from .roles import give_default_roles


@action
def add(organisation: Organisation) -> Organisation:
    """Store a new organisation with its default roles; the slices above react with their lists."""
    organisation.save(force_insert=True)
    give_default_roles(organisation)
    react(OrganisationAdded(organisation_id=organisation.pk), organisation)
    return organisation
