"""Samples for the reference page of the kit: every component in every state."""

import re
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from django import forms

from caseway.core.clock import now
from caseway.core.ui.bundles import STATIC
from caseway.core.ui.prose import prose
from caseway.core.ui.words import PRIORITIES, STATUSES, audience_label

AUDIENCES = ("customer", "partner", "team", "record")
OURS = "Larkfield Home"
PARTIES = {"customer": "Kim Orchid", "partner": "Brightwater Freight", "team": "", "record": ""}


class SampleForm(forms.Form):
    """One field of each widget, two of them wrong."""

    email = forms.EmailField(label="E-mail", help_text="We write to you here.")
    password = forms.CharField(widget=forms.PasswordInput)
    note = forms.CharField(widget=forms.Textarea(attrs={"rows": 2}), required=False)
    team = forms.ChoiceField(choices=[("claims", "Claims"), ("freight", "Freight")])
    remember = forms.BooleanField(required=False, label="Remember me")
    sides = forms.ChoiceField(choices=[("a", "Ours"), ("b", "Both")], widget=forms.RadioSelect)


def specimens() -> SimpleNamespace:
    """Everything that the reference templates show as `sample`."""
    present = now()
    return SimpleNamespace(
        statuses=list(STATUSES),
        priorities=list(PRIORITIES),
        names=["Ana Duarte", "Ben Okafor", "Lea Winter", "Sam Ito", "Iris Berg", "Jo", "Max Löwe"],
        icons=re.findall(r'id="i-([a-z]+)"', (STATIC / "sprite.svg").read_text("utf-8")),
        audiences=[(key, _label(key)) for key in AUDIENCES],
        earlier=present - timedelta(days=1),
        deadlines=[present + timedelta(minutes=minutes) for minutes in (-38, 24, 200, 2880)],
        moments=[present - timedelta(minutes=minutes) for minutes in (0, 4, 300, 2000, 600_000)],
        messages=[_message(key, at) for at, key in enumerate(AUDIENCES)],
        portal_messages=[_message("customer", 5) | {"mine": True}, _message("customer", 6) | {"mine": False}],
        composer=_composer(),
        reply=_reply(),
        cases=[_case(status, at) for at, status in enumerate(("open", "pending_agent", "withdrawn"))],
        files=[{"id": "7", "name": "sideboard-top.jpg", "size": 2_100_000, "remove_url": ""}],
        limits=_limits(),
        form=SampleForm({"email": "no address", "note": "Typed text stays"}),
        steps=_steps(),
        track=_track(),
    )


def shell() -> dict[str, Any]:
    """What the desk's shell wants from a view."""
    views = [("all-active", "All active cases", "layers", 1480, "g t"), ("new", "New cases", "new", 9, "g i")]
    return {
        "organisation": OURS,
        "home_url": "#",
        "new_case_url": "#",
        "person": {"name": "Ana Duarte", "key": 1, "account_url": "#", "sign_out_url": "#"},
        "views": [
            {
                "key": key,
                "label": label,
                "icon": icon,
                "count": count,
                "shortcut": keys,
                "url": "#",
                "hot": count < 10,
            }
            for key, label, icon, count, keys in views
        ],
        "saved": [{"label": "Hotels and VIP", "url": "#", "count": 11}],
        "foot": [{"label": "Components", "url": "#", "icon": "layers", "current": True}],
    }


def portal() -> dict[str, Any]:
    """What the portal's shell wants from a view."""
    return {
        "brand": {
            "name": "Larkfield Garden",
            "home_url": "#",
            "colour": "3f7d20",
            "footer": "Monday to Saturday",
        },
        "person": {"name": "Kim Orchid", "key": 4, "account_url": "#", "sign_out_url": "#"},
        "nav": [{"label": "Cases", "url": "#", "current": True}, {"label": "Shipments", "url": "#"}],
        "links": [{"label": "Privacy", "url": "#"}],
    }


def _label(audience: str, *, incoming: bool = False) -> str:
    return audience_label(audience, PARTIES[audience], OURS, incoming=incoming)


def _message(audience: str, number: int) -> dict[str, Any]:
    other = audience == "partner"
    name = "Omar Haddad" if other else "Ana Duarte"
    text = "The crate came with <one> board loose.\n\nSee https://example.com/record?a=1&b=2"
    return {
        "id": number,
        "audience": audience,
        "label": _label(audience, incoming=other),
        "author": {"name": name, "key": name, "organisation": PARTIES[audience], "other": other},
        "at": now() - timedelta(minutes=90 - number),
        "body": prose(text),
        "quoted": prose("What was said before.") if other else "",
        "quoted_from": "mail from Ana Duarte" if other else "",
        "files": [
            {"name": "crate.jpg", "url": "#", "size": 940_000, "image": True},
            {"name": "note.pdf", "url": "#", "size": 240_000, "held": "Being checked"},
        ],
    }


def _composer() -> dict[str, Any]:
    sends = {
        "customer": "Send and set Pending from customer",
        "partner": "Send to Brightwater Freight",
        "team": "Add the note",
        "record": "Add to the internal record",
    }
    labels = {
        "customer": "Customer",
        "partner": "Brightwater Freight",
        "team": "Team note",
        "record": "Record",
    }
    ways = [
        {"value": "", "label": "Send only", "icon": "send"},
        {"value": "on_hold", "label": "Send and set On hold", "icon": "clock"},
    ]
    return {
        "action": "/try/post",
        "draft_url": "/try/draft",
        "upload_url": "/try/upload",
        "limits": _limits(),
        "chosen": "customer",
        "error": "",
        "audiences": [
            {
                "key": key,
                "label": labels[key],
                "shortcut": {"customer": "r", "team": "n", "record": "Shift+N"}.get(key, ""),
                "to": [PARTIES[key]],
                "how": "by portal and mail"
                if key == "customer"
                else f"Only people at {OURS} can read this."
                if not PARTIES[key]
                else "",
                "send": sends[key],
                "ways": ways if key == "customer" else [],
                "text": "Hello Kim," if key == "customer" else "",
                "files": [],
                "saved_at": now() if key == "customer" else None,
                "cc": key == "customer",
            }
            for key in AUDIENCES
        ],
    }


def _reply() -> dict[str, Any]:
    return {
        "action": "/try/post",
        "draft_url": "/try/draft",
        "upload_url": "/try/upload",
        "limits": _limits(),
        "text": "",
        "files": [],
        "error": "",
        "placeholder": "Add information or ask a question",
        "send": "Submit",
    }


def _limits() -> dict[str, Any]:
    return {"files": 5, "bytes": 5_000_000, "extensions": ["jpg", "png", "pdf", "txt"]}


def _case(status: str, number: int) -> dict[str, Any]:
    return {
        "url": "#",
        "number": f"CV0004821{number}",
        "subject": "Walnut sideboard delivered with cracked top",
        "status": status,
        "at": now() - timedelta(hours=7 * number, minutes=4),
        "detail": "The photos are attached",
    }


def _steps() -> list[dict[str, str]]:
    return [
        {"text": "Received", "detail": "19 Nov 16:12", "state": "done"},
        {"text": "We are working on it", "detail": "Next word today by 12:00", "state": "current"},
        {"text": "Solved", "state": ""},
    ]


def _track() -> list[dict[str, Any]]:
    at = now() - timedelta(hours=3)
    return [
        {"text": "Exception reported", "place": "Oakland", "at": at, "bad": True},
        {"text": "Delivered", "place": "Signed by K. Orchid", "at": at, "now": True},
    ]
