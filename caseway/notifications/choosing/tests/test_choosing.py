"""The page of one's choices, and what it stores."""

from datetime import time

from django.test import Client

from caseway.accounts.models import Membership
from caseway.demo.cast import Cast
from caseway.notifications.choosing.choices import chosen_by
from caseway.notifications.models import Choices, Kind


def signed_in(cast: Cast, name: str = "ben") -> Client:
    browser = Client()
    browser.force_login(getattr(cast, name))
    return browser


def seat(cast: Cast) -> Membership:
    return Membership.objects.select_related("notice_choices").get(pk=cast.memberships[cast.ben.email].pk)


def test_it_shows_what_everybody_has_at_first(cast: Cast) -> None:
    page = signed_in(cast).get("/desk/notifications/choices/").content.decode()
    assert page.count("checked") >= 5
    assert 'name="unassigned-shown"' in page


def test_what_is_ticked_is_stored_and_what_is_not_is_off(cast: Cast) -> None:
    sent = {"unassigned-shown": "on", "followed-digested": "on", "digest_at": "17:30"}
    answer = signed_in(cast).post("/desk/notifications/choices/", sent)
    assert answer.status_code == 302
    chosen = chosen_by(seat(cast))
    assert chosen.shown == {Kind.UNASSIGNED}
    assert chosen.mailed == frozenset()
    assert chosen.digested == {Kind.FOLLOWED}
    assert chosen.digest_at == time(17, 30)
    assert Choices.objects.get().digest_due_at is not None
    assert seat(cast).told_as_owner is False


def test_a_time_that_is_none_is_said(cast: Cast) -> None:
    answer = signed_in(cast).post("/desk/notifications/choices/", {"digest_at": "late"})
    assert answer.status_code == 422
    assert not Choices.objects.exists()


def test_it_and_the_profile_lead_to_each_other(cast: Cast) -> None:
    ana = signed_in(cast, "ana")
    assert 'href="/accounts/profile/"' in ana.get("/desk/notifications/choices/").content.decode()
    assert 'href="/desk/notifications/choices/"' in ana.get("/accounts/profile/").content.decode()
    kim = signed_in(cast, "kim").get("/accounts/profile/").content.decode()
    assert "/desk/notifications" not in kim


def test_customers_have_no_such_page(cast: Cast) -> None:
    assert signed_in(cast, "kim").get("/desk/notifications/choices/").status_code == 404
