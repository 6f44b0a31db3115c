"""Roles: nobody grants what they lack, and somebody stays in charge."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from caseway.accounts.models import AuditEntry, Membership, Role
from caseway.accounts.permissions import Permission
from caseway.accounts.permitting.actions import Written, add, change, remove
from caseway.accounts.permitting.queries import version_of
from caseway.accounts.tests.forms import form_on
from caseway.core.errors import Conflict, Invalid, NotAllowed, NotFound, Stale
from caseway.demo.cast import Cast, make_cast

SOME = ("cases.edit", "cases.close")


def role_named(cast: Cast, name: str) -> Role:
    return Role.objects.get(organisation=cast.larkfield, name=name)


def give(cast: Cast, role: Role, *permissions: str) -> None:
    """Give the role permissions beside the product."""
    role.permissions = sorted({*role.permissions, *permissions})
    role.save()


def test_a_role_is_made_changed_and_removed(cast: Cast):
    by = cast.at_desk(cast.admin)
    role = add(Written("Claims clerk", SOME), by=by)
    change(role, Written(permissions=("cases.edit",)), by=by, version=version_of(role))
    stored = Role.objects.get(pk=role.pk)
    assert stored.permissions == ["cases.edit"]
    entry = AuditEntry.objects.filter(topic="role").latest("pk")
    assert entry.changes == {"permissions": [["cases.close", "cases.edit"], ["cases.edit"]]}
    assert entry.thing == "Claims clerk"
    remove(stored, by=by)
    assert not Role.objects.filter(pk=role.pk).exists()
    assert AuditEntry.objects.filter(topic="role", kind="setting.removed").exists()


def test_nobody_gives_or_takes_what_they_lack(cast: Cast):
    give(cast, role_named(cast, "Team lead"), "people.manage")
    cast = make_cast()
    lea = cast.at_desk(cast.lea)
    with pytest.raises(NotAllowed):
        add(Written("Mine", ("settings.manage",)), by=lea)
    with pytest.raises(NotAllowed):
        change(role_named(cast, "Team lead"), Written(permissions=Permission.values), by=lea, version=None)
    with pytest.raises(NotAllowed):
        change(role_named(cast, "Tenant administrator"), Written(permissions=()), by=lea, version=None)
    assert add(Written("Smaller", SOME), by=lea).permissions == sorted(SOME)


def test_rights_are_those_of_this_moment(cast: Cast):
    """A page that was opened before they were taken gives nothing."""
    by = cast.at_desk(cast.admin)
    role_named(cast, "Tenant administrator")
    Role.objects.filter(organisation=cast.larkfield, name="Tenant administrator").update(permissions=[])
    with pytest.raises(NotAllowed):
        add(Written("Late", SOME), by=by)


def test_somebody_stays_in_charge(cast: Cast):
    by, role = cast.at_desk(cast.admin), role_named(cast, "Tenant administrator")
    less = set(Permission.values) - {"people.manage"}
    with pytest.raises(Conflict):
        change(role, Written(permissions=less), by=by, version=None)
    assert "people.manage" in role_named(cast, "Tenant administrator").permissions
    Membership.objects.filter(organisation=cast.larkfield, person=cast.lea).update(role=role)
    other = add(Written("Second", Permission.values), by=by)
    Membership.objects.filter(organisation=cast.larkfield, person=cast.lea).update(role=other)
    change(role, Written(permissions=less), by=by, version=None)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_take_each_others_rights_one_does():
    cast = make_cast()
    first = role_named(cast, "Tenant administrator")
    second = Role.objects.create(
        organisation=cast.larkfield, name="Second", permissions=sorted(Permission.values)
    )
    Membership.objects.filter(organisation=cast.larkfield, person=cast.lea).update(role=second)
    cast = make_cast()
    cast.memberships[cast.lea.email].role = second
    viewers = [(cast.at_desk(cast.admin), second), (cast.at_desk(cast.lea), first)]

    def take(one: tuple[Any, Role]) -> bool:
        try:
            change(one[1], Written(permissions=()), by=one[0], version=None)
        except (Conflict, NotAllowed):
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(2) as threads:
        assert sorted(threads.map(take, viewers)) == [False, True]
    assert Role.objects.filter(organisation=cast.larkfield, permissions__contains=["people.manage"]).exists()


def test_others(cast: Cast):
    role = role_named(cast, "Agent")
    with pytest.raises(NotAllowed):
        change(role, Written("Mine"), by=cast.at_desk(cast.ana), version=None)
    for by in (cast.at_desk(cast.iris), cast.in_portal(cast.kim)):
        with pytest.raises(NotFound):
            change(role, Written("Theirs"), by=by, version=None)
        with pytest.raises(NotFound):
            remove(role, by=by)


def test_what_can_not_be(cast: Cast):
    by = cast.at_desk(cast.admin)
    for written, field in (
        (Written(" "), "name"),
        (Written("agent"), "name"),
        (Written("New", ("cases.everything",)), "permissions"),
    ):
        with pytest.raises(Invalid) as invalid:
            add(written, by=by)
        assert set(invalid.value.errors) == {field}
    with pytest.raises(Conflict):
        remove(role_named(cast, "Agent"), by=by)
    with pytest.raises(Stale):
        change(role_named(cast, "Agent"), Written("Clerk"), by=by, version=1)


def test_the_page(cast: Cast, client: Client):
    give(cast, role_named(cast, "Team lead"), "people.manage")
    client.force_login(cast.lea)
    agent = role_named(cast, "Agent")
    give(cast, agent, "settings.manage")
    here = f"/desk/settings/roles/{agent.pk}/"
    shown = form_on(client.get(here), here)
    assert client.post(here, shown).status_code == 302
    assert "settings.manage" in role_named(cast, "Agent").permissions
    assert client.post(here, shown | {"permissions": ["cases.edit", "settings.manage"]}).status_code == 302
    assert set(role_named(cast, "Agent").permissions) == {"cases.edit", "settings.manage"}
    assert client.post(here, shown).status_code == 412
    sent = {"name": "More", "permissions": ["settings.manage"]}
    assert client.post("/desk/settings/roles/new/", sent).status_code == 403
    client.force_login(cast.ana)
    assert client.get("/desk/settings/roles/").status_code == 403
    assert client.get(here).status_code == 403
    client.force_login(cast.iris)
    assert client.get(here).status_code == 404
