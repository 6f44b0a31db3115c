"""What can be chosen to be inserted, as rows of a list: the same for the box of a script and for a page."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from caseway.accounts.models import Membership
from caseway.accounts.viewer import Viewer
from caseway.cases.canned.actions import OWN, scope_of
from caseway.cases.conversation.mentions import call_for
from caseway.cases.models import CannedAnswer, Side
from caseway.core.text import clean_line, excerpt
from caseway.guidance.models import Guide

from .guides import Choice, beginning_of

MOST_COLLEAGUES = 12


@dataclass(frozen=True)
class Row:
    """One thing to insert. `url` takes a POST and gives its text; `text` is known already."""

    title: str
    detail: str
    group: str = ""
    url: str = ""
    text: str = ""


def rows_of_guides(choice: Choice, side: Side) -> list[Row]:
    """Guides by group: those that fit the case, then the others."""
    others = _("All guides") if choice.suggested else ""
    return [
        *(_guide(guide, side, _("For this case")) for guide in choice.suggested),
        *(_guide(guide, side, others) for guide in choice.others),
    ]


def rows_of_canned(answers: Sequence[CannedAnswer], side: Side) -> list[Row]:
    """Canned answers by title, with the beginning of each."""
    return [
        Row(
            one.title,
            excerpt(one.body, 110),
            _("Only me") if scope_of(one) == OWN else _("Shared"),
            reverse("desk:canned_insertion", args=[side.number, one.pk]),
        )
        for one in sorted(answers, key=lambda one: scope_of(one) != OWN)
    ]


def rows_of_colleagues(seats: Sequence[Membership], viewer: Viewer, typed: str) -> list[Row]:
    """Colleagues whose name or address begins with what was typed, or has a word that does."""
    words = clean_line(typed, 80).lower()
    found = [
        one
        for one in seats
        if one.person_id != viewer.person_id
        and f" {one.person.name} {one.person.email}".lower().find(f" {words}") >= 0
    ]
    return [
        Row(one.person.name, one.person.email, text=f"{call_for(one, seats)} ")
        for one in found[:MOST_COLLEAGUES]
    ]


def _guide(guide: Guide, side: Side, group: str) -> Row:
    url = reverse("desk:guide_insertion", args=[side.number, guide.pk])
    return Row(guide.title, beginning_of(guide), group, url)
