"""Guides for what is being written: only those that its readers may read themselves."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse

from caseway.accounts.brands.sites import site_of
from caseway.accounts.models import Brand
from caseway.accounts.viewer import Viewer
from caseway.cases.guides.queries import suggestions_for
from caseway.cases.models import Side
from caseway.cases.types import Audience
from caseway.core.errors import NotFound
from caseway.core.text import clean_line
from caseway.guidance.markup import as_text
from caseway.guidance.models import Guide
from caseway.guidance.models.access import GuideQuerySet
from caseway.guidance.plain import as_plain
from caseway.guidance.suggesting import offered_to

MOST_SUGGESTED, MOST_FOUND, MOST_LISTED = 4, 12, 30
TAKES_GUIDES = (Audience.CUSTOMER, Audience.TEAM, Audience.RECORD)
"""A partner reads no guide of ours: guides are not part of what two companies share."""


@dataclass(frozen=True)
class Choice:
    """Guides to choose from; `suggested` are those for this case, and stand before the others."""

    suggested: Sequence[Guide]
    others: Sequence[Guide]


def choice_for(side: Side, audience: Audience, viewer: Viewer, typed: str = "") -> Choice:
    """The published guides that fit what was typed; nothing typed: those that fit the case, then all."""
    if audience not in TAKES_GUIDES:
        return Choice((), ())
    brand, language = _reader(side, audience)
    words = clean_line(typed, 200)
    if words:
        found = suggestions_for(viewer, text=words, brand=brand, language=language, limit=MOST_FOUND)
        return Choice((), found)
    suggested = suggestions_for(
        viewer,
        text=f"{side.subject}\n{side.description}",
        category=side.category,
        brand=brand,
        language=language,
        limit=MOST_SUGGESTED,
    )
    others = _offered(side, audience, viewer).exclude(pk__in=[guide.pk for guide in suggested])
    return Choice(suggested, list(others.defer("words", "meaning").by_title()[:MOST_LISTED]))


def guide_for(side: Side, audience: Audience, viewer: Viewer, key: int) -> Guide:
    """The guide with this id. Raises NotFound for one that these readers may not see."""
    found = _offered(side, audience, viewer).filter(pk=key).first() if audience in TAKES_GUIDES else None
    if found is None:
        raise NotFound
    return found


def words_of(guide: Guide, side: Side, audience: Audience) -> str:
    """The guide as text, with its address where the reader can open it."""
    parts = [guide.title, as_plain(guide.body), _address(guide, side, audience)]
    return "\n\n".join(part for part in parts if part)


def beginning_of(guide: Guide) -> str:
    """The first words of its text, for a list."""
    return as_text(guide.body)[:120]


def _offered(side: Side, audience: Audience, viewer: Viewer) -> GuideQuerySet:
    brand, language = _reader(side, audience)
    if audience is not Audience.CUSTOMER:
        # Colleagues know their own organisation's guides in every language.
        return Guide.objects.visible_to(viewer).published()
    return offered_to(viewer, brand, language)


def _reader(side: Side, audience: Audience) -> tuple[Brand | None, str | None]:
    """The brand under which the reader knows us, and their language."""
    if audience is not Audience.CUSTOMER:
        return None, None
    contact = side.case.contact
    person = contact.person if contact else None
    chosen = person.language if person else ""
    return side.case.brand, chosen or side.organisation.language


def _address(guide: Guide, side: Side, audience: Audience) -> str:
    """Where the reader opens it: customers with a sign-in in their portal, colleagues at the desk."""
    if audience is Audience.CUSTOMER:
        contact = side.case.contact
        opens = contact is not None and contact.is_active and contact.person_id is not None
        return site_of(side.case.brand) + reverse("portal:guide", args=[guide.pk]) if opens else ""
    return str(settings.BASE_URL).rstrip("/") + reverse("desk:guide", args=[guide.pk])
