"""Which sessions open a stream: those that open pages, and no others."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from caseway.accounts.models import Membership
from caseway.core.clock import now
from caseway.live.tickets import Ticket, rights_of, viewers_of

pytestmark = pytest.mark.django_db


def ticket_of(person, **more):
    client = Client()
    client.force_login(person)
    return Ticket(client.cookies["session"].value, **more)


def viewer_with(ticket):
    return viewers_of({0: ticket})[0]


def test_a_session_gives_the_seat_of_its_person(cast):
    ana, kim = viewer_with(ticket_of(cast.ana)), viewer_with(ticket_of(cast.kim, at_portal=True))

    assert (ana.person, ana.organisation, ana.is_agent) == (cast.ana, cast.larkfield, True)
    assert (kim.person, kim.is_contact, kim.contact_id) == (cast.kim, True, cast.contact(cast.kim).pk)


def test_a_seat_that_somebody_lacks_is_nobodys(cast):
    assert viewer_with(ticket_of(cast.kim)).person is None
    assert viewer_with(ticket_of(cast.ana, at_portal=True)).person is None


def test_sessions_that_ended_are_nobodys(cast):
    expired, password, gone, given, signed_out = (
        ticket_of(p) for p in (cast.ana, cast.ben, cast.lea, cast.new_agent, cast.sam)
    )
    Session.objects.filter(session_key=expired.session_key).update(expire_date=now() - timedelta(seconds=1))
    cast.ben.set_password("another password")
    cast.ben.save()
    cast.lea.is_active = False
    cast.lea.save()
    Session.objects.filter(session_key=signed_out.session_key).delete()

    tickets = dict(enumerate([expired, password, gone, given, signed_out, Ticket("0" * 32)]))
    assert {viewer.person for viewer in viewers_of(tickets).values()} == {None}


def test_a_desk_that_wants_a_second_factor_wants_it_here(cast):
    ticket = ticket_of(cast.ana)
    cast.larkfield.stored_policy = {"second_factor": "required"}
    cast.larkfield.save()

    assert viewer_with(ticket).person is None


def test_lost_rights_are_seen(cast):
    ticket = ticket_of(cast.ana)
    before = rights_of(viewer_with(ticket))
    seat = Membership.objects.get(person=cast.ana)
    seat.role.permissions = []
    seat.role.save()
    fewer = rights_of(viewer_with(ticket))
    Membership.objects.filter(person=cast.ana).update(is_active=False)

    assert before != fewer
    assert viewer_with(ticket).person is None


def test_five_hundred_are_checked_in_a_handful_of_queries(cast):
    tickets = {n: ticket_of(cast.ana if n % 2 else cast.ben) for n in range(20)}

    with CaptureQueriesContext(connection) as seen:
        viewers = viewers_of(tickets)

    assert len(viewers) == 20
    assert len(seen) == 3, [query["sql"] for query in seen.captured_queries]
