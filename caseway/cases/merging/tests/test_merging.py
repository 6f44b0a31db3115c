"""Merging: everything reachable from the survivor, nothing shown to anybody new, and back again."""

import pytest

from caseway.cases.conversation.queries import messages_of
from caseway.cases.creation.actions import create
from caseway.cases.creation.fields import NewCase
from caseway.cases.merging.actions import merge, unmerge
from caseway.cases.models import Case, Watch
from caseway.cases.partnering.actions import add_partner
from caseway.cases.status import Status
from caseway.cases.tests.story import (
    fresh,
    owned_by_ana,
    raised_by_kim,
    says,
    shared_with_brightwater,
    side_of,
)
from caseway.cases.types import Audience
from caseway.cases.watching.actions import follow
from caseway.core.errors import Conflict, Invalid, NotFound
from caseway.demo.cast import Cast

pytestmark = pytest.mark.django_db


def test_the_survivor_shows_what_was_said_on_both(cast: Cast) -> None:
    merged, survivor, lea = raised_by_kim(cast), raised_by_kim(cast, "Again"), cast.at_desk(cast.lea)
    says(merged, lea, Audience.TEAM, "seen before")
    merge(merged, by=lea, into=survivor)
    assert fresh(merged).status == Status.MERGED
    assert "seen before" in [m.text for m in messages_of(survivor, lea)]


def test_watchers_join_the_survivor_and_leave_it_when_undone(cast: Cast) -> None:
    merged, survivor, lea = raised_by_kim(cast), raised_by_kim(cast, "Again"), cast.at_desk(cast.lea)
    follow(merged, by=cast.at_desk(cast.ben))
    merge(merged, by=lea, into=survivor)
    assert Watch.objects.filter(case=survivor, person=cast.ben).exists()
    unmerge(fresh(merged), by=lea)
    assert not Watch.objects.filter(case=survivor, person=cast.ben).exists()
    assert fresh(merged).status == Status.NEW


def test_merging_shows_no_message_to_anybody_new(cast: Cast) -> None:
    internal, shared, lea = raised_by_kim(cast), shared_with_brightwater(cast), cast.at_desk(cast.lea)
    says(internal, lea, Audience.TEAM, "between us")
    merge(internal, by=lea, into=shared)
    omar = cast.at_desk(cast.omar)
    assert [m.text for m in messages_of(shared, omar)] == ["Please check."]


def test_a_partner_of_the_merged_case_goes_on_with_the_survivor(cast: Cast) -> None:
    shared, internal, lea = (
        shared_with_brightwater(cast),
        raised_by_kim(cast, "Again"),
        cast.at_desk(cast.lea),
    )
    says(internal, cast.in_portal(cast.kim), Audience.CUSTOMER, "not for carriers")
    merge(shared, by=lea, into=internal)
    omar = cast.at_desk(cast.omar)
    assert [m.text for m in messages_of(fresh(internal), omar)] == ["Please check."]
    assert side_of(internal, cast.brightwater).subject == "Crate damaged"
    says(fresh(internal), omar, Audience.PARTNER, "Still looking")


def test_no_third_organisation_ever_meets_on_a_case(cast: Cast) -> None:
    one, two, lea = shared_with_brightwater(cast), raised_by_kim(cast), cast.at_desk(cast.lea)
    add_partner(two, by=lea, partner=cast.tamarack, subject="Lost", text="Please trace.")
    with pytest.raises(Conflict, match="two organisations"):
        merge(one, by=lea, into=two)


def test_two_customers_are_never_joined(cast: Cast) -> None:
    kims, lea = raised_by_kim(cast), cast.at_desk(cast.lea)
    maxs = create(NewCase(subject="Late", description="Where is it?"), by=cast.in_portal(cast.max))
    with pytest.raises(Conflict, match="different customers"):
        merge(maxs, by=lea, into=kims)


def test_a_customers_case_never_ends_in_one_without_customer(cast: Cast) -> None:
    kims, internal, lea = raised_by_kim(cast), owned_by_ana(cast), cast.at_desk(cast.lea)
    with pytest.raises(Conflict, match="other way round"):
        merge(kims, by=lea, into=internal)
    merge(internal, by=lea, into=kims)
    assert fresh(internal).status == Status.MERGED


def test_no_cycle(cast: Cast) -> None:
    one, two, lea = owned_by_ana(cast), owned_by_ana(cast), cast.at_desk(cast.lea)
    with pytest.raises(Invalid):
        merge(one, by=lea, into=one)
    merge(one, by=lea, into=two)
    with pytest.raises(Conflict):
        merge(two, by=lea, into=one)


def test_merging_twice_is_a_conflict(cast: Cast) -> None:
    one, two, lea = owned_by_ana(cast), owned_by_ana(cast), cast.at_desk(cast.lea)
    merge(one, by=lea, into=two)
    with pytest.raises(Conflict):
        merge(one, by=lea, into=two)


def test_a_case_that_is_not_seen_is_not_merged(cast: Cast) -> None:
    ours = owned_by_ana(cast)
    pia = cast.at_desk(cast.pia)
    theirs = create(NewCase(subject="x", description="y"), by=pia)
    for case, into in ((ours, theirs), (theirs, ours)):
        with pytest.raises(NotFound):
            merge(case, by=pia, into=into)
    assert not Case.objects.filter(status=Status.MERGED).exists()
