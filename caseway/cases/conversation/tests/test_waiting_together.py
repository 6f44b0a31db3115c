"""Taking back and sending at the same moment: exactly one of them happens, with real threads."""

from datetime import timedelta
from functools import partial
from uuid import uuid4

import pytest

from caseway.cases.conversation.drafts import drafts_of
from caseway.cases.conversation.sending import Outgoing
from caseway.cases.conversation.waiting import hold, send_due, take_back
from caseway.cases.models import Draft, Message
from caseway.cases.tests.story import raised_by_kim
from caseway.cases.tests.test_together import at_once
from caseway.cases.types import Audience
from caseway.core.clock import now
from caseway.core.errors import Conflict
from caseway.demo.cast import make_cast

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("time", range(4))
def test_one_of_undo_and_sending_wins(time: int) -> None:
    cast = make_cast()
    case, ana = raised_by_kim(cast), cast.at_desk(cast.ana)
    hold(case, by=ana, outgoing=Outgoing(Audience.CUSTOMER, "Only once"), token=uuid4())
    waiting = Draft.objects.get(sends_at__isnull=False)
    Draft.objects.filter(pk=waiting.pk).update(sends_at=now() - timedelta(seconds=1))
    results = at_once(
        [
            partial(send_due, waiting.pk),
            partial(take_back, case, waiting.pk, by=ana),
            partial(send_due, waiting.pk),
            partial(take_back, case, waiting.pk, by=ana),
        ]
    )
    sent = Message.objects.filter(text="Only once").count()
    kept = [draft.content["text"] for draft in drafts_of(ana, case).values()]
    assert (sent, kept) in [(1, []), (0, ["Only once"])]
    assert [r for r in results if r is True] == [True] * sent
    assert sum(isinstance(r, Conflict) for r in results) == 1 + sent


def test_many_who_send_what_is_due_send_it_once() -> None:
    cast = make_cast()
    case, ana = raised_by_kim(cast), cast.at_desk(cast.ana)
    hold(case, by=ana, outgoing=Outgoing(Audience.CUSTOMER, "Only once"), token=uuid4())
    Draft.objects.update(sends_at=now() - timedelta(seconds=1))
    key = Draft.objects.get().pk
    assert sorted(map(str, at_once([partial(send_due, key)] * 6))) == ["False"] * 5 + ["True"]
    assert Message.objects.filter(text="Only once").count() == 1
