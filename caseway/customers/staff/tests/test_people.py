"""The people of a desk: invited, given roles and teams, switched off, signed out."""

import pytest
from django.core import mail
from django.test import Client

from caseway.accounts.models import AuditEntry, Membership, Organisation, Person, Role
from caseway.accounts.sign_in.homes import home_of
from caseway.accounts.tests.forms import form_on
from caseway.core.errors import Conflict, Invalid, NotAllowed, NotFound, Stale
from caseway.customers.staff import actions
from caseway.customers.staff.actions import Place
from caseway.customers.staff.inviting import Invitee, accept, invite, invite_again, take_back
from caseway.customers.staff.mails import mail_desk_invitation
from caseway.customers.staff.queries import version_of
from caseway.demo.cast import Cast, make_cast


def role(cast: Cast, name: str, organisation: Organisation | None = None) -> Role:
    return Role.objects.get(organisation=organisation or cast.larkfield, name=name)


def seat(cast: Cast, person: Person) -> Membership:
    return Membership.objects.get(pk=cast.memberships[person.email].pk)


def invited(cast: Cast, email: str = "new@larkfield.example", role_name: str = "Agent") -> Membership:
    invitee = Invitee("Noa Lind", email, Place(role(cast, role_name).pk, ()))
    return invite(invitee, by=cast.at_desk(cast.admin))


def lead_of_people(cast: Cast) -> Cast:
    """Lea, who may manage people too."""
    lead = role(cast, "Team lead")
    lead.permissions = sorted({*lead.permissions, "people.manage"})
    lead.save()
    return make_cast()


def test_somebody_new_gets_a_seat_and_a_link_to_choose_a_password(cast: Cast, client: Client):
    stored = invited(cast)
    assert stored.is_waiting
    assert not stored.person.has_usable_password()
    mail_desk_invitation(stored.pk)
    (sent,) = mail.outbox
    assert sent.to == ["new@larkfield.example"]
    assert "Larkfield Home" in sent.subject
    link = next(word for word in str(sent.body).split() if "/password/reset/key/" in word)
    path = "/" + link.split("/", 3)[3]
    page = client.get(path, follow=True)
    assert page.status_code == 200
    answer = client.post(
        page.redirect_chain[-1][0], {"password1": "a-Long-1-password", "password2": "a-Long-1-password"}
    )
    assert answer.status_code == 302
    stored.person.refresh_from_db()
    assert stored.person.has_usable_password()
    client.force_login(stored.person)
    assert home_of(stored.person) == f"/accounts/desk-invitation/{stored.pk}/"
    assert client.get("/desk/cases/").status_code == 404
    assert client.post(home_of(stored.person), follow=True).status_code == 200
    assert client.get("/desk/cases/").status_code == 200
    entry = AuditEntry.objects.get(kind="person.invited")
    assert (entry.subject, entry.topic, entry.changes["role"]) == (stored.person, "person", [None, "Agent"])
    assert "new@larkfield.example" not in str(entry.changes) + str(entry.payload) + entry.thing


def test_somebody_from_elsewhere_comes_once_they_accept(cast: Cast):
    stored = invited(cast, "omar@brightwater.example")
    assert (stored.is_active, stored.shown_name) == (False, "Noa Lind")
    mail_desk_invitation(stored.pk)
    assert f"/accounts/desk-invitation/{stored.pk}/" in str(mail.outbox[0].body)
    browser = Client()
    browser.force_login(cast.ana)
    assert browser.get(f"/accounts/desk-invitation/{stored.pk}/").status_code == 404
    with pytest.raises(NotFound):
        accept(stored.pk, by=cast.ana)
    browser.force_login(cast.omar)
    assert "Larkfield Home" in browser.get(f"/accounts/desk-invitation/{stored.pk}/").content.decode()
    assert browser.post(f"/accounts/desk-invitation/{stored.pk}/").status_code == 302
    stored.refresh_from_db()
    assert (stored.is_active, stored.shown_name) == (True, cast.omar.name)
    assert browser.get(f"/accounts/desk-invitation/{stored.pk}/").status_code == 404


def test_whoever_invites_learns_not_whether_the_address_is_known(cast: Cast, client: Client):
    client.force_login(cast.admin)
    pages = []
    for stored in (invited(cast), invited(cast, "omar@brightwater.example")):
        text = client.get(f"/desk/settings/people/{stored.pk}/").content.decode()
        for own in (str(stored.pk), stored.person.email):
            text = text.replace(own, "~")
        lines = [line for line in text.splitlines() if "csrf" not in line.lower() and "<time" not in line]
        pages.append("".join(lines))
        assert cast.omar.name not in text
    assert pages[0] == pages[1]


def test_an_invitation_is_sent_again_and_taken_back(cast: Cast):
    by, stored = cast.at_desk(cast.admin), invited(cast, "omar@brightwater.example")
    invite_again(stored, by=by)
    for deed in (actions.switch_off, actions.switch_on, actions.end_sessions):
        with pytest.raises(Conflict):
            deed(stored, by=by)
    take_back(stored, by=by)
    with pytest.raises(NotFound):
        accept(stored.pk, by=cast.omar)
    cast.omar.refresh_from_db()
    assert cast.omar.session_epoch == 0
    assert not Membership.objects.filter(pk=stored.pk).exists()
    assert invited(cast, "omar@brightwater.example").is_waiting
    with pytest.raises(Conflict):
        invite_again(seat(cast, cast.ana), by=by)


def test_nobody_has_two_seats(cast: Cast):
    for email in ("ana@larkfield.example", "Ana@Larkfield.example", "nobody", ""):
        with pytest.raises(Invalid) as invalid:
            invited(cast, email)
        assert set(invalid.value.errors) == {"email"}


def test_a_role_and_teams_are_given(cast: Cast):
    by, stored = cast.at_desk(cast.admin), seat(cast, cast.ben)
    team = cast.larkfield.teams.create(name="Night shift")
    place = Place(role(cast, "Team lead").pk, [team.pk])
    actions.change(stored, place, by=by, version=version_of(stored))
    stored.refresh_from_db()
    assert stored.role.name == "Team lead"
    entry = AuditEntry.objects.filter(topic="person").latest("pk")
    assert (entry.subject, entry.changes["role"]) == (cast.ben, ["Agent", "Team lead"])
    assert entry.changes["teams"][1] == ["Night shift"]
    with pytest.raises(Stale):
        actions.change(stored, Place(teams=[]), by=by, version=version_of(stored) ^ 1)
    foreign = cast.quillon.teams.create(name="Night")
    with pytest.raises(Invalid):
        actions.change(stored, Place(teams=[foreign.pk]), by=by, version=None)
    theirs = role(cast, "Agent", cast.quillon).pk
    with pytest.raises(Invalid):
        actions.change(stored, Place(theirs), by=by, version=None)


def test_nobody_gives_or_takes_what_they_lack(cast: Cast):
    cast = lead_of_people(cast)
    lea, top = cast.at_desk(cast.lea), role(cast, "Tenant administrator")
    with pytest.raises(NotAllowed):
        actions.change(seat(cast, cast.ben), Place(top.pk), by=lea, version=None)
    with pytest.raises(NotAllowed):
        actions.change(seat(cast, cast.admin), Place(role(cast, "Agent").pk), by=lea, version=None)
    with pytest.raises(NotAllowed):
        actions.switch_off(seat(cast, cast.admin), by=lea)
    with pytest.raises(NotAllowed):
        actions.end_sessions(seat(cast, cast.admin), by=lea)
    with pytest.raises(NotAllowed):
        invite(Invitee("Eve", "eve@larkfield.example", Place(top.pk)), by=lea)
    assert not Person.objects.filter(email="eve@larkfield.example").exists()


def test_the_last_administrator_stays(cast: Cast):
    by, stored = cast.at_desk(cast.admin), seat(cast, cast.admin)
    with pytest.raises(Conflict):
        actions.switch_off(stored, by=by)
    with pytest.raises(Conflict):
        actions.change(stored, Place(role(cast, "Agent").pk), by=by, version=None)
    invited(cast, role_name="Tenant administrator")
    with pytest.raises(Conflict):
        actions.change(stored, Place(role(cast, "Agent").pk), by=by, version=None)
    second = seat(cast, cast.lea)
    actions.change(second, Place(role(cast, "Tenant administrator").pk), by=by, version=None)
    actions.change(stored, Place(role(cast, "Agent").pk), by=by, version=None)
    assert seat(cast, cast.admin).role.name == "Agent"


def test_who_is_switched_off_is_out_at_once_and_may_come_back(cast: Cast):
    by, browser = cast.at_desk(cast.admin), Client()
    browser.force_login(cast.ben)
    assert browser.get("/desk/cases/").status_code == 200
    actions.switch_off(seat(cast, cast.ben), by=by)
    assert browser.get("/desk/cases/").status_code != 200
    actions.switch_off(seat(cast, cast.ben), by=by)
    assert AuditEntry.objects.filter(topic="person").count() == 1
    actions.switch_on(seat(cast, cast.ben), by=by)
    assert seat(cast, cast.ben).is_active


def test_sessions_end_only_where_they_are_ours(cast: Cast):
    by, browser = cast.at_desk(cast.admin), Client()
    browser.force_login(cast.ben)
    actions.end_sessions(seat(cast, cast.ben), by=by)
    assert browser.get("/desk/cases/").status_code != 200
    Membership.objects.create(
        person=cast.ana, organisation=cast.quillon, role=role(cast, "Agent", cast.quillon)
    )
    with pytest.raises(NotAllowed):
        actions.end_sessions(seat(cast, cast.ana), by=by)


def test_others_find_nobody(cast: Cast):
    for by in (cast.at_desk(cast.iris), cast.in_portal(cast.kim)):
        for deed in (actions.switch_off, actions.switch_on, actions.end_sessions):
            with pytest.raises(NotFound):
                deed(seat(cast, cast.ben), by=by)
    with pytest.raises(NotAllowed):
        actions.switch_off(seat(cast, cast.ben), by=cast.at_desk(cast.lea))


def test_the_pages(cast: Cast, client: Client):
    client.force_login(cast.admin)
    listed = client.get("/desk/settings/people/", {"q": "BEN"}).content.decode()
    assert cast.ben.email in listed
    assert cast.ana.email not in listed.split("settinglist")[1]
    sent = {"name": "Noa Lind", "email": "noa@larkfield.example", "role": role(cast, "Agent").pk}
    assert client.post("/desk/settings/people/new/", sent).status_code == 302
    assert client.post("/desk/settings/people/new/", sent).status_code == 422
    stored = Membership.objects.get(person__email="noa@larkfield.example")
    here = f"/desk/settings/people/{stored.pk}/"
    shown = form_on(client.get(here), here)
    assert client.post(here, shown | {"role": role(cast, "Sales agent").pk}).status_code == 302
    assert client.post(here, shown).status_code == 412
    told = client.post(here + "state/", {"do": "again"}, follow=True).content.decode()
    assert "on its way again" in told
    assert client.post(here + "state/", {"do": "take-back"}).status_code == 302
    assert client.get(here).status_code == 404
    bens = f"/desk/settings/people/{seat(cast, cast.ben).pk}/"
    for do, words in (("off", "no more"), ("on", "comes in again"), ("end-sessions", "signed out")):
        assert words in client.post(bens + "state/", {"do": do}, follow=True).content.decode()
    client.force_login(cast.ana)
    assert client.get(bens).status_code == 403
    client.force_login(cast.iris)
    assert client.get(bens).status_code == 404
