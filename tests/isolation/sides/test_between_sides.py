"""Nothing that one side has for itself reaches the other, by whatever way it is asked for.

Twice the same walk, before and after one side works for itself on all fifty cases: had any answer to
the other changed by a single byte, it would depend on what is none of its business.
"""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction

from caseway.accounts.models import Person
from caseway.cases.models import Attachment
from caseway.core.clock import now, standing_at
from caseway.demo.cast import make_cast
from caseway.mail.models import Delivery
from caseway.notifications.models import Notice

from .building import CASES, Two, build_two, says
from .deeds import works_in_private
from .house import House
from .walking import Walk, events_seen

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def two(django_db_setup: None, django_db_blocker: Any) -> Iterator[Two]:
    """The two organisations, built once."""
    with django_db_blocker.unblock(), transaction.atomic():
        two = build_two(make_cast())
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # nobody else can: this is never committed
        yield two
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def no_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """A walk asks more in a minute than a token may."""
    monkeypatch.setattr("caseway.api.http.requests.Budget.is_exceeded", False)


def reader_of(two: Two, name: str) -> tuple[Person, House, House]:
    """A person, their organisation, and the other one."""
    home = two.brightwater if name in ("omar", "iris") else two.larkfield
    return getattr(two.cast, name), home, two.other(home)


def leaks(text: str, other: House, question: str) -> set[str]:
    """Words of the other side in an answer, beyond those that were asked for."""
    found = set(re.findall(rf"{other.name}\d{{4}}[a-z]+", text))
    return {word for word in found if word not in question}


@pytest.mark.parametrize("name", ["omar", "iris", "ana", "admin"])
def test_no_answer_depends_on_what_the_other_side_has_for_itself(two: Two, name: str, db: None) -> None:
    assert len({case.pk for case in [*two.larkfield.cases, *two.brightwater.cases]}) == CASES
    person, home, other = reader_of(two, name)
    wide, moment = name in ("omar", "ana"), now() + timedelta(hours=1)
    walk, viewer = Walk(person, home, other, wide=wide), home.at_desk(person)
    with standing_at(moment):
        before, events, mails = walk.answers(), events_seen(viewer), mailed_to(home)
    assert len(before) > (300 if wide else 50)
    works_in_private(other)
    with standing_at(moment):
        after = walk.answers()
    told = {question: found for question, text in after.items() if (found := leaks(text, other, question))}
    assert not told
    changed = {
        question: first_difference(text, after[question])
        for question, text in before.items()
        if text != after[question]
    }
    assert not changed, "\n".join(f"{question}\n{parts}" for question, parts in changed.items())[:20_000]
    assert events_seen(viewer) == events
    assert mailed_to(home) == mails


def test_a_walk_does_see_what_is_shared(two: Two, db: None) -> None:
    """The same comparison, where something is told to the partner: it could fail."""
    person, home, other = reader_of(two, "omar")
    shared = next(case for case in home.cases if case in other.cases)
    walk = Walk(person, home, other)
    walk.asked = [f"PAGE /desk/cases/{shared.number}", "PAGE /desk/cases/?view=all"]
    with standing_at(now()):
        before = walk.answers()
    says(shared, other, "A word for you")
    with standing_at(now()):
        after = walk.answers()
    assert all(before[question] != after[question] for question in before)


def mailed_to(house: House) -> list[int]:
    """The mails and notices that its people have got."""
    people = [person.email for person in (house.agent, house.colleague, house.admin)]
    notices = Notice.objects.filter(person__email__in=people).order_by("pk").values_list("pk", flat=True)
    mails = Delivery.objects.filter(address__in=people).order_by("pk").values_list("pk", flat=True)
    return [*notices, *mails]


@pytest.mark.parametrize("name", ["omar", "ana"])
def test_no_mail_bears_a_word_of_the_other_side(two: Two, name: str, db: None) -> None:
    _person, home, other = reader_of(two, name)
    works_in_private(other)
    for mail in Delivery.objects.all():
        words = " ".join(str(getattr(mail, one.attname)) for one in mail._meta.concrete_fields)
        found = set(re.findall(rf"{other.name}\d{{4}}[a-z]+", words))
        to_them = mail.address in {home.agent.email, home.colleague.email, home.admin.email}
        assert not (found and to_them), mail


@pytest.mark.parametrize("name", ["omar", "ana"])
def test_no_file_of_the_other_side_opens(two: Two, name: str, db: None) -> None:
    person, home, other = reader_of(two, name)
    walk = Walk(person, home, other)
    files = list(Attachment.objects.filter(name__startswith=other.name).values_list("pk", flat=True))
    assert files
    for key in files:
        assert walk.client.get(f"/desk/files/{key}/").status_code == 404
        assert walk.caller.get(f"/attachments/{key}").status_code == 404


def first_difference(one: str, other: str) -> str:
    """Where two answers part."""
    pairs = zip(one.splitlines(), other.splitlines(), strict=False)
    return next((f"{left[:600]}\n{right[:600]}" for left, right in pairs if left != right), "one is longer")
