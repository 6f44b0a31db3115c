"""The words of a preview: who joins, what happens to each side, what stays, what customers see."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from caseway.cases.models import Side
from caseway.cases.types import Sharing

from .preview import Preview


class About(Enum):
    """What a part of the preview is about; the values are those of the API."""

    PEOPLE = "people"
    SIDES = "sides"
    CUSTOMER = "customer"
    OLD_NUMBER = "old_number"


@dataclass(frozen=True)
class Chapter:
    """One part of the preview."""

    about: About
    heading: str
    sentences: Sequence[str]


def told(preview: Preview) -> list[Chapter]:
    """The preview in words, in the reader's language."""
    chapters = [
        Chapter(About.PEOPLE, _("Who joins"), _people(preview)),
        Chapter(About.SIDES, _("Each side"), _sides(preview)),
        Chapter(About.CUSTOMER, _("What the customer sees"), _customer(preview)),
        Chapter(About.OLD_NUMBER, _("The old number"), _old_number(preview)),
    ]
    return [chapter for chapter in chapters if chapter.sentences]


def _people(preview: Preview) -> list[str]:
    number = preview.survivor.number
    found = []
    if preview.watchers:
        words = {"people": _listed(preview.watchers), "number": number}
        found.append(_("Will follow %(number)s: %(people)s.") % words)
    if preview.participants:
        words = {"people": _listed(preview.participants), "number": number}
        found.append(_("Will take part in the conversation of %(number)s: %(people)s.") % words)
    return found or [_("Nobody new follows %(number)s or takes part in it.") % {"number": number}]


def _sides(preview: Preview) -> list[str]:
    return [_own_side(preview.survivor), *_partner(preview)]


def _own_side(survivor: Side) -> str:
    words = {"organisation": survivor.organisation, "owner": survivor.owner, "number": survivor.number}
    if survivor.owner is None:
        return _("%(organisation)s: nobody owns %(number)s yet.") % words
    return _("%(organisation)s: %(owner)s owns %(number)s.") % words


def _partner(preview: Preview) -> list[str]:
    """What becomes of the other organisation, which may be on either case or on both."""
    ours = preview.viewer.organisation_id
    merged, survivor = (
        next((side for key, side in part.sides.items() if key != ours), None) for part in preview.parts
    )
    other = merged if merged is not None and merged.sharing == Sharing.SHARED else survivor
    if other is None:
        return []
    words = {
        "organisation": other.organisation,
        "old": preview.merged.number,
        "number": preview.survivor.number,
    }
    if other is survivor:
        if survivor.sharing == Sharing.LISTED:
            return [_("%(organisation)s goes on seeing only that %(number)s exists.") % words]
        return [
            _("%(organisation)s is told that a case went into %(number)s, and reads nothing of it.") % words
        ]
    told = (
        _("%(organisation)s is told so, at its desk.")
        if other.organisation.signs_in
        else _("%(organisation)s is told so by e-mail.")
    ) % words
    if survivor is not None and survivor.sharing == Sharing.SHARED:
        return [_("%(organisation)s takes part in both, and goes on with %(number)s.") % words, told]
    joins = _("%(organisation)s joins %(number)s, where it reads its part of %(old)s and nothing older.")
    return [joins % words, told]


def _customer(preview: Preview) -> list[str]:
    merged, survivor = preview.merged.case, preview.survivor.case
    if not preview.is_hosts or survivor.contact is None:
        return []
    words = {
        "customer": survivor.contact,
        "other": merged.contact,
        "old": preview.merged.number,
        "number": preview.survivor.number,
    }
    if merged.contact is None:
        return [_("%(customer)s sees nothing of it.") % words]
    if not preview.talk_stays_apart:
        return [
            _("%(customer)s reads what was said on both, and that %(old)s was joined with %(number)s.")
            % words,
            _("Answers to either number arrive on %(number)s.") % words,
        ]
    return [
        _("%(other)s goes on talking with us under %(old)s, %(customer)s under %(number)s.") % words,
        _("Neither reads a word of the other, nor the other's number. You read both on %(number)s.") % words,
        _("When %(number)s is closed, both are told.") % words,
    ]


def _old_number(preview: Preview) -> list[str]:
    words = {"old": preview.merged.number, "number": preview.survivor.number}
    return [
        _("%(old)s becomes Merged and is found as before; its fields, tasks and links stay with it.") % words,
        _("What was written on it is read on %(number)s too, by those who could read it before.") % words,
        _("You can take the two apart again from either page.") % words,
    ]


def _listed(names: Sequence[str]) -> str:
    return get_text_list(list(names), _("and"))
