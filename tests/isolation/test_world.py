"""The world itself: its secrets are where they should be, and its detector detects."""

import pytest

from caseway.cases.models import Case, Message
from caseway.customers.viewers import viewer_of

from .building import person_of
from .world import KINDS, World

pytestmark = pytest.mark.django_db


def test_every_secret_is_a_word_of_its_own(world: World):
    words = [secret.word for secret in world.secrets]

    assert len(set(words)) == len(words) > 60
    assert not [(a, b) for a in words for b in words if a != b and a in b]


def test_leaks_are_found_unless_they_were_asked_for(world: World):
    secret = next(secret for secret in world.secrets if "kim" not in secret.readers)

    assert world.leaks("kim", f"<p>{secret.word}</p>") == [secret]
    assert world.leaks(min(secret.readers), secret.word) == []
    assert world.leaks("kim", secret.word, asked_for=[secret.word]) == []


@pytest.mark.parametrize("name", KINDS)
def test_the_world_says_of_cases_what_the_door_says(world: World, name: str):
    person = person_of(world.cast, name)
    seen = set()
    if person:
        seen = set(Case.objects.visible_to(viewer_of(person)).values_list("number", flat=True))

    assert seen == set(world.open_to(name, "case"))


@pytest.mark.parametrize("name", KINDS)
def test_the_world_says_of_messages_what_the_door_says(world: World, name: str):
    person = person_of(world.cast, name)
    if person is None:
        return
    texts = " ".join(Message.objects.visible_to(viewer_of(person)).values_list("text", flat=True))

    assert world.leaks(name, texts) == []
    own = [s.word for s in world.secrets if name in s.readers and "record" in s.what and "file" not in s.what]
    assert all(word in texts for word in own)
