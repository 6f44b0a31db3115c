"""System administration through Django's admin."""

from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.test import Client, RequestFactory
from django.urls import reverse

from caseway.accounts.models import Membership, Organisation, Person, Role
from caseway.cases.models import Category, Priority, Reason
from caseway.demo.cast import Cast
from caseway.demo.password import PASSWORD
from caseway.mail.models import Mailbox

SHOWN = {
    "accounts.membership",
    "accounts.organisation",
    "accounts.partnership",
    "accounts.person",
    "accounts.role",
    "accounts.team",
    "api.token",
    "cases.category",
    "cases.contactmethod",
    "cases.notesubject",
    "cases.priority",
    "cases.reason",
    "cases.tag",
    "cases.tasktype",
    "customers.contact",
    "customers.customeraccount",
    "mail.delivery",
    "mail.mailbox",
    "mail.rawmail",
    "notifications.sms",
    "shipments.shipment",
}


# What the feed, the mail and the command line make; here it is only looked at.
MADE_ELSEWHERE = {"api.token", "mail.delivery", "mail.rawmail", "notifications.sms", "shipments.shipment"}


@pytest.fixture
def root(cast: Cast, client: Client) -> Client:
    client.force_login(cast.root)
    return client


def inline(prefix: str, **values: Any) -> dict[str, Any]:
    return {f"{prefix}-TOTAL_FORMS": 0, f"{prefix}-INITIAL_FORMS": 0} | values


def person_form(person: Person, **changes: Any) -> dict[str, Any]:
    given = {"email": person.email, "name": person.name, "language": "", "time_zone": ""}
    rights = {name: "on" for name in ("is_active", "is_staff", "is_superuser") if getattr(person, name)}
    return {k: v for k, v in (given | rights | inline("memberships") | changes).items() if v is not None}


def test_nothing_of_cases_is_shown_there() -> None:
    registered = {model._meta.label_lower for model in admin.site._registry}
    ours = {label for label in registered if not label.startswith("procrastinate.")}
    assert ours == SHOWN


@pytest.mark.parametrize("label", sorted(SHOWN))
def test_every_list_and_form_opens(root: Client, label: str) -> None:
    name = label.replace(".", "_")
    assert root.get(reverse(f"admin:{name}_changelist"), {"q": "a"}).status_code == 200
    adding = root.get(reverse(f"admin:{name}_add")).status_code
    assert adding == (403 if label in MADE_ELSEWHERE else 200)


@pytest.mark.parametrize("name", ["ana", "admin", "kim"])
def test_nobody_else_comes_in(cast: Cast, client: Client, name: str) -> None:
    client.force_login(getattr(cast, name))
    for path in ("/admin/", "/admin/accounts/person/", "/admin/login/", "/admin/jsi18n/"):
        assert client.get(path, follow=True).status_code == 404


def test_anonymous_people_sign_in_where_everybody_does(db: None, client: Client) -> None:
    final = client.get("/admin/accounts/person/", follow=True)
    assert final.redirect_chain[-1][0].startswith("/accounts/login/")
    assert client.post("/admin/login/", {"username": "x", "password": "y"}).status_code == 302


def test_a_new_organisation_begins_with_roles_and_lists(root: Client) -> None:
    form = {
        "name": "Ember Lighting",
        "slug": "ember",
        "kind": "shipper",
        "signs_in": "on",
        "language": "en",
        "time_zone": "Europe/Berlin",
        "stored_policy": "{}",
    } | inline("brands")
    assert root.post(reverse("admin:accounts_organisation_add"), form).status_code == 302
    ember = Organisation.objects.get(slug="ember")
    assert {role.name for role in ember.roles.all()} >= {"Agent", "Tenant administrator"}
    assert Priority.objects.filter(organisation=ember).count() == 4
    assert Reason.objects.filter(organisation=ember, kind="closure").exists()
    assert Category.objects.filter(organisation=ember, parent__isnull=False).exists()


@pytest.mark.parametrize(
    ("policy", "message"),
    [
        ('{"desk_flies": 5}', "is no policy"),
        ('{"desk_files": "5"}', "must be like 5"),
        ('{"agents_see_all": 1}', "must be like True"),
        ("[1]", "Write an object"),
    ],
)
def test_a_policy_that_makes_no_sense_is_refused(root: Client, cast: Cast, policy: str, message: str) -> None:
    address = reverse("admin:accounts_organisation_change", args=[cast.larkfield.pk])
    form = {"name": "L", "slug": "l", "kind": "shipper", "language": "en", "time_zone": "UTC"}
    page = root.post(address, form | {"stored_policy": policy} | inline("brands"))
    assert message in page.content.decode()


def test_a_new_person_must_change_their_password(root: Client) -> None:
    form = {
        "email": "New.Person@Larkfield.example",
        "name": "New Person",
        "usable_password": "true",
        "password1": "given by the administrator",
        "password2": "given by the administrator",
    } | inline("memberships")
    assert root.post(reverse("admin:accounts_person_add"), form).status_code == 302
    person = Person.objects.get(email="new.person@larkfield.example")
    assert person.must_change_password
    assert person.check_password("given by the administrator")


def test_giving_a_password_ends_sessions(root: Client, cast: Cast) -> None:
    anas = Client()
    anas.force_login(cast.ana)
    form = {"usable_password": "true", "password1": "a given password", "password2": "a given password"}
    root.post(reverse("admin:auth_user_password_change", args=[cast.ana.pk]), form)
    cast.ana.refresh_from_db()
    assert cast.ana.must_change_password
    assert cast.ana.check_password("a given password")
    assert anas.get(reverse("account_change_password")).status_code == 302


def test_disabling_ends_sessions_for_good(root: Client, cast: Cast) -> None:
    anas = Client()
    anas.force_login(cast.ana)
    address = reverse("admin:accounts_person_change", args=[cast.ana.pk])
    assert root.post(address, person_form(cast.ana, is_active=None)).status_code == 302
    assert root.post(address, person_form(cast.ana, is_active="on")).status_code == 302
    assert anas.get(reverse("account_change_password")).status_code == 302


def test_nobody_takes_their_own_rights(root: Client, cast: Cast) -> None:
    address = reverse("admin:accounts_person_change", args=[cast.root.pk])
    for right in ("is_active", "is_staff", "is_superuser"):
        page = root.post(address, person_form(cast.root, **{right: None}))
        assert "Ask another system administrator" in page.content.decode()
    cast.root.refresh_from_db()
    assert cast.root.is_active
    assert cast.root.is_staff


def test_a_role_of_another_organisation_is_refused(root: Client, cast: Cast) -> None:
    role = Role.objects.get(organisation=cast.quillon, name="Agent")
    membership = Membership.objects.get(person=cast.ana)
    form = {"person": cast.ana.pk, "organisation": cast.larkfield.pk, "role": role.pk, "is_active": "on"}
    page = root.post(reverse("admin:accounts_membership_change", args=[membership.pk]), form)
    assert "another organisation" in page.content.decode()
    form |= {"role": membership.role_id, "teams": [cast.quillon.teams.get().pk]}
    page = root.post(reverse("admin:accounts_membership_change", args=[membership.pk]), form)
    assert "another organisation" in page.content.decode()


def test_hashes_are_not_shown(root: Client, cast: Cast) -> None:
    page = root.get(reverse("admin:accounts_person_change", args=[cast.ana.pk])).content.decode()
    assert cast.ana.password not in page
    assert cast.ana.check_password(PASSWORD)


def test_a_choice_says_whose_it_is(root: Client, cast: Cast) -> None:
    page = root.get(reverse("admin:accounts_membership_add")).content.decode()
    assert "Agent (Quillon Outdoor)" in page
    assert "Customer care (Larkfield Home)" in page


@pytest.mark.parametrize("label", sorted(SHOWN))
def test_everything_is_named_in_words_found_and_narrowed(label: str) -> None:
    model = apps.get_model(label)
    site = admin.site._registry[model]
    assert {"verbose_name", "verbose_name_plural"} <= set(model._meta.original_attrs)
    assert site.search_fields
    assert site.list_filter
    assert len(site.list_display) > 1


# A role in use is protected by those who have it.
DELETABLE = {"accounts.role"}


@pytest.mark.parametrize("label", sorted(SHOWN - DELETABLE))
def test_what_cases_rest_on_is_never_deleted(cast: Cast, rf: RequestFactory, label: str) -> None:
    site = admin.site._registry[apps.get_model(label)]
    request = rf.get("/admin/")
    request.user = cast.root
    assert not site.has_delete_permission(request)
    assert "delete_selected" not in site.get_actions(request)


def test_whose_a_row_is_was_decided_when_it_was_added(root: Client, cast: Cast) -> None:
    team = cast.larkfield.teams.all()[0]
    form = {"organisation": cast.quillon.pk, "name": team.name, "time_zone": ""}
    assert root.post(reverse("admin:accounts_team_change", args=[team.pk]), form).status_code == 302
    team.refresh_from_db()
    assert team.organisation == cast.larkfield


def test_a_shipper_stays_one(root: Client, cast: Cast) -> None:
    form = {"name": "L", "slug": "l", "kind": "carrier", "language": "en", "time_zone": "UTC"}
    form |= {"stored_policy": "{}"} | inline("brands")
    root.post(reverse("admin:accounts_organisation_change", args=[cast.larkfield.pk]), form)
    cast.larkfield.refresh_from_db()
    assert (cast.larkfield.name, cast.larkfield.kind) == ("L", "shipper")


def test_a_mailbox_takes_no_brand_of_another_organisation(root: Client, cast: Cast) -> None:
    form = {"organisation": cast.quillon.pk, "address": "Cases@Quillon.example", "use": "cases"}
    page = root.post(reverse("admin:mail_mailbox_add"), form | {"brand": cast.garden_brand.pk})
    assert "another organisation" in page.content.decode()
    assert root.post(reverse("admin:mail_mailbox_add"), form).status_code == 302
    assert Mailbox.objects.filter(address="cases@quillon.example").exists()
