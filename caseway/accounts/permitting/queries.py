"""The roles of an organisation."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from caseway.accounts.models import Role
from caseway.accounts.permissions import Permission
from caseway.accounts.viewer import Viewer
from caseway.core.errors import NotFound
from caseway.core.fingerprints import fingerprint


def roles_of(viewer: Viewer) -> QuerySet[Role]:
    """The roles of the agent's organisation by name, with how many sit in each; none for anybody else."""
    roles = Role.objects.filter(organisation=viewer.organisation_id)
    counted = roles.annotate(people=Count("memberships", filter=Q(memberships__is_active=True)))
    return (counted if viewer.is_agent else counted.none()).order_by("name")


def role_of(viewer: Viewer, key: int) -> Role:
    """One of them. Raises NotFound for any other."""
    found = roles_of(viewer).filter(pk=key).first()
    if found is None:
        raise NotFound
    return found


def state_of(role: Role) -> dict[str, Any]:
    """All that can be changed of a role, as JSON values."""
    return {
        "name": role.name,
        "permissions": sorted(role.permissions),
        "needs_second_factor": role.needs_second_factor,
    }


def version_of(role: Role) -> int:
    """A number that moves with what is stored of the role."""
    return fingerprint(role.pk, state_of(role))


@dataclass(frozen=True)
class Group:
    """Permissions that belong together."""

    title: Promise
    permissions: tuple[Permission, ...]


GROUPS = (
    Group(
        _("Cases"),
        tuple(one for one in Permission if one.value.startswith("cases.")),
    ),
    Group(
        _("Customers and guides"),
        tuple(one for one in Permission if one.value.startswith(("customers.", "guidance."))),
    ),
    Group(
        _("Administration"),
        tuple(one for one in Permission if not one.value.startswith(("cases.", "customers.", "guidance."))),
    ),
)
