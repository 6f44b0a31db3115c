"""Samples of everything else that the reference templates show."""

import re
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from django import forms
from django.urls import reverse

from caseway.core.clock import now
from caseway.core.ui.bundles import STATIC
from caseway.core.ui.reference.writing import LIMITS, PARTIES, composer, label, message, reply
from caseway.core.ui.words import PRIORITIES, STATUSES


class SampleForm(forms.Form):
    """One field of each widget, most of them wrong."""

    email = forms.EmailField(label="E-mail", help_text="We write to you here.")
    password = forms.CharField(widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}))
    note = forms.CharField(widget=forms.Textarea(attrs={"rows": 2}), required=False)
    team = forms.ChoiceField(choices=[("claims", "Claims"), ("freight", "Freight")])
    remember = forms.BooleanField(required=False, label="Remember me")
    sides = forms.ChoiceField(choices=[("a", "Ours"), ("b", "Both")], widget=forms.RadioSelect)


def samples() -> SimpleNamespace:
    """Everything that the reference templates show as `sample`."""
    present = now()
    return SimpleNamespace(
        statuses=list(STATUSES),
        priorities=list(PRIORITIES),
        names=["Ana Duarte", "Ben Okafor", "Lea Winter", "Sam Ito", "Iris Berg", "Jo", "Max Löwe"],
        icons=re.findall(r'id="i-([a-z]+)"', (STATIC / "sprite.svg").read_text("utf-8")),
        audiences=[(key, label(key)) for key in PARTIES],
        earlier=present - timedelta(days=1),
        deadlines=[present + timedelta(minutes=minutes) for minutes in (-38, 24, 200, 2880)],
        moments=[present - timedelta(minutes=minutes) for minutes in (0, 4, 300, 2000, 600_000)],
        messages=[message(key, at) for at, key in enumerate(PARTIES)],
        portal_messages=[message("customer", 5, mine=True), message("customer", 6)],
        composer=composer(),
        reply=reply(),
        cases=[_case(status, at) for at, status in enumerate(("open", "pending_agent", "withdrawn"))],
        files=[{"id": "7", "name": "sideboard-top.jpg", "size": 2_100_000, "remove_url": ""}],
        limits=LIMITS,
        upload_url=reverse("ui:sample_upload"),
        post_url=reverse("ui:sample_post"),
        form=SampleForm({"email": "no address", "note": "Typed text stays"}),
        steps=_steps(),
        track=_track(),
    )


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
