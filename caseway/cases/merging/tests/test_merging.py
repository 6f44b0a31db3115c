"""Merging: everything reachable from the survivor, nothing shown to anybody new, and back again."""

from datetime import timedelta

import pytest

from caseway.cases.conversation.queries import messages_of
from caseway.cases.creation.actions import create
from caseway.cases.creation.fields import NewCase
from caseway.cases.history.queries import timeline_of
from caseway.cases.lifecycle import actions as lifecycle
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
from caseway.cases.types import Audience, Sharing
from caseway.cases.watching.actions import follow
from caseway.core.clock import now
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


def test_whoever_owned_the_merged_case_follows_the_survivor(cast: Cast) -> None:
    merged, survivor, lea = owned_by_ana(cast), raised_by_kim(cast), cast.at_desk(cast.lea)
    merge(merged, by=lea, into=survivor)
    assert Watch.objects.filter(case=survivor, person=cast.ana).exists()
    unmerge(fresh(merged), by=lea)
    assert not Watch.objects.filter(case=survivor, person=cast.ana).exists()


def test_a_partner_that_only_knew_of_the_survivor_goes_on_there(cast: Cast) -> None:
    shared, survivor, lea = shared_with_brightwater(cast), raised_by_kim(cast), cast.at_desk(cast.lea)
    add_partner(survivor, by=lea, partner=cast.brightwater, listed=True, subject="Listed", text="")
    omar = cast.at_desk(cast.omar)
    assert not Case.objects.visible_to(omar).filter(pk=survivor.pk).exists()
    merge(shared, by=lea, into=survivor)
    says(fresh(survivor), lea, Audience.PARTNER, "Any news?")
    assert [m.text for m in messages_of(survivor, omar)] == ["Please check.", "Any news?"]


def test_separating_makes_the_survivor_private_again_and_only_listed(cast: Cast) -> None:
    shared, survivor, lea = shared_with_brightwater(cast), raised_by_kim(cast), cast.at_desk(cast.lea)
    add_partner(survivor, by=lea, partner=cast.brightwater, listed=True, subject="Listed", text="")
    merge(shared, by=lea, into=survivor)
    unmerge(fresh(shared), by=lea)
    assert side_of(survivor, cast.brightwater).sharing == Sharing.LISTED
    assert side_of(survivor, cast.larkfield).sharing == Sharing.INTERNAL


def test_a_partner_who_has_written_on_the_survivor_stays_on_it(cast: Cast) -> None:
    shared, survivor, lea = shared_with_brightwater(cast), raised_by_kim(cast), cast.at_desk(cast.lea)
    merge(shared, by=lea, into=survivor)
    says(fresh(survivor), cast.at_desk(cast.omar), Audience.PARTNER, "Found it")
    unmerge(fresh(shared), by=lea)
    omar = cast.at_desk(cast.omar)
    assert [m.text for m in messages_of(survivor, omar)] == ["Found it"]
    assert [m.text for m in messages_of(fresh(shared), omar)] == ["Please check."]


def test_separating_restores_a_rest_that_still_lasts(cast: Cast) -> None:
    merged, survivor, lea = owned_by_ana(cast), raised_by_kim(cast), cast.at_desk(cast.lea)
    lifecycle.suspend(merged, by=lea, note="until they call", until=now() + timedelta(days=2))
    merge(merged, by=lea, into=survivor)
    unmerge(fresh(merged), by=lea)
    assert fresh(merged).status == Status.ON_HOLD
    lifecycle.resume(fresh(merged), by=lea)
    assert fresh(merged).status == Status.OPEN


def test_what_was_said_on_the_survivor_meanwhile_stays_there(cast: Cast) -> None:
    merged, survivor, lea = raised_by_kim(cast), raised_by_kim(cast, "Again"), cast.at_desk(cast.lea)
    merge(merged, by=lea, into=survivor)
    says(fresh(survivor), cast.in_portal(cast.kim), Audience.CUSTOMER, "One more thing")
    unmerge(fresh(merged), by=lea)
    assert "One more thing" in [m.text for m in messages_of(survivor, lea)]
    assert "One more thing" not in [m.text for m in messages_of(fresh(merged), lea)]
    again = merge(fresh(merged), by=lea, into=fresh(survivor))
    assert again == survivor


def test_a_partner_hears_of_a_merge_without_the_number_that_it_may_not_know(cast: Cast) -> None:
    private, shared, lea = raised_by_kim(cast), shared_with_brightwater(cast), cast.at_desk(cast.lea)
    merge(private, by=lea, into=shared)
    told = [line.sentence for line in timeline_of([shared], cast.at_desk(cast.omar))]
    assert "Larkfield Home merged another case into this case" in told
    assert private.number not in " ".join(told)
    ours = [line.sentence for line in timeline_of([shared], lea)]
    assert f"Lea Brandt merged {private.number} into this case" in ours


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
