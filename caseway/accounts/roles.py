"""The roles that a new organisation begins with."""

from .models import Organisation, Role
from .permissions import DEFAULT_ROLES


def give_default_roles(organisation: Organisation) -> dict[str, Role]:
    """Make the default roles that the organisation lacks, and return all of its roles by name.

    A role that is there already keeps its permissions: the tenant administrator may have edited it.
    """
    Role.objects.bulk_create(
        [
            Role(organisation=organisation, name=name, permissions=sorted(p.value for p in permissions))
            for name, permissions in DEFAULT_ROLES.items()
        ],
        ignore_conflicts=True,
    )
    return {role.name: role for role in Role.objects.filter(organisation=organisation)}
