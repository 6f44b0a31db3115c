"""Setting a second factor up, removing it, and being made to."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client
from django.utils import timezone

from caseway.accounts.models import AuditEntry, Membership, Organisation, Person
from caseway.accounts.policy import Policy
from caseway.accounts.second_factor.actions import remove_all
from caseway.accounts.sign_in.tests.people import is_signed_in, let_the_worker_run, sign_in
from caseway.demo.cast import Cast

from .codes import code_of, recovery_codes, set_up

HOME = "/accounts/2fa/"
APP = f"{HOME}app/"


def set_policy(cast: Cast, word: str) -> None:
    Organisation.objects.filter(pk=cast.larkfield.pk).update(stored_policy={"second_factor": word})


def enrol(client: Client) -> str:
    """Set up an app by its page; gives the secret."""
    page = client.get(APP).content.decode()
    found = re.search(r'class="reference">([A-Z2-7]+)<', page)
    assert found
    assert client.post(APP, {"code": code_of(found[1])})["Location"] == f"{HOME}codes/"
    return found[1]


def pass_time(client: Client) -> None:
    """Long enough since signing in to be asked again."""
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] -= 3600
    session.save()


def test_an_app_is_set_up_and_its_recovery_codes_are_shown_once(
    cast: Cast, client: Client, django_capture_on_commit_callbacks
) -> None:
    sign_in(client, cast.kim.email)
    with django_capture_on_commit_callbacks(execute=True):
        enrol(client)
    shown = client.get(f"{HOME}codes/").content.decode()
    codes = re.findall(r"<li>(\d{8})</li>", shown)
    assert len(codes) == 10
    assert not re.findall(r"<li>\d{8}</li>", client.get(f"{HOME}codes/").content.decode())
    let_the_worker_run()
    assert mail.outbox[-1].to == [cast.kim.email]
    assert "An authenticator app was set up." in str(mail.outbox[-1].body)
    assert AuditEntry.objects.get(kind="person.second_factor_changed").subject == cast.kim


def test_a_wrong_first_code_sets_nothing_up(cast: Cast, client: Client) -> None:
    sign_in(client, cast.kim.email)
    client.get(APP)
    assert client.post(APP, {"code": "abcdef"}).status_code == 200
    assert not Authenticator.objects.exists()


@pytest.mark.parametrize("path", [APP, f"{HOME}passkeys/new/", f"{HOME}codes/new/"])
def test_an_open_session_changes_nothing_without_the_password(cast: Cast, client: Client, path: str) -> None:
    sign_in(client, cast.kim.email)
    if "codes" in path:
        set_up(cast.kim)
        recovery_codes(cast.kim)
    pass_time(client)
    asked = [client.get(path), client.post(path, {"code": "1"}), client.get(f"{HOME}codes/")]
    for response in asked if "codes" in path else asked[:2]:
        assert response["Location"].startswith("/accounts/2fa/password/?next=")
    wrong = client.post("/accounts/2fa/password/", {"password": "not it", "next": path})
    assert wrong.status_code == 200
    right = client.post("/accounts/2fa/password/", {"password": "caseway-demo", "next": "//evil.example"})
    assert "evil" not in right["Location"]


def test_the_password_is_not_guessed_there(cast: Cast, client: Client) -> None:
    sign_in(client, cast.kim.email)
    statuses = [client.post(f"{HOME}password/", {"password": f"guess {n}"}).status_code for n in range(6)]
    assert statuses == [200] * 5 + [429]


def test_nobody_removes_somebody_elses(cast: Cast, client: Client) -> None:
    key = Authenticator.objects.create(
        user=cast.jo, type="webauthn", data={"name": "Phone", "credential": {}}, created_at=timezone.now()
    )
    sign_in(client, cast.kim.email)
    for method in (client.get, client.post):
        assert method(f"{HOME}passkeys/{key.pk}/removal/").status_code == 404
    assert Authenticator.objects.filter(pk=key.pk).exists()


def test_removing_the_app_removes_its_recovery_codes(cast: Cast, client: Client) -> None:
    sign_in(client, cast.kim.email)
    enrol(client)
    assert client.post(f"{APP}removal/")["Location"] == HOME
    assert not Authenticator.objects.exists()
    let_the_worker_run()
    assert "was removed" in str(mail.outbox[-1].body)


def test_required_means_that_the_desk_opens_after_enrolment(cast: Cast, client: Client) -> None:
    set_policy(cast, "required")
    sign_in(client, cast.ana.email)
    assert client.get("/desk/cases/")["Location"] == HOME
    assert client.get("/desk/cases/", headers={"HX-Request": "true"})["HX-Redirect"] == HOME
    assert client.post("/desk/cases/CV00000001/claim")["Location"] == HOME
    assert "asks for a second factor" in client.get(HOME).content.decode()
    enrol(client)
    assert client.get("/desk/cases/").status_code == 200


def test_a_role_may_ask_for_it_alone(cast: Cast, client: Client) -> None:
    role = Membership.objects.get(person=cast.admin).role
    role.needs_second_factor = True
    role.save()
    sign_in(client, cast.admin.email)
    assert client.get("/desk/cases/")["Location"] == HOME
    other = Client()
    sign_in(other, cast.ana.email)
    assert other.get("/desk/cases/").status_code == 200


def test_customers_are_not_made_to(cast: Cast, client: Client) -> None:
    set_policy(cast, "required")
    sign_in(client, cast.kim.email)
    assert client.get("/portal/cases/").status_code == 200


def test_off_means_not_offered_and_never_weaker(cast: Cast, client: Client) -> None:
    set_policy(cast, "off")
    sign_in(client, cast.ana.email)
    assert client.get(HOME).status_code == 404
    assert client.get(APP).status_code == 404
    set_up(cast.ben)
    assert sign_in(Client(), cast.ben.email)["Location"] == f"{HOME}authenticate/"


def test_the_default_is_optional(cast: Cast, client: Client) -> None:
    assert Policy().second_factor == "optional"
    sign_in(client, cast.ana.email)
    assert client.get(HOME).status_code == 200


def test_reset_ends_sessions_tells_and_is_kept(cast: Cast, client: Client) -> None:
    set_up(cast.ana)
    recovery_codes(cast.ana)
    client.force_login(cast.ana)
    remove_all(cast.ana, by=cast.root, organisation=None)
    assert not is_signed_in(client)
    assert not Authenticator.objects.filter(user=cast.ana).exists()
    entry = AuditEntry.objects.get(kind="person.second_factor_reset")
    assert (entry.actor, entry.subject) == (cast.root, cast.ana)
    let_the_worker_run()
    assert "removed your second factor" in str(mail.outbox[-1].body)
    remove_all(cast.ana, by=cast.root, organisation=None)
    assert AuditEntry.objects.count() == 1


def test_the_system_administrator_resets_in_the_admin(cast: Cast, client: Client) -> None:
    set_up(cast.ana)
    client.force_login(cast.root)
    form = {"action": "reset_second_factor", "_selected_action": [cast.ana.pk]}
    assert client.post("/admin/accounts/person/", form).status_code == 302
    assert not Authenticator.objects.exists()
    assert Person.objects.get(pk=cast.ana.pk).is_active
