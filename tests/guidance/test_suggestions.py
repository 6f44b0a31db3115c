"""How well suggestions fit: sixty questions against the forty guides of the demo world.

`bin/test tests/guidance -s` prints the figures.
"""

import tomllib
from pathlib import Path

import pytest

from caseway.core.clock import now
from caseway.demo.cast import Cast
from caseway.demo.world.guides import OF_LARKFIELD, larkfields_guides, rows_of
from caseway.guidance.suggesting import suggest

pytestmark = pytest.mark.django_db
QUESTIONS = tomllib.loads((Path(__file__).parent / "questions.toml").read_text("utf-8"))["questions"]
AT_LEAST_BY_WORDS, AT_LEAST_WITH_MEANING = 24, 36


@pytest.fixture
def keys(cast: Cast) -> dict[int, str]:
    made = larkfields_guides(cast, cast.at_desk(cast.admin), now())
    return {guide.pk: key for key, guide in made.items()}


def found(cast: Cast, keys: dict[int, str], *, by_meaning: bool) -> int:
    """How many questions have the right guide among the first three."""
    kim = cast.in_portal(cast.kim)
    asked = [(text, key) for key, texts in QUESTIONS.items() for text in texts]
    answers = [suggest(kim, text=text, by_meaning=by_meaning) for text, _key in asked]
    right = [
        key in {keys.get(guide.pk) for guide in guides}
        for guides, (_t, key) in zip(answers, asked, strict=True)
    ]
    return sum(right)


def test_there_are_sixty_questions_and_forty_guides() -> None:
    known = {row["key"] for name in OF_LARKFIELD for row in rows_of(name)}
    assert sum(map(len, QUESTIONS.values())) == 60
    assert len(known) == 40
    assert set(QUESTIONS) <= known


def test_meaning_helps(cast: Cast, keys: dict[int, str]) -> None:
    words, both = (found(cast, keys, by_meaning=meaning) for meaning in (False, True))
    print(f"\nright guide among the first three: {words} of 60 by words, {both} of 60 by meaning too")  # noqa: T201
    assert words >= AT_LEAST_BY_WORDS
    assert both >= AT_LEAST_WITH_MEANING
    assert both >= words * 1.3, "meaning no longer pays for its packages: leave it out"
