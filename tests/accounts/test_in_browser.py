"""Passkeys, joining and the profile, as people do them; every page for everyone."""

from allauth.mfa.models import Authenticator
from playwright.sync_api import Page, expect

from caseway.accounts.models import Organisation, Person
from caseway.accounts.second_factor.tests.codes import set_up
from caseway.customers.invitations.actions import invite
from caseway.customers.invitations.tests.links import invite_noa, mailed_path
from caseway.demo.cast import Cast
from caseway.demo.password import PASSWORD
from tests.accounts.conftest import Window, give_device
from tests.everyone import WIDTHS, objections


def sign_in(page: Page, person: Person) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("E-mail address").fill(person.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def add_passkey(page: Page) -> None:
    page.goto("/accounts/2fa/")
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("Name").fill("Laptop")
    page.get_by_role("button", name="Add").click()
    page.get_by_role("heading", name="Recovery codes").wait_for()
    page.get_by_role("link", name="I have kept them").click()
    expect(page.get_by_text("Laptop")).to_be_visible()


def test_a_passkey_signs_in_without_a_password(window: Window, people: Cast) -> None:
    page = window()
    give_device(page)
    sign_in(page, people.kim)
    add_passkey(page)
    page.goto("/accounts/logout/")
    page.get_by_role("button", name="Sign out").click()
    page.goto("/accounts/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.get_by_text("Raise a new case").first.wait_for()
    assert page.url.rstrip("/").endswith(page.evaluate("location.origin"))


def test_a_passkey_is_the_second_factor_after_the_password(window: Window, people: Cast) -> None:
    page = window()
    give_device(page)
    sign_in(page, people.kim)
    add_passkey(page)
    page.goto("/accounts/logout/")
    page.get_by_role("button", name="Sign out").click()
    sign_in(page, people.kim)
    page.get_by_role("heading", name="One more step").wait_for()
    page.get_by_role("button", name="Use a passkey").click()
    page.get_by_text("Raise a new case").first.wait_for()


def test_somebody_elses_device_is_refused_and_said(window: Window, people: Cast) -> None:
    page = window()
    give_device(page)
    sign_in(page, people.kim)
    add_passkey(page)
    key = Authenticator.objects.get(type="webauthn")
    key.delete()
    page.goto("/accounts/logout/")
    page.get_by_role("button", name="Sign out").click()
    page.goto("/accounts/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_text("Incorrect code")).to_be_visible()
    assert page.url.endswith("/accounts/login/")


def test_a_device_that_does_not_know_its_owner_is_told_so(window: Window, people: Cast) -> None:
    page = window()
    session, device = give_device(page)
    sign_in(page, people.kim)
    add_passkey(page)
    page.goto("/accounts/logout/")
    page.get_by_role("button", name="Sign out").click()
    session.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": False})
    page.goto("/accounts/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_text("The passkey was not taken")).to_be_visible()
    page.goto("/portal/cases/")
    assert "/accounts/login/" in page.url


def test_an_agent_is_led_through_enrolment(window: Window, people: Cast) -> None:
    Organisation.objects.filter(pk=people.larkfield.pk).update(stored_policy={"second_factor": "required"})
    page = window()
    give_device(page)
    sign_in(page, people.ana)
    expect(page.get_by_text("Your organisation asks for a second factor.")).to_be_visible()
    add_passkey(page)
    page.goto("/desk/cases/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_joining_lands_in_the_portal_with_the_browsers_zone(window: Window, people: Cast) -> None:
    invite_noa(people, brand=people.larkfield_brand)
    page = window(timezone_id="Asia/Tokyo", locale="de-DE")
    page.goto(mailed_path())
    page.locator("#id_password1").fill("seven blue kettles")
    page.locator("#id_password2").fill("seven blue kettles")
    page.locator("main button[type=submit]").click()
    page.wait_for_url("**/")
    noa = Person.objects.get(email="noa@orchid.example")
    assert (noa.time_zone, noa.language) == ("Asia/Tokyo", "de")


def test_an_administrator_invites_without_scripts(window: Window, people: Cast) -> None:
    page = window(java_script_enabled=False)
    sign_in(page, people.kim)
    page.get_by_role("link", name="Colleagues").click()
    page.get_by_label("Name").fill("Noa Berg")
    page.get_by_label("E-mail address").fill("noa@orchid.example")
    page.get_by_role("button", name="Send the invitation").click()
    expect(page.get_by_text("noa@orchid.example, invited")).to_be_visible()
    page.get_by_role("button", name="Take back, Noa Berg").click()
    expect(page.get_by_role("heading", name="Invited")).to_have_count(0)


def test_every_page_is_for_everyone_and_fits(window: Window, people: Cast) -> None:
    invite(people.orchid, by=people.in_portal(people.kim), name="x" * 110, email="noa@orchid.example")
    set_up(people.jo)
    stranger, kim, agent = window(), window(), window()
    sign_in(kim, people.kim)
    sign_in(agent, people.admin)
    pages = [
        *((stranger, path) for path in ("/accounts/login/", "/accounts/signup/", "/accounts/signup/done/")),
        (stranger, mailed_path()),
        (kim, mailed_path()),
        *(
            (kim, f"/accounts/{path}")
            for path in ("profile/", "2fa/", "2fa/app/", "2fa/passkeys/new/", "2fa/password/")
        ),
        (kim, "/portal/account/colleagues/"),
        (agent, "/desk/customers/"),
        (agent, f"/desk/customers/{people.orchid.pk}/"),
        (agent, "/desk/settings/second-factor/"),
    ]
    for page, path in pages:
        check(page, path)
    sign_in(stranger, people.jo)
    check(stranger, "/accounts/2fa/authenticate/")


def check(page: Page, path: str) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(path)
    assert objections(page) == [], path
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, (path, width)
