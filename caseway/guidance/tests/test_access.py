"""Who sees which guides: the door, and behind it language and brand."""

import pytest

from caseway.accounts.viewer import NOBODY
from caseway.demo.cast import Cast
from caseway.guidance.models import Guide
from caseway.guidance.tests.writing import guide_of, larkfields

pytestmark = pytest.mark.django_db


def seen_by(viewer) -> set[str]:
    return set(Guide.objects.visible_to(viewer).values_list("title", flat=True))


def offered(cast: Cast, language: str, brand=None) -> set[str]:
    seen = Guide.objects.visible_to(cast.in_portal(cast.kim))
    return set(seen.offered_in(language, "en", brand).values_list("title", flat=True))


def test_customers_see_what_is_published_agents_the_drafts_too_and_others_nothing(cast: Cast) -> None:
    guide_of(larkfields(cast), "Published")
    guide_of(larkfields(cast), "Draft", draft=True)
    guide_of(cast.at_desk(cast.iris), "Brightwater's")
    assert seen_by(cast.in_portal(cast.kim)) == {"Published"}
    assert seen_by(cast.at_desk(cast.ana)) == {"Published", "Draft"}
    assert seen_by(cast.at_desk(cast.omar)) == {"Brightwater's"}
    assert seen_by(cast.at_desk(cast.pia)) == seen_by(NOBODY) == set()


def test_a_reader_is_offered_each_guide_once_in_their_language_or_the_organisations(cast: Cast) -> None:
    by = larkfields(cast)
    damage, late = guide_of(by, "Damage"), guide_of(by, "Late")
    guide_of(by, "Schaden", language="de", original=damage.pk)
    guide_of(by, "Verspätet", language="de", original=late.pk, draft=True)
    guide_of(by, "Chỉ tiếng Việt", language="vi")
    assert offered(cast, "de") == {"Schaden", "Late"}
    assert offered(cast, "en") == offered(cast, "fr") == {"Damage", "Late"}
    assert offered(cast, "vi") == {"Damage", "Late", "Chỉ tiếng Việt"}


def test_a_brand_offers_its_own_and_those_of_none(cast: Cast) -> None:
    guide_of(larkfields(cast), "Everywhere")
    guide_of(larkfields(cast), "Garden", brand=cast.garden_brand.pk)
    assert offered(cast, "en", cast.larkfield_brand) == {"Everywhere"}
    assert offered(cast, "en", cast.garden_brand) == {"Everywhere", "Garden"}
    assert offered(cast, "en", None) == {"Everywhere", "Garden"}
