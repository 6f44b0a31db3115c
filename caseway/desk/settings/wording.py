"""Words of the log: sorts of things, what happens to them, fields that several of them have."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

TOPICS: dict[str, Promise] = {
    "policy": _("Policy"),
    "role": _("Role"),
    "team": _("Team"),
    "person": _("Person"),
    "brand": _("Brand"),
    "mailbox": _("Mailbox"),
    "priority": _("Priority"),
    "category": _("Category"),
    "reason": _("Reason"),
    "contact_method": _("Contact method"),
    "note_subject": _("Note subject"),
    "tag": _("Tag"),
    "task_type": _("Type of tasks"),
    "canned_answer": _("Canned answer"),
    "saved_view": _("Saved view"),
    "reminder": _("Reminder"),
    "contact": _("Customer's person"),
    "account": _("Customer account"),
    "mail": _("Mail that came in"),
    "blocked_sender": _("Blocked sender"),
    "address": _("Undeliverable address"),
}
"""What the log's filter offers; a sort that is missing here is shown by its own name."""

VERBS: dict[str, Promise] = {
    "added": _("added"),
    "changed": _("changed"),
    "removed": _("removed"),
    "invited": _("invited"),
    "second_factor_reset": _("second factor reset"),
    "second_factor_changed": _("second factor changed"),
    "viewed": _("source read"),
    "downloaded": _("source downloaded"),
    "accepted": _("accepted"),
    "refused": _("refused"),
    "processed_again": _("processed again"),
    "works_again": _("works again"),
}

FIELDS: dict[str, Promise] = {
    "name": _("Name"),
    "is_active": _("Switched on"),
    "place": _("Place in the list"),
    "permissions": _("Permissions"),
    "needs_second_factor": _("Only with a second factor"),
    "time_zone": _("Time zone"),
    "lead": _("Lead"),
    "members": _("Members"),
    "role": _("Role"),
    "teams": _("Teams"),
    "sessions": _("Sessions"),
    "title": _("Title"),
    "body": _("Text"),
    "scope": _("For whom"),
    "team": _("Team"),
    "filter": _("Filter"),
    "columns": _("Columns"),
    "grouping": _("Grouping"),
    "colour": _("Colour"),
    "host": _("Host name"),
    "logo": _("Logo"),
    "sender_name": _("Name of the sender"),
    "sender_address": _("Address of the sender"),
}

SCOPES: dict[str, Promise] = {
    "own": _("Their writer alone"),
    "team": _("A team"),
    "organisation": _("Everyone"),
}
"""For whom a canned answer is."""
