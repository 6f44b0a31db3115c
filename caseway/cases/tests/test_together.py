"""Several people at once, on real PostgreSQL with real threads."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier

import pytest
from django.db import connection

from caseway.cases.conversation.drafts import save_draft
from caseway.cases.lifecycle import actions as lifecycle
from caseway.cases.merging.actions import merge
from caseway.cases.models import Case, CaseEvent, Draft, Merge, Message, Side
from caseway.cases.ownership import actions as ownership
from caseway.cases.status import Status
from caseway.cases.tests.story import closure_reason, fresh, owned_by_ana, raised_by_kim, says, side_of
from caseway.cases.types import Audience
from caseway.core.errors import Conflict, DomainError
from caseway.demo.cast import Cast, make_cast

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(acts: Sequence[Callable[[], object]]) -> list[object]:
    """Do all of it at the same moment, each on a connection of its own; results or refusals in order."""
    barrier = Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        try:
            barrier.wait()
            return act()
        except DomainError as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def test_of_many_who_claim_one_gets_the_case_and_the_others_hear_who(cast: Cast) -> None:
    case = raised_by_kim(cast)
    desks = [cast.at_desk(person) for person in (cast.ana, cast.ben, cast.lea, cast.sam)] * 2
    results = at_once([partial(ownership.claim, case, by=by) for by in desks])
    refused = [r for r in results if isinstance(r, Conflict)]
    assert len(refused) == len(desks) - 1
    owner = side_of(case, cast.larkfield).owner
    assert all(str(owner) in refusal.message for refusal in refused)
    assert CaseEvent.objects.filter(case=case, kind="case.claimed").count() == 1


def test_two_who_close_close_once(cast: Cast) -> None:
    case, reason = owned_by_ana(cast), closure_reason(cast).pk
    desks = (cast.at_desk(cast.ana), cast.at_desk(cast.lea))
    results = at_once([partial(lifecycle.close, case, by=by, reason=reason, note="x") for by in desks])
    assert sum(isinstance(r, Conflict) for r in results) == 1
    assert CaseEvent.objects.filter(case=case, kind="case.closed").count() == 1


def test_two_merges_into_each_other_never_close_a_circle(cast: Cast) -> None:
    one, two, lea = owned_by_ana(cast), owned_by_ana(cast), cast.at_desk(cast.lea)
    results = at_once([lambda: merge(one, by=lea, into=two), lambda: merge(two, by=lea, into=one)])
    assert sum(isinstance(r, Conflict) for r in results) == 1
    assert Merge.objects.count() == 1


def test_a_comment_and_an_answer_both_arrive_and_the_copies_agree(cast: Cast) -> None:
    case = raised_by_kim(cast)
    says(case, cast.at_desk(cast.ana), Audience.CUSTOMER, "Which one?")
    kim, ana = cast.in_portal(cast.kim), cast.at_desk(cast.ana)
    at_once(
        [
            lambda: says(case, kim, Audience.CUSTOMER, "The brown one"),
            lambda: says(case, ana, Audience.CUSTOMER, "Are you there?"),
        ]
    )
    assert Message.objects.filter(case=case).count() == 4
    assert set(case.sides.values_list("status", flat=True)) == {fresh(case).status}


def test_claim_close_merge_and_talk_side_by_side_end_without_deadlock(cast: Cast) -> None:
    cases = [owned_by_ana(cast) for _ in range(3)]
    lea, ana, reason = cast.at_desk(cast.lea), cast.at_desk(cast.ana), closure_reason(cast).pk
    a, b, c = cases
    results = at_once(
        [
            lambda: merge(a, by=lea, into=b),
            lambda: merge(b, by=ana, into=c),
            lambda: merge(c, by=lea, into=a),
            lambda: lifecycle.close(b, by=ana, reason=reason, note="x"),
            lambda: ownership.release(c, by=ana),
            lambda: says(a, lea, Audience.TEAM, "careful"),
        ]
    )
    assert all(isinstance(r, Case | Message | DomainError) for r in results)
    for side in Side.objects.select_related("case"):
        assert side.status == side.case.status
    assert Case.objects.filter(status=Status.MERGED).count() == Merge.objects.filter(undone_at=None).count()


def test_two_windows_saving_a_draft_keep_one(cast: Cast) -> None:
    case, ana = owned_by_ana(cast), cast.at_desk(cast.ana)
    at_once([partial(save_draft, ana, case, Audience.TEAM, {"text": t}) for t in ("one", "two", "three")])
    assert Draft.objects.get().content["text"] in ("one", "two", "three")
