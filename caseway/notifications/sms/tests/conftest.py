"""A provider for each test, and an SMS to send through it."""

from collections.abc import Callable, Iterator

import pytest

from caseway.accounts.models import Person
from caseway.cases.models import Case, Side
from caseway.cases.tests.story import owned_by_ana, side_of
from caseway.demo.cast import Cast
from caseway.notifications.models import Sms
from caseway.notifications.sms.actions import write_sms
from caseway.notifications.sms.sending import Sender
from caseway.notifications.sms.twilio import Twilio

from .server import Exchange, exchange

NUMBER = "+12025550123"


@pytest.fixture
def provider() -> Iterator[Exchange]:
    """A real HTTP server that takes SMS."""
    with exchange() as made:
        yield made


@pytest.fixture
def sender(provider: Exchange) -> Sender:
    """A worker's sender over that server."""
    return Sender(Twilio(provider.account))


@pytest.fixture
def side(cast: Cast) -> Side:
    """Larkfield's side of a case that Ana owns; Ana has a mobile number."""
    Person.objects.filter(pk=cast.ana.pk).update(mobile=NUMBER)
    cast.ana.refresh_from_db()
    case: Case = owned_by_ana(cast)
    return side_of(case, cast.larkfield)


@pytest.fixture
def written(cast: Cast, side: Side) -> Callable[..., Sms]:
    """Writes an SMS to Ana."""

    def write(text: str = "Look at it", number: str = "") -> Sms:
        if number:
            Person.objects.filter(pk=cast.ana.pk).update(mobile=number)
            cast.ana.refresh_from_db()
        sms = write_sms(side, cast.ana, text, purpose=Sms.Purpose.URGE)
        assert sms is not None
        return sms

    return write
