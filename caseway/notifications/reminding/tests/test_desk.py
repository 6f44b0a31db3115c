"""The pages of reminder rules."""

from django.test import Client

from caseway.cases.models import Side
from caseway.cases.tests.story import owned_by_ana
from caseway.core.clock import now
from caseway.demo.cast import Cast
from caseway.notifications.models import ReminderRule

PAGE = "/desk/settings/reminders/"
SENT = {
    "name": "Soon", "moment": "before", "amount": "2", "unit": "60", "text": "See {{case.number}}",
    "to_owner": "on", "is_active": "on",
}  # fmt: skip


def signed_in(cast: Cast, name: str = "admin") -> Client:
    browser = Client()
    browser.force_login(getattr(cast, name))
    return browser


def test_a_rule_is_made_changed_and_removed(cast: Cast) -> None:
    admin = signed_in(cast)
    assert admin.post(f"{PAGE}new/", SENT).status_code == 302
    rule = ReminderRule.objects.get()
    assert (rule.organisation, rule.minutes) == (cast.larkfield, 120)
    page = admin.get(f"{PAGE}{rule.pk}/").content.decode()
    version = page.partition('name="version" value="')[2].partition('"')[0]
    assert admin.post(f"{PAGE}{rule.pk}/", SENT | {"amount": "3", "version": version}).status_code == 302
    stale = admin.post(f"{PAGE}{rule.pk}/", SENT | {"amount": "4", "version": version})
    assert stale.status_code == 412
    assert "Soon" in admin.get(PAGE).content.decode()
    admin.post(f"{PAGE}{rule.pk}/removal/")
    assert not ReminderRule.objects.exists()


def test_the_preview_fills_in_a_case_and_stores_nothing(cast: Cast) -> None:
    case = owned_by_ana(cast)
    Side.objects.filter(case=case).update(deadline=now())
    page = signed_in(cast).post(f"{PAGE}new/", SENT | {"do": "preview"}).content.decode()
    assert f"See {case.number}" in page
    assert not ReminderRule.objects.exists()


def test_a_variable_that_there_is_none_is_said(cast: Cast) -> None:
    answer = signed_in(cast).post(f"{PAGE}new/", SENT | {"text": "{{case.owner.password}}"})
    assert answer.status_code == 422
    assert "There is no variable" in answer.content.decode()


def test_agents_do_not_come_in(cast: Cast) -> None:
    assert signed_in(cast, "ana").get(PAGE).status_code == 403
