"""One mail a day: at its time in its reader's zone and language, once, of what they may know then."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, time, timedelta
from threading import Barrier

import pytest
from django.db import connection

from caseway.accounts.models import Person
from caseway.cases.models import Case
from caseway.cases.ownership import actions as ownership
from caseway.cases.tests.story import raised_by_kim, says
from caseway.cases.types import Audience
from caseway.cases.watching.actions import follow
from caseway.core.clock import now, standing_at
from caseway.core.events import silence
from caseway.demo.cast import Cast, make_cast
from caseway.mail.models import Delivery
from caseway.notifications.choosing.actions import choose
from caseway.notifications.choosing.choices import Chosen
from caseway.notifications.choosing.times import next_digest
from caseway.notifications.digest.actions import send_due, send_one
from caseway.notifications.models import Choices, Kind
from caseway.notifications.noticing.actions import read_all

MONDAY = datetime(2026, 3, 2, 6, tzinfo=UTC)  # seven in Berlin
NOON = MONDAY + timedelta(hours=6)


def wants_digest(cast: Cast, person: Person, at: time = time(8)) -> None:
    Person.objects.filter(pk=person.pk).update(time_zone="Europe/Berlin")
    all_kinds = frozenset(Kind)
    choose(Chosen(frozenset(), frozenset(), all_kinds, at), by=cast.at_desk(person))


def a_case_of_anas(cast: Cast) -> Case:
    with silence():
        case = raised_by_kim(cast)
        ownership.claim(case, by=cast.at_desk(cast.ana))
    return case


def kim_writes(cast: Cast, case: Case, text: str = "And now?") -> None:
    says(case, cast.in_portal(cast.kim), Audience.CUSTOMER, text)


def digests(person: Person) -> list[Delivery]:
    return list(Delivery.objects.filter(purpose="digest", address=person.email).order_by("pk"))


def test_it_comes_at_its_time_in_the_readers_zone(cast: Cast) -> None:
    with standing_at(MONDAY):
        wants_digest(cast, cast.ana)
        kim_writes(cast, a_case_of_anas(cast))
    with standing_at(MONDAY + timedelta(minutes=59)):
        send_due()
        assert digests(cast.ana) == []
    with standing_at(MONDAY + timedelta(minutes=61)):
        send_due()
        send_due()
    [mail] = digests(cast.ana)
    assert "1 unread notification" in mail.subject
    assert "Kim Tran wrote" in mail.text
    assert mail.stop_link


def test_once_a_day_and_the_next_day_what_is_new(cast: Cast) -> None:
    with standing_at(MONDAY):
        wants_digest(cast, cast.ana)
        case = a_case_of_anas(cast)
        kim_writes(cast, case)
    with standing_at(NOON):
        send_due()
        kim_writes(cast, case, "Still there?")
        choose_again = Choices.objects.get(seat=cast.memberships[cast.ana.email])
        wants_digest(cast, cast.ana, time(14))
        send_due()
    with standing_at(NOON + timedelta(hours=3)):
        send_due()
        assert len(digests(cast.ana)) == 1
    with standing_at(NOON + timedelta(days=1, hours=3)):
        send_due()
        assert len(digests(cast.ana)) == 2
    assert choose_again.digest_day is not None
    assert "1 unread" in digests(cast.ana)[1].subject


def test_there_is_none_without_news_and_none_of_what_was_read(cast: Cast) -> None:
    with standing_at(MONDAY):
        wants_digest(cast, cast.ana)
        kim_writes(cast, a_case_of_anas(cast))
        read_all(by=cast.at_desk(cast.ana), until=now())
    with standing_at(NOON):
        assert send_due() == 1
        assert digests(cast.ana) == []


def test_what_its_reader_may_not_know_any_more_is_left_out(cast: Cast) -> None:
    with standing_at(MONDAY):
        wants_digest(cast, cast.ana)
        case = a_case_of_anas(cast)
        says(case, cast.at_desk(cast.admin), Audience.RECORD, "Secret")
        with silence():
            ownership.assign(case, by=cast.at_desk(cast.lea), to=cast.sam)
    with standing_at(NOON):
        send_due()
    assert digests(cast.ana) == []


READERS = {
    "ana": (
        "de",
        "Europe/Berlin",
        "1 ungelesene Benachrichtigung",
        "1. März, 20:00 Kim Tran hat geschrieben",
    ),
    "ben": ("es", "America/New_York", "1 notificación sin leer", "1 mar, 14:00 Kim Tran escribió"),
    "lea": ("vi", "Asia/Ho_Chi_Minh", "1 thông báo chưa đọc", "Hôm qua 02:00 Kim Tran đã viết"),
    "sam": ("zh-hans", "Asia/Shanghai", "1 条未读通知", "昨天 03:00 Kim Tran 发了消息"),
    "admin": ("", "Pacific/Auckland", "1 unread notification", "Yesterday 08:00 Kim Tran wrote"),
}
"""Language and zone of each, and what their digest says: seven in the evening of the first of March in
London is yesterday for some of them on Tuesday morning, and the day before for others."""


def test_each_reader_has_their_own_language_zone_and_formats(cast: Cast) -> None:
    """Of one event told to five people, in one run of the job."""
    with standing_at(MONDAY - timedelta(hours=11)):
        case = a_case_of_anas(cast)
        for name, (language, zone, *_said) in READERS.items():
            person = getattr(cast, name)
            with silence():
                follow(case, by=cast.at_desk(person))
            choose(Chosen(frozenset(), frozenset(), frozenset(Kind), time(9)), by=cast.at_desk(person))
            Person.objects.filter(pk=person.pk).update(language=language, time_zone=zone)
        kim_writes(cast, case)
    with standing_at(MONDAY + timedelta(days=1)):
        send_due()
    for name, (*_mine, subject, line) in READERS.items():
        [mail] = digests(getattr(cast, name))
        assert mail.subject == subject
        assert f"  {line}\n" in mail.text
        moment, words = line.split(" Kim Tran ")
        assert moment in mail.html, name
        assert f"Kim Tran {words}" in mail.html, name


def test_it_escapes_what_others_wrote(cast: Cast) -> None:
    with standing_at(MONDAY):
        wants_digest(cast, cast.ana)
        kim_writes(cast, raised_by_ana(cast, "<b>Top</b>"))
    with standing_at(NOON):
        send_due()
    [mail] = digests(cast.ana)
    assert "<b>Top</b>" in mail.text
    assert "<b>Top</b>" not in mail.html


def raised_by_ana(cast: Cast, subject: str) -> Case:
    with silence():
        case = raised_by_kim(cast, subject)
        ownership.claim(case, by=cast.at_desk(cast.ana))
    return case


def test_somebody_switched_off_gets_none(cast: Cast) -> None:
    with standing_at(MONDAY):
        wants_digest(cast, cast.ana)
        kim_writes(cast, a_case_of_anas(cast))
    Person.objects.filter(pk=cast.ana.pk).update(is_active=False)
    with standing_at(NOON):
        send_due()
    assert digests(cast.ana) == []


@pytest.mark.parametrize(
    ("moment", "due"),
    [
        (datetime(2026, 3, 28, 12, tzinfo=UTC), datetime(2026, 3, 29, 1, 30, tzinfo=UTC)),  # a skipped hour
        (datetime(2026, 10, 24, 12, tzinfo=UTC), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),  # comes twice
    ],
)
def test_days_on_which_clocks_change_have_one_digest(cast: Cast, moment: datetime, due: datetime) -> None:
    seat = cast.memberships[cast.ana.email]
    seat.person.time_zone = "Europe/Berlin"
    with standing_at(moment):
        assert next_digest(Choices(seat=seat, digest_at=time(2, 30)), seat).astimezone(UTC) == due


@pytest.mark.django_db(transaction=True)
def test_of_two_workers_one_sends_it() -> None:
    cast = make_cast()
    wants_digest(cast, cast.ana)
    kim_writes(cast, a_case_of_anas(cast))
    Choices.objects.update(digest_due_at=now() - timedelta(minutes=1))
    [choices], together = Choices.objects.all(), Barrier(4)

    def work() -> bool:
        try:
            together.wait()
            return send_one(choices.pk)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as workers:
        done = [one.result() for one in [workers.submit(work) for _ in range(4)]]
    assert done.count(True) == 1
    assert len(digests(cast.ana)) == 1
