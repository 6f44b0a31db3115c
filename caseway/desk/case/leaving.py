"""How a message leaves: by the way that its writer chose last, and for some seconds it may be taken back."""

from collections.abc import Mapping, Sequence
from math import ceil
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from caseway.cases.models import Draft
from caseway.cases.types import Audience
from caseway.core.clock import now
from caseway.core.text import excerpt


def first_and_others(words: Mapping[str, Any], remembered: str) -> dict[str, object]:
    """The way that the button offers, and those of its menu: what was chosen last comes first."""
    usual = {"value": "", "label": words["send"], "icon": "send"}
    every = [usual, *words["ways"]]
    first = next((way for way in every if way["value"] == remembered), usual)
    others = [way for way in every if way is not first] if words["ways"] else []
    return {"send": first["label"], "send_value": first["value"], "ways": others}


def waiting_to_go(
    waiting: Sequence[Draft], audiences: Mapping[str, Mapping[str, Any]], number: str
) -> list[dict[str, object]]:
    """What the writer sent and may still take back, as the dock shows it."""
    return [
        {
            "id": one.pk,
            "until": one.sends_at,
            "seconds": max(0, ceil((one.sends_at - now()).total_seconds())) if one.sends_at else 0,
            "text": excerpt(str(one.content.get("text", "")), 60),
            "to": _readers(one, audiences.get(one.audience, {})),
            "undo_url": reverse("desk:undo_sending", args=[number, one.pk]),
            "sending_url": reverse("desk:finish_sending", args=[number, one.pk]),
        }
        for one in waiting
    ]


def _readers(one: Draft, audience: Mapping[str, Any]) -> str:
    if one.audience in (Audience.TEAM, Audience.RECORD):
        return _("Adding to: %(where)s") % {"where": audience.get("label", one.get_audience_display())}
    copied = one.content.get("copies") or []
    names = ", ".join([*audience.get("to", []), *copied]) or one.get_audience_display()
    return _("Sending to %(names)s") % {"names": names}
