"""`kill -9` of the worker amid SMS: none is lost, and none goes twice that the provider told us of."""

import signal
from collections import Counter
from datetime import timedelta

import pytest

from caseway.accounts.models import Person
from caseway.cases.tests.story import owned_by_ana, side_of
from caseway.core.clock import now
from caseway.demo.cast import make_cast
from caseway.notifications.models import Sms
from caseway.notifications.sms import actions, claims
from caseway.notifications.sms.tests.server import Exchange, exchange, stalling, taking_and
from tests.faults.processes import environment, running, wait_until

pytestmark = [pytest.mark.fault, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def provider():
    with exchange() as made:
        yield made


@pytest.fixture
def written(monkeypatch) -> list[Sms]:
    """Thirty SMS to Ana."""
    monkeypatch.setattr(actions, "MOST_IN_AN_HOUR", 1000)
    cast = make_cast()
    Person.objects.filter(pk=cast.ana.pk).update(mobile="+12025550123")
    cast.ana.refresh_from_db()
    side = side_of(owned_by_ana(cast), cast.larkfield)
    made = [actions.write_sms(side, cast.ana, f"SMS {n}", purpose=Sms.Purpose.URGE) for n in range(30)]
    return [sms for sms in made if sms is not None]


def worker(provider: Exchange):
    return running("-m", "django", "worker", env=environment(CASEWAY_SMS_URL=provider.url))


def unsent() -> int:
    return Sms.objects.exclude(state__in=[Sms.State.SENT, Sms.State.DELIVERED]).count()


def test_each_arrives_once(provider, written):
    """The provider takes what it was given before the worker hears of it, and so dies in between."""
    assert len(written) == 30
    with worker(provider) as process:
        wait_until(lambda: len(provider.messages) >= 5, 60)
        provider.moods.extend([taking_and(stalling)] * 4)
        wait_until(lambda: not provider.moods, 60)
        process.send_signal(signal.SIGKILL)
        process.wait()
    left = Sms.objects.filter(state=Sms.State.SENDING)
    assert left.exists(), "the kill came while something was in flight"
    left.update(claimed_at=now() - claims.LEASE - timedelta(seconds=1))
    with worker(provider):
        wait_until(lambda: unsent() == 0, 120)
    counted = Counter(message["body"] for message in provider.messages)
    assert set(counted) == {sms.text for sms in written}
    assert max(counted.values()) == 1
