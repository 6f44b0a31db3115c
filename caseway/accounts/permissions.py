"""What a role may allow. Roles are sets of these, edited by the tenant administrator."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Permission(models.TextChoices):
    """One thing that a role may allow; see the table of roles in docs/concepts.md."""

    EDIT = "cases.edit", _("Edit fields of cases they don't own")
    CLOSE = "cases.close", _("Close and reopen cases they don't own")
    ASSIGN = "cases.assign", _("Assign, transfer and release cases")
    UPGRADE = "cases.upgrade", _("Upgrade and downgrade cases")
    SUSPEND = "cases.suspend", _("Suspend and resume cases")
    MERGE = "cases.merge", _("Merge and split cases")
    WATCHERS = "cases.watchers", _("Add and remove colleagues as watchers")
    PARTNER = "cases.partner", _("Add a partner to a case")
    LEAD = "cases.lead", _("Act on every case as its owner may, except its internal record")
    RECORDS = "cases.records", _("Read and write the internal record of every case")
    CUSTOMERS = "customers.manage", _("Invite customers' people and manage who signs in")
    GUIDANCE = "guidance.write", _("Write and publish guides for customers")
    SETTINGS = "settings.manage", _("Change settings, rules and the team's views")
    PEOPLE = "people.manage", _("Manage people, roles and their notifications")


AGENT = frozenset(
    {
        Permission.EDIT,
        Permission.CLOSE,
        Permission.ASSIGN,
        Permission.UPGRADE,
        Permission.SUSPEND,
        Permission.MERGE,
        Permission.WATCHERS,
        Permission.PARTNER,
        Permission.CUSTOMERS,
    }
)
SALES_AGENT = frozenset({Permission.EDIT, Permission.CLOSE, Permission.WATCHERS, Permission.CUSTOMERS})
TEAM_LEAD = AGENT | {Permission.LEAD, Permission.GUIDANCE}
TENANT_ADMINISTRATOR = frozenset(Permission)

DEFAULT_ROLES: dict[str, frozenset[Permission]] = {
    "Agent": AGENT,
    "Sales agent": SALES_AGENT,
    "Team lead": TEAM_LEAD,
    "Tenant administrator": TENANT_ADMINISTRATOR,
}
