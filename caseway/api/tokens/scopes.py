"""What a token may be limited to."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Scope(models.TextChoices):
    """One part of the API. A token without scopes may all that its person may."""

    CASES_READ = "cases:read", _("Read cases, messages and files")
    CASES_WRITE = "cases:write", _("Create and change cases, write messages, add files")
    SHIPMENTS_READ = "shipments:read", _("Read shipments")
    SHIPMENTS_WRITE = "shipments:write", _("Create and change shipments")
    PEOPLE_READ = "people:read", _("Read customers, contacts, teams and organisations")
    PEOPLE_WRITE = (
        "people:write",
        _("Change one's own profile, invite customers' people, manage who comes in"),
    )
    SETTINGS_READ = "settings:read", _("Read settings and lists")
    SETTINGS_WRITE = "settings:write", _("Change settings, write guides")
    REPORTS_READ = "reports:read", _("Read reports")
