"""The pages of reminder rules."""

from django.test import Client

from caseway.accounts.models import Person
from caseway.cases.models import Side
from caseway.cases.tests.story import owned_by_ana
from caseway.core.clock import now
from caseway.demo.cast import Cast
from caseway.notifications.models import ReminderRule, Sms

PAGE = "/desk/settings/reminders/"
SENT = {
    "name": "Soon", "moment": "before", "amount": "2", "unit": "60", "text": "See {{case.number}}",
    "by_mail": "on", "to_owner": "on", "is_active": "on",
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


BY_SMS = SENT | {"by_sms": "on", "sms_text": "{{case.number}} soon"}


def test_the_preview_shows_the_sms_and_how_many_it_is(cast: Cast) -> None:
    case = owned_by_ana(cast)
    Side.objects.filter(case=case).update(deadline=now())
    page = signed_in(cast).post(f"{PAGE}new/", BY_SMS | {"do": "preview"}).content.decode()
    assert f"{case.number} soon\nhttp://localhost:8000/desk/cases/{case.number}" in page
    assert ": 1 SMS</p>" in page
    longer = BY_SMS | {"sms_text": "中" * 100, "do": "preview"}
    page = signed_in(cast).post(f"{PAGE}new/", longer).content.decode()
    assert ": 3 SMS (with letters that take more room)" in page


def test_whom_no_sms_reaches_is_named(cast: Cast) -> None:
    Person.objects.filter(pk=cast.ana.pk).update(mobile="+12025550123")
    admin = signed_in(cast)
    admin.post(f"{PAGE}new/", BY_SMS)
    rule = ReminderRule.objects.get()
    assert (rule.by_sms, rule.sms_text) == (True, "{{case.number}} soon")
    for address in (PAGE, f"{PAGE}{rule.pk}/"):
        page = admin.get(address).content.decode()
        assert "No number:" in page
        assert "Ben Okafor" in page
        assert "Ana Ferreira" not in page
        assert "Omar Haddad" not in page


def test_only_leads_are_named_where_only_leads_are_reminded(cast: Cast) -> None:
    team = cast.larkfield.teams.all()[0]
    team.lead = cast.memberships[cast.lea.email]
    team.save()
    signed_in(cast).post(f"{PAGE}new/", BY_SMS | {"to_owner": "", "to_lead": "on"})
    page = signed_in(cast).get(PAGE).content.decode()
    assert "Lea Brandt" in page
    assert "Ben Okafor" not in page


def test_where_no_provider_is_set_sms_are_not_offered(cast: Cast, settings) -> None:
    settings.SENDS_SMS = False
    admin = signed_in(cast)
    assert "names one in CASEWAY_SMS_URL" in admin.get(f"{PAGE}new/").content.decode()
    assert admin.post(f"{PAGE}new/", BY_SMS).status_code == 302
    assert not ReminderRule.objects.get().by_sms


def test_what_did_not_arrive_is_told_to_administrators_of_that_organisation(cast: Cast) -> None:
    case = owned_by_ana(cast)
    Sms.objects.create(
        organisation=cast.larkfield, case=case, person=cast.ana, purpose="urge", number="+12025550123",
        text="x", state="failed", trouble="stopped",
    )  # fmt: skip
    assert "The phone has blocked our SMS" in signed_in(cast).get(PAGE).content.decode()
    assert "The phone has blocked our SMS" not in signed_in(cast, "iris").get(PAGE).content.decode()
