"""The words of statuses, priorities and audiences, for every shell alike.

Keys are the product's own, with hyphens where the stylesheet has them (see `token`).
"""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from caseway.core.ui.attributes import token

STATUSES = {
    "new": gettext_lazy("New"),
    "open": gettext_lazy("Open"),
    "pending-agent": gettext_lazy("Pending from agent"),
    "pending-customer": gettext_lazy("Pending from customer"),
    "on-hold": gettext_lazy("On hold"),
    "merged": gettext_lazy("Merged"),
    "closed": gettext_lazy("Closed"),
    "cancelled": gettext_lazy("Cancelled"),
    "withdrawn": gettext_lazy("Withdrawn"),
}
# What a customer reads beneath the exact status.
PORTAL = {
    "new": gettext_lazy("Received"),
    "open": gettext_lazy("We are working on it"),
    "pending-agent": gettext_lazy("We are working on it"),
    "pending-customer": gettext_lazy("Waiting for your answer"),
    "on-hold": gettext_lazy("Paused"),
    "merged": gettext_lazy("Joined with another case"),
    "closed": gettext_lazy("Closed"),
    "cancelled": gettext_lazy("Cancelled"),
    "withdrawn": gettext_lazy("Withdrawn"),
}
PRIORITIES = {
    "low": gettext_lazy("Low"),
    "normal": gettext_lazy("Normal"),
    "high": gettext_lazy("High"),
    "urgent": gettext_lazy("Urgent"),
}


def status_name(status: object) -> str:
    """The status as agents know it, such as "Pending from customer"."""
    return str(STATUSES[token(status)])


def portal_name(status: object, until: str = "", into: str = "") -> str:
    """The status in a customer's words; `until` is a date, `into` a case number."""
    key = token(status)
    if key == "on-hold" and until:
        return _("Paused until %(date)s") % {"date": until}
    if key == "merged" and into:
        return _("Joined with %(case)s") % {"case": into}
    return str(PORTAL[key])


def priority_name(priority: object) -> str:
    """The priority in words, such as "Urgent"."""
    return str(PRIORITIES[token(priority)])


def audience_label(audience: object, party: str, organisation: str, *, incoming: bool = False) -> str:
    """Who reads a message, as its label says it.

    `party` is the customer's or the partner's name, `organisation` our own; `incoming` when the
    other side wrote it.
    """
    key = token(audience)
    if key == "customer":
        return _("From the customer") if incoming else _("To %(name)s") % {"name": party}
    if key == "partner":
        words = _("From %(name)s") if incoming else _("To %(name)s")
        return words % {"name": party}
    if key == "team":
        return _("Team note, %(name)s only") % {"name": organisation}
    return _("Internal record, case owner and administrators of %(name)s only") % {"name": organisation}
