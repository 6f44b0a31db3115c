"""Teams: made, changed, switched off; by whom, and what is kept of it."""

import pytest
from django.test import Client

from caseway.accounts.models import AuditEntry, Brand, Team
from caseway.accounts.teams.actions import Written, add, change
from caseway.accounts.teams.queries import version_of
from caseway.accounts.tests.forms import form_on
from caseway.core.errors import Invalid, NotAllowed, NotFound, Stale
from caseway.demo.cast import Cast


def seat(cast: Cast, name: str) -> int:
    return cast.memberships[getattr(cast, name).email].pk


def claims(cast: Cast) -> Team:
    written = Written("Night shift", "Europe/Berlin", seat(cast, "lea"), [seat(cast, "ana")])
    return add(written, by=cast.at_desk(cast.admin))


def their_brand(cast: Cast) -> int:
    return Brand.objects.create(organisation=cast.quillon, slug="quillon", name="Quillon").pk


def test_a_team_with_members_and_a_lead_who_is_in_it(cast: Cast):
    team = claims(cast)
    members = set(team.members.values_list("person__name", flat=True))
    assert members == {cast.ana.name, cast.lea.name}
    entry = AuditEntry.objects.get(topic="team", kind="setting.added")
    assert entry.changes["members"][1] == {"people": sorted([cast.ana.pk, cast.lea.pk])}
    assert cast.ana.name not in str(entry.changes)


def test_members_and_lead_change(cast: Cast):
    team, by = claims(cast), cast.at_desk(cast.admin)
    change(team, Written(lead=None, members=[seat(cast, "ben")]), by=by, version=version_of(team))
    stored = Team.objects.get(pk=team.pk)
    assert (stored.lead, [one.person for one in stored.members.all()]) == (None, [cast.ben])
    entry = AuditEntry.objects.filter(topic="team").latest("pk")
    assert entry.changes.keys() == {"lead", "members"}
    change(stored, Written(is_active=False), by=by, version=None)
    assert not Team.objects.get(pk=team.pk).is_active
    with pytest.raises(Stale):
        change(team, Written("Other"), by=by, version=version_of(stored) ^ 1)


def test_the_brands_that_it_serves(cast: Cast):
    team, by = claims(cast), cast.at_desk(cast.admin)
    garden = Brand.objects.get(organisation=cast.larkfield, slug="garden")
    change(team, Written(brands=[garden.pk]), by=by, version=version_of(team))
    assert list(team.brands.all()) == [garden]
    assert AuditEntry.objects.filter(topic="team").latest("pk").changes == {"brands": [[], [garden.pk]]}
    change(team, Written("Still theirs"), by=by, version=None)
    assert team.brands.count() == 1


def test_what_is_not_ours_is_refused(cast: Cast):
    by = cast.at_desk(cast.admin)
    for written, field in (
        (Written(), "name"),
        (Written("x", "Mars/Base"), "time_zone"),
        (Written("x", lead=seat(cast, "omar")), "lead"),
        (Written("x", members=[seat(cast, "ana"), seat(cast, "pia")]), "members"),
        (Written("x", brands=[their_brand(cast)]), "brands"),
    ):
        with pytest.raises(Invalid) as invalid:
            add(written, by=by)
        assert set(invalid.value.errors) == {field}


def test_others(cast: Cast):
    team = claims(cast)
    with pytest.raises(NotAllowed):
        change(team, Written("Mine"), by=cast.at_desk(cast.lea), version=None)
    for by in (cast.at_desk(cast.iris), cast.in_portal(cast.kim)):
        with pytest.raises(NotFound):
            change(team, Written("Theirs"), by=by, version=None)


def test_the_pages(cast: Cast, client: Client):
    client.force_login(cast.admin)
    team = claims(cast)
    here = f"/desk/settings/teams/{team.pk}/"
    assert "Night shift" in client.get("/desk/settings/teams/").content.decode()
    assert client.get("/desk/settings/teams/new/").status_code == 200
    shown = form_on(client.get(here), here)
    before = AuditEntry.objects.count()
    assert client.post(here, shown).status_code == 302
    assert AuditEntry.objects.count() == before
    assert client.post(here, shown | {"members": [str(seat(cast, "ben"))], "lead": ""}).status_code == 302
    assert [one.person for one in team.members.all()] == [cast.ben]
    assert client.post(here, shown).status_code == 412
    shown = form_on(client.get(here), here)
    garden = Brand.objects.get(organisation=cast.larkfield, slug="garden")
    assert client.post(here, shown | {"brands": [str(garden.pk)]}).status_code == 302
    assert list(team.brands.all()) == [garden]
    assert client.post("/desk/settings/teams/new/", {"name": " "}).status_code == 422
    client.post(here + "state/", {"do": "off"})
    assert "Switched off" in client.get("/desk/settings/teams/").content.decode()
    client.force_login(cast.ana)
    assert client.get(here).status_code == 403
    client.force_login(cast.iris)
    assert client.get(here).status_code == 404
