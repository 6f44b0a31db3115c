"""Who is here: for seconds, for colleagues."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client

from caseway.cases.tests.story import shared_with_brightwater
from caseway.core.clock import now, standing_at
from caseway.live.models import Presence
from caseway.live.presence.actions import be_here, leave, sweep
from caseway.live.presence.queries import others_at, present_now

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(cast):
    return shared_with_brightwater(cast)


def names(case, organisation):
    """Who is there, as the organisation's people: name to whether they write."""
    return {
        guest.name: guest.is_writing
        for place, guests in present_now().items()
        if (place.case_id, place.organisation_id) == (case.pk, organisation.pk)
        for guest in guests
    }


def test_colleagues_see_who_views_and_who_writes(cast, case):
    be_here(case, by=cast.at_desk(cast.ana), writing=False)
    be_here(case, by=cast.at_desk(cast.ben), writing=True)
    be_here(case, by=cast.at_desk(cast.omar), writing=True)

    assert names(case, cast.larkfield) == {str(cast.ana): False, str(cast.ben): True}
    assert names(case, cast.brightwater) == {str(cast.omar): True}


def test_it_passes_by_itself(cast, case):
    with standing_at(now() - timedelta(seconds=30)):
        be_here(case, by=cast.at_desk(cast.ana), writing=True)
    assert names(case, cast.larkfield) == {str(cast.ana): False}

    with standing_at(now() + timedelta(seconds=30)):
        assert names(case, cast.larkfield) == {}
        assert sweep() == 1


def test_twice_is_once_and_leaving_is_gone(cast, case):
    ana = cast.at_desk(cast.ana)
    be_here(case, by=ana, writing=True)
    be_here(case, by=ana, writing=False)
    assert names(case, cast.larkfield) == {str(cast.ana): False}

    leave(case, by=ana)
    assert not Presence.objects.exists()


def test_nobody_is_told_of_themselves(cast, case):
    be_here(case, by=cast.at_desk(cast.ana), writing=False)
    be_here(case, by=cast.at_desk(cast.ben), writing=True)
    (guests,) = present_now().values()

    told = others_at(guests, cast.at_desk(cast.ana))

    assert [(one["name"], one["writing"]) for one in told] == [(str(cast.ben), True)]


def test_the_table_is_not_logged(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT relpersistence FROM pg_class WHERE relname = 'live_presence'")
        assert cursor.fetchone() == ("u",)


def test_the_beat_of_a_browser(cast, case):
    client = Client()
    client.force_login(cast.ana)
    address = f"/desk/cases/{case.number}/presence"

    assert client.post(address, {"doing": "writing"}).status_code == 204
    assert names(case, cast.larkfield) == {str(cast.ana): True}
    assert client.post(address, {"doing": "gone"}).status_code == 204
    assert names(case, cast.larkfield) == {}
    assert client.post(address, {"doing": "dancing"}).status_code == 422
    assert client.get(address).status_code == 405


def test_a_stranger_beats_at_nothing(cast, case):
    client = Client()
    client.force_login(cast.pia)

    assert client.post(f"/desk/cases/{case.number}/presence", {"doing": "viewing"}).status_code == 404
    assert not Presence.objects.exists()
