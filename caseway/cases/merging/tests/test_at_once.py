"""One merges or splits while somebody else acts on the same case: nothing is lost, and the second hears."""

from collections.abc import Callable
from functools import partial

import pytest

from caseway.cases.conversation.drafts import save_draft
from caseway.cases.conversation.queries import messages_of
from caseway.cases.lifecycle import actions as lifecycle
from caseway.cases.merging.actions import merge, unmerge
from caseway.cases.models import Case, Draft, Merge, Message, Side, Split
from caseway.cases.ownership import actions as ownership
from caseway.cases.splitting.actions import NewFromSplit, split
from caseway.cases.status import Status
from caseway.cases.tests.story import closure_reason, fresh, owned_by_ana, raised_by_kim, says
from caseway.cases.tests.test_together import at_once
from caseway.cases.types import Audience
from caseway.core.errors import Conflict
from caseway.demo.cast import Cast, make_cast

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def copies_agree() -> bool:
    return all(side.status == side.case.status for side in Side.objects.select_related("case"))


def acts(cast: Cast, case: Case) -> dict[str, Callable[[], object]]:
    """What a colleague may be doing to the case at the same moment."""
    ana = cast.at_desk(cast.ana)
    return {
        "typing": lambda: save_draft(ana, case, Audience.CUSTOMER, {"text": "Half a sentence"}),
        "sending": lambda: says(case, ana, Audience.CUSTOMER, "We look into it"),
        "claiming": lambda: ownership.claim(case, by=ana),
        "closing": lambda: lifecycle.close(
            case, by=cast.at_desk(cast.admin), reason=closure_reason(cast).pk, note="x"
        ),
    }


@pytest.mark.parametrize("act", ["typing", "sending", "claiming", "closing"])
def test_one_merges_while_another_acts(cast: Cast, act: str) -> None:
    case, survivor, lea = raised_by_kim(cast), raised_by_kim(cast, "Again"), cast.at_desk(cast.lea)
    merged, done = at_once([lambda: merge(case, by=lea, into=survivor), acts(cast, case)[act]])
    assert copies_agree()
    for result in (merged, done):
        assert not isinstance(result, Exception) or isinstance(result, Conflict), result
    if isinstance(merged, Conflict):
        assert fresh(case).status == Status.CLOSED
        return
    assert fresh(case).status == Status.MERGED
    if act == "typing":
        assert Draft.objects.get().content["text"] == "Half a sentence"
    if isinstance(done, Message):
        assert done in messages_of(survivor, lea)


def test_two_who_merge_one_case_into_two_others(cast: Cast) -> None:
    case, one, other = (owned_by_ana(cast) for _ in range(3))
    lea, admin = cast.at_desk(cast.lea), cast.at_desk(cast.admin)
    results = at_once([lambda: merge(case, by=lea, into=one), lambda: merge(case, by=admin, into=other)])
    assert sum(isinstance(result, Conflict) for result in results) == 1
    assert Merge.objects.count() == 1


def test_two_who_take_the_same_merge_back(cast: Cast) -> None:
    case, survivor, lea = owned_by_ana(cast), owned_by_ana(cast), cast.at_desk(cast.lea)
    merge(case, by=lea, into=survivor)
    again = fresh(case)
    results = at_once([lambda: unmerge(again, by=lea), lambda: unmerge(again, by=cast.at_desk(cast.admin))])
    assert sum(isinstance(result, Conflict) for result in results) == 1
    assert fresh(case).status == Status.OPEN


def test_a_message_is_split_while_its_case_is_merged(cast: Cast) -> None:
    case, survivor, lea = raised_by_kim(cast), raised_by_kim(cast, "Again"), cast.at_desk(cast.lea)
    message, new = case.messages.get(), NewFromSplit(subject="Another question")
    merged, made = at_once(
        [
            lambda: merge(case, by=lea, into=survivor),
            lambda: split(case, by=cast.at_desk(cast.admin), messages=[message.pk], new=new),
        ]
    )
    assert merged == survivor
    assert isinstance(made, Case)
    for place in (made, survivor):
        assert message in messages_of(place, lea)
    assert copies_agree()


def test_two_who_split_the_same_message_make_one_case(cast: Cast) -> None:
    case, new = raised_by_kim(cast), NewFromSplit(subject="Another question")
    key, before = case.messages.get().pk, Case.objects.count()
    desks = (cast.at_desk(cast.lea), cast.at_desk(cast.admin))
    results = at_once([partial(split, case, by=by, messages=[key], new=new) for by in desks])
    assert sum(isinstance(result, Conflict) for result in results) == 1
    assert Split.objects.count() == 1
    assert Case.objects.count() == before + 1
