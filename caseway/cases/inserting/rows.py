"""What can be chosen to be inserted, as rows of a list: the same for the box of a script and for a page."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from caseway.cases.models import Side
from caseway.guidance.models import Guide

from .guides import Choice, beginning_of


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


def _guide(guide: Guide, side: Side, group: str) -> Row:
    url = reverse("desk:guide_insertion", args=[side.number, guide.pk])
    return Row(guide.title, beginning_of(guide), group, url)
