"""No sequence of operations, by whomever, breaks what must always hold.

A state machine tries operations in random order on a few cases; what is refused is part of it.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from itertools import pairwise

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from caseway.accounts.models import Membership
from caseway.accounts.viewer import Viewer
from caseway.cases.conversation.queries import messages_of
from caseway.cases.lifecycle import actions as lifecycle
from caseway.cases.merging import actions as merging
from caseway.cases.models import Case, CaseEvent, Message, Side, Suspension
from caseway.cases.ownership import actions as ownership
from caseway.cases.partnering.actions import add_partner
from caseway.cases.status import Status
from caseway.cases.tasks.tests.work import with_policy
from caseway.cases.tests.story import closure_reason, fresh, owned_by_ana, raised_by_kim, says
from caseway.cases.types import Audience, Court, Sharing
from caseway.core.errors import DomainError
from caseway.demo.cast import Cast, make_cast

DESK = ("ana", "lea", "sam", "admin", "omar", "pia")
PLAIN = ("claim", "release", "resume", "reopen")
EVERYONE = (*DESK, "kim", "max")


class Life(RuleBasedStateMachine):
    """The life of a few cases among the cast."""

    cases = Bundle("cases")

    @initialize()
    def begin(self) -> None:
        self.outer = transaction.atomic()
        self.outer.__enter__()
        self.cast: Cast = make_cast()
        self.events = 0
        self.readers: dict[int, set[str]] = {}

    def teardown(self) -> None:
        if hasattr(self, "outer"):
            transaction.set_rollback(True)
            self.outer.__exit__(None, None, None)

    def viewer(self, name: str) -> Viewer:
        person = getattr(self.cast, name)
        return self.cast.in_portal(person) if name in ("kim", "max") else self.cast.at_desk(person)

    def attempt(self, act: Callable[[], object]) -> None:
        with suppress(DomainError):
            act()

    @rule(wanted=st.booleans())
    def want_claims(self, wanted: bool) -> None:
        with_policy(self.cast, self.cast.larkfield, operations_need_claim=wanted)

    @rule(target=cases, by_customer=st.booleans())
    def create(self, by_customer: bool) -> int:
        return (raised_by_kim if by_customer else owned_by_ana)(self.cast).pk

    @rule(
        case=cases, who=st.sampled_from(DESK), verb=st.sampled_from(["claim", "release", "resume", "reopen"])
    )
    def plainly(self, case: int, who: str, verb: str) -> None:
        module = lifecycle if hasattr(lifecycle, verb) else ownership
        self.attempt(lambda: getattr(module, verb)(fresh_by(case), by=self.viewer(who)))

    @rule(case=cases, who=st.sampled_from(EVERYONE), verb=st.sampled_from(["suspend", "cancel", "withdraw"]))
    def with_a_note(self, case: int, who: str, verb: str) -> None:
        self.attempt(lambda: getattr(lifecycle, verb)(fresh_by(case), by=self.viewer(who), note="because"))

    @rule(case=cases, who=st.sampled_from(DESK))
    def close(self, case: int, who: str) -> None:
        reason = closure_reason(self.cast).pk if who != "omar" else None
        self.attempt(lambda: lifecycle.close(fresh_by(case), by=self.viewer(who), reason=reason, note="x"))

    @rule(case=cases, who=st.sampled_from(DESK), to=st.sampled_from(DESK))
    def assign(self, case: int, who: str, to: str) -> None:
        person = getattr(self.cast, to)
        self.attempt(lambda: ownership.assign(fresh_by(case), by=self.viewer(who), to=person))

    @rule(case=cases, who=st.sampled_from(EVERYONE), audience=st.sampled_from(list(Audience)))
    def say(self, case: int, who: str, audience: Audience) -> None:
        self.attempt(lambda: says(fresh_by(case), self.viewer(who), audience, "words"))

    @rule(case=cases, who=st.sampled_from(DESK), partner=st.sampled_from(["brightwater", "tamarack"]))
    def share(self, case: int, who: str, partner: str) -> None:
        other = getattr(self.cast, partner)
        self.attempt(
            lambda: add_partner(fresh_by(case), by=self.viewer(who), partner=other, subject="s", text="t")
        )

    @rule(case=cases, into=cases, who=st.sampled_from(DESK))
    def merge(self, case: int, into: int, who: str) -> None:
        self.attempt(lambda: merging.merge(fresh_by(case), by=self.viewer(who), into=fresh_by(into)))

    @rule(case=cases, who=st.sampled_from(DESK))
    def unmerge(self, case: int, who: str) -> None:
        self.attempt(lambda: merging.unmerge(fresh_by(case), by=self.viewer(who)))

    @invariant()
    def copies_on_sides_agree(self) -> None:
        for side in Side.objects.select_related("case"):
            case = side.case
            assert (side.status, side.type, side.number) == (case.status, case.type, case.number)
            assert side.closed_at == case.closed_at
            assert side.account_id == (case.account_id if side.organisation_id == case.host_id else None)
        latest = {
            (m.case_id, reader): m.created_at
            for m in Message.objects.exclude(audience__in=["team", "record"]).order_by("created_at", "pk")
            for reader in (m.organisation_id, m.partner_id)
        }
        for side in Side.objects.all():
            assert side.latest_message_at == latest.get((side.case_id, side.organisation_id))

    @invariant()
    def somebody_has_to_act_while_a_case_goes_on(self) -> None:
        for side in Side.objects.select_related("case"):
            rests = not side.is_active or side.sharing == Sharing.LISTED
            if rests or side.court == Court.NOBODY:
                assert side.court == Court.NOBODY
                assert rests or side.status == Status.ON_HOLD, side.status
            if side.organisation_id != side.case.host_id:
                assert side.court != Court.CUSTOMER
            if side.court == Court.CUSTOMER:
                assert side.status in (Status.PENDING_CUSTOMER, Status.ON_HOLD)

    @invariant()
    def waiting_leaves_no_gap(self) -> None:
        """The stays of a side follow one another from its beginning: their sum is its age."""
        for side in Side.objects.select_related("case").prefetch_related("court_stays"):
            stays = sorted(side.court_stays.all(), key=lambda stay: stay.since)
            moments = [*((stay.since, stay.until) for stay in stays), (side.court_since, None)]
            for (_, until), (since, _) in pairwise(moments):
                assert until == since
            courts = [*(stay.court for stay in stays), side.court]
            assert all(one != other for one, other in pairwise(courts))
            if side.organisation_id == side.case.host_id:
                assert abs(moments[0][0] - side.created_at) < timedelta(seconds=1)

    @invariant()
    def two_organisations_at_most(self) -> None:
        for case in Case.objects.all():
            assert 1 <= case.sides.count() <= 2

    @invariant()
    def owners_sit_on_their_own_side(self) -> None:
        for owner, organisation in Side.objects.exclude(owner=None).values_list("owner", "organisation"):
            assert Membership.objects.filter(person=owner, organisation=organisation).exists()

    @invariant()
    def new_means_that_nobody_has_owned_it(self) -> None:
        hosted = Side.objects.filter(status=Status.NEW, owner__isnull=False).select_related("case")
        assert not [s for s in hosted if s.organisation_id == s.case.host_id]

    @invariant()
    def no_merge_goes_in_circles(self) -> None:
        for case in Case.objects.filter(status=Status.MERGED):
            seen, at = {case.pk}, case.merged_into
            while at is not None:
                assert at.pk not in seen
                seen.add(at.pk)
                at = at.merged_into

    @invariant()
    def on_hold_has_one_running_suspension(self) -> None:
        for case in Case.objects.all():
            running = Suspension.objects.filter(case=case, ended_at=None).count()
            assert running == (1 if case.status == Status.ON_HOLD else 0)

    @invariant()
    def history_only_grows(self) -> None:
        if hasattr(self, "events"):
            count = CaseEvent.objects.count()
            assert count >= self.events
            self.events = count

    @invariant()
    def nobody_ever_reads_an_older_message_that_was_not_for_them(self) -> None:
        """Readers are fixed at writing; only the record follows the owner of its side."""
        if not hasattr(self, "readers"):
            return
        now_read: dict[int, set[str]] = {pk: set() for pk in Message.objects.values_list("pk", flat=True)}
        for name in EVERYONE:
            viewer = self.viewer(name)
            for case in Case.objects.visible_to(viewer):
                for message in messages_of(case, viewer):
                    if message.audience != Audience.RECORD:
                        now_read[message.pk].add(name)
        for pk, names in self.readers.items():
            assert now_read[pk] <= names, "a message got a new reader"
        self.readers = {**now_read, **self.readers}


def fresh_by(pk: int) -> Case:
    return fresh(Case(pk=pk))


@pytest.mark.django_db
def test_no_sequence_of_operations_breaks_an_invariant() -> None:
    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=12,
            stateful_step_count=18,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.endurance
@pytest.mark.django_db
def test_no_long_sequence_does_either() -> None:
    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=300,
            stateful_step_count=50,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
