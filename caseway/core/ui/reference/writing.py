"""Samples of messages and of the places where they are written."""

from datetime import timedelta
from typing import Any

from django.urls import reverse

from caseway.core.clock import now
from caseway.core.ui.prose import prose
from caseway.core.ui.reference.shells import OURS
from caseway.core.ui.words import audience_label

PARTIES = {"customer": "Kim Orchid", "partner": "Brightwater Freight", "team": "", "record": ""}
TEXT = "The crate came with <one> board loose.\n\nSee https://example.com/record?a=1&b=2"
COPIED = {
    "address": "warehouse@orchid.example",
    "name": "",
    "is_new": False,
    "is_ticked": True,
    "is_usual": True,
}
LIMITS = {"files": 5, "bytes": 5_000_000, "extensions": ["jpg", "png", "pdf", "txt"]}


def label(audience: str, *, incoming: bool = False) -> str:
    """The audience's label on a message."""
    return audience_label(audience, PARTIES[audience], OURS, incoming=incoming)


def message(audience: str, number: int, *, mine: bool = False) -> dict[str, Any]:
    """A message of an audience; the partner's comes from the partner and quotes."""
    other = audience == "partner"
    name = "Omar Haddad" if other else "Ana Duarte"
    return {
        "id": number,
        "audience": audience,
        "label": label(audience, incoming=other),
        "author": {"name": name, "key": name, "organisation": PARTIES[audience], "other": other},
        "mine": mine,
        "at": now() - timedelta(minutes=90 - number),
        "body": prose(TEXT),
        "quoted": prose("What was said before.") if other else "",
        "quoted_from": "mail from Ana Duarte" if other else "",
        "files": [
            {"name": "crate.jpg", "url": "#", "size": 940_000, "image": True},
            {"name": "note.pdf", "url": "#", "size": 240_000, "held": "Being checked"},
        ],
    }


def composer() -> dict[str, Any]:
    """The composer with four audiences, a draft for the customer."""
    return {
        **_addresses(),
        "chosen": "customer",
        "error": "",
        "audiences": [
            _audience("customer", "Customer", "Send and set Pending from customer", "r"),
            _audience("partner", "Brightwater Freight", "Send to Brightwater Freight"),
            _audience("team", "Team note", "Add the note", "n"),
            _audience("record", "Record", "Add to the internal record", "Shift+N"),
        ],
    }


def reply() -> dict[str, Any]:
    """A customer's answer, refused once."""
    return {
        **_addresses(),
        "text": "",
        "files": [],
        "error": "Write something, or add a file.",
        "placeholder": "Add information or ask a question",
        "send": "Submit",
    }


def _addresses() -> dict[str, Any]:
    return {
        "action": reverse("ui:sample_post"),
        "draft_url": reverse("ui:sample_draft"),
        "upload_url": reverse("ui:sample_upload"),
        "limits": LIMITS,
    }


def _audience(key: str, name: str, send: str, shortcut: str = "") -> dict[str, Any]:
    customer = key == "customer"
    ways = [
        {"value": "", "label": "Send only", "icon": "send"},
        {"value": "on_hold", "label": "Send and set On hold", "icon": "clock"},
    ]
    return {
        "key": key,
        "label": name,
        "shortcut": shortcut,
        "to": [PARTIES[key]],
        "how": "" if PARTIES[key] else f"Only people at {OURS} can read this.",
        "send": send,
        "ways": ways if customer else [],
        "text": "Hello Kim," if customer else "",
        "files": [],
        "saved_at": now() if customer else None,
        "copies": [COPIED] if customer else None,
        "copies_label": "Cc",
    }
