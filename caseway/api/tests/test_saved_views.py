"""Saved views over the API."""

import pytest

from caseway.accounts.models import Team
from caseway.cases.models import SavedView
from caseway.cases.tests.story import owned_by_ana, raised_by_kim
from caseway.demo.cast import Cast

from .callers import Caller

pytestmark = pytest.mark.django_db


def test_a_view_from_making_to_throwing_away(cast: Cast) -> None:
    mine, _other = owned_by_ana(cast), raised_by_kim(cast)
    ana = Caller(cast.ana)
    body = {"name": "Mine", "filters": {"view": ["all"], "owner": ["me"]}, "columns": ["number", "crm"]}
    made = ana.post("/views", body)
    assert made.status_code == 201
    view = made.json()
    assert view["filters"] == {"view": ["all"], "owner": ["me"]}
    assert view["columns"] == ["number", "subject", "crm"]
    assert [case["number"] for case in ana.get(f"/cases?saved={view['id']}").json()["items"]] == [mine.number]
    assert ana.get(f"/cases?saved={view['id']}&type=lost").status_code == 422
    assert ana.call("PATCH", f"/views/{view['id']}", {"name": "x"}).status_code == 428
    changed = ana.patch(f"/views/{view['id']}", {"grouping": "court", "opens_desk": True}, If_Match='"1"')
    assert (changed.json()["grouping"], changed.json()["opens_desk"]) == ("court", True)
    late = ana.patch(f"/views/{view['id']}", {"name": "x"}, If_Match='"1"')
    assert (late.status_code, late.json()["current"]["version"]) == (412, 2)
    assert ana.get("/views").json()["items"][0]["name"] == "Mine"
    assert ana.post("/views", {"name": "x", "filters": {"status": ["sleeping"]}}).status_code == 422
    assert ana.delete(f"/views/{view['id']}").status_code == 204
    assert not SavedView.objects.exists()


def test_a_teams_view_opens_for_its_people_alone(cast: Cast) -> None:
    team = Team.objects.create(organisation=cast.larkfield, name="Night shift")
    cast.memberships[cast.ben.email].teams.add(team)
    body = {"name": "Ours", "scope": "team", "team": str(team.pk)}
    view = Caller(cast.admin).post("/views", body).json()
    ben = Caller(cast.ben)
    opened = ben.patch(f"/views/{view['id']}", {"opens_desk": True}, If_Match="*")
    assert (opened.status_code, opened.json()["opens_desk"]) == (200, True)
    assert ben.patch(f"/views/{view['id']}", {"name": "x"}, If_Match="*").status_code == 403
    for other in (cast.ana, cast.omar, cast.pia):
        assert Caller(other).get(f"/views/{view['id']}").status_code == 404
        assert Caller(other).get(f"/cases?saved={view['id']}").status_code == 404
    assert Caller(cast.kim).get("/views").json()["items"] == []
    assert Caller(cast.kim).post("/views", {"name": "x"}).status_code == 404
