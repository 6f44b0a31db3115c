"""Settings over the API: lists by one declaration, teams, roles, the policy."""

from typing import Any

import pytest

from caseway.accounts.models import AuditEntry, Brand, Organisation
from caseway.api.tests.callers import Caller
from caseway.cases.lists.kinds import KINDS
from caseway.demo.cast import Cast

EVERY = pytest.mark.parametrize("kind", KINDS, ids=[kind.key for kind in KINDS])


def new_row(kind: Any) -> dict[str, Any]:
    return {"names": {"en": "fresh"}} | ({"kind": "closure"} if kind.key == "reasons" else {})


@EVERY
def test_a_row_is_added_read_changed_and_switched_off(cast: Cast, kind: Any):
    caller = Caller(cast.admin, "settings:read", "settings:write")
    made = caller.post(f"/{kind.key}", new_row(kind))
    assert made.status_code == 201, made.content
    place = made["Location"].removeprefix("/api/v1")
    assert caller.get(place).json() == made.json()
    changed = caller.call("PATCH", place, {"names": {"en": "ripe"}}, If_Match=made["ETag"])
    assert (changed.status_code, changed.json()["name"]) == (200, "ripe")
    late = caller.call("PATCH", place, {"names": {"en": "late"}}, If_Match=made["ETag"])
    assert (late.status_code, late.json()["current"]["name"]) == (412, "ripe")
    assert caller.call("PATCH", place, {"active": False}).status_code == 428
    off = caller.patch(place, {"active": False})
    assert (off.json()["active"], off.json()["name"]) == (False, "ripe")
    ids = [row["id"] for row in caller.get(f"/{kind.key}").json()["items"]]
    assert ids.count(made.json()["id"]) == 0
    assert AuditEntry.objects.filter(topic=kind.topic).count() == 3


@EVERY
def test_it_takes_the_permission_and_the_scope(cast: Cast, kind: Any):
    assert Caller(cast.ana).post(f"/{kind.key}", new_row(kind)).status_code == 403
    assert Caller(cast.admin, "settings:read").post(f"/{kind.key}", new_row(kind)).status_code == 403
    assert Caller(cast.kim).post(f"/{kind.key}", new_row(kind)).status_code == 404
    place = Caller(cast.admin).post(f"/{kind.key}", new_row(kind))["Location"].removeprefix("/api/v1")
    assert Caller(cast.ana).patch(place, {"active": False}).status_code == 403
    assert Caller(cast.iris).patch(place, {"active": False}).status_code == 404


def test_what_is_wrong_is_named_by_field(cast: Cast):
    caller = Caller(cast.admin)
    for path, body, field in (
        ("/reasons", {"names": {"en": "x"}}, "kind"),
        ("/categories", {"names": {"en": "x"}, "parent": "999999999", "case_type": "lost"}, "parent"),
        ("/tags", {"names": {}}, "name"),
        ("/roles", {"name": "x", "permissions": ["cases.everything"]}, "permissions"),
        ("/teams", {"name": "x", "time_zone": "Mars/Base"}, "time_zone"),
    ):
        refused = caller.post(path, body)
        assert (refused.status_code, set(refused.json()["errors"])) == (422, {field}), path


def test_roles_and_teams(cast: Cast):
    caller = Caller(cast.admin)
    for path, body, change in (
        ("/roles", {"name": "Clerk", "permissions": ["cases.edit"]}, {"permissions": []}),
        ("/teams", {"name": "Night shift", "time_zone": "Europe/Paris"}, {"active": False}),
    ):
        made = caller.post(path, body)
        place = made["Location"].removeprefix("/api/v1")
        changed = caller.call("PATCH", place, change, If_Match=made["ETag"])
        assert {name: changed.json()[name] for name in change} == change
        assert caller.call("PATCH", place, {"name": "y"}, If_Match=made["ETag"]).status_code == 412
        assert Caller(cast.ana).patch(place, {"name": "y"}).status_code == 403
        assert Caller(cast.iris).patch(place, {"name": "y"}).status_code == 404
    assert Caller(cast.ana).get("/roles").json()["items"] == []


def test_the_brands_that_a_team_serves(cast: Cast):
    caller = Caller(cast.admin)
    garden = Brand.objects.get(organisation=cast.larkfield, slug="garden")
    theirs = Brand.objects.create(organisation=cast.quillon, slug="quillon", name="Quillon")
    made = caller.post("/teams", {"name": "Garden desk", "brands": [str(garden.pk)]})
    place = made["Location"].removeprefix("/api/v1")
    assert made.json()["brands"] == [str(garden.pk)]
    assert caller.patch(place, {"name": "Garden"}).json()["brands"] == [str(garden.pk)]
    for foreign in (str(theirs.pk), "999999999", "none"):
        refused = caller.patch(place, {"brands": [foreign]})
        assert (refused.status_code, set(refused.json()["errors"])) == (422, {"brands"})
    assert caller.patch(place, {"brands": []}).json()["brands"] == []


def test_the_policy(cast: Cast):
    caller = Caller(cast.admin)
    read = caller.get("/policies")
    note = next(one for one in read.json()["items"] if one["id"] == "closing_needs_note")
    assert (note["value"], note["default"]) == (True, True)
    changes = {"values": {"closing_needs_note": False, "desk_types": ["pdf"]}}
    assert caller.call("PATCH", "/policies", changes, If_Match=read["ETag"]).status_code == 200
    assert caller.call("PATCH", "/policies", changes, If_Match=read["ETag"]).status_code == 412
    stored = Organisation.objects.get(pk=cast.larkfield.pk).policy
    assert (stored.closing_needs_note, stored.desk_types) == (False, ("pdf",))
    assert set(caller.patch("/policies", {"values": {"x": 1}}).json()["errors"]) == {"x"}
    assert Caller(cast.ana).patch("/policies", changes).status_code == 403
    assert Caller(cast.kim).get("/policies").json()["items"] == []
