"""Saved views and the columns of a list, as an agent finds them, without scripts."""

import re
from html import unescape

import pytest

from caseway.accounts.models import Team
from caseway.cases.models import Case, ListChoice, SavedView, Side
from caseway.cases.tests.story import owned_by_ana, raised_by_kim
from caseway.cases.views.columns import DEFAULT
from caseway.demo.cast import Cast
from caseway.shipments.models import Shipment

from .conftest import Desk
from .test_list import listed, numbers

pytestmark = pytest.mark.django_db


def heads(page: str) -> list[str]:
    """The columns, from left to right."""
    return re.findall(r'data-column="([a-z_]+)"', page)


def test_a_list_is_saved_opened_changed_and_removed(cast: Cast, desk: Desk) -> None:
    mine, _kims = owned_by_ana(cast), raised_by_kim(cast)
    ana = desk(cast.ana)
    page = ana.get("/desk/cases/?view=all-active&owner=me&sort=deadline").content.decode()
    assert "/desk/views/new/?view=all-active&amp;owner=me&amp;sort=deadline" in page
    form = ana.get("/desk/views/new/?view=all-active&owner=me&sort=deadline").content.decode()
    assert "All active cases: Owner me" in form
    sent = {"name": "My urgent ones", "scope": "own", "opens_desk": "on"}
    kept = ana.post("/desk/views/new/?view=all-active&owner=me&sort=deadline", sent, follow=True)
    saved = SavedView.objects.get()
    assert kept.redirect_chain == [(f"/desk/cases/?saved={saved.pk}", 302)]
    page = kept.content.decode()
    assert numbers(page) == [mine.number]
    assert "My urgent ones</h1>" in page
    assert f'href="/desk/cases/?saved={saved.pk}" title="My urgent ones" aria-current="page"' in page
    assert 'aria-current="page"' not in page.split('aria-label="My work"')[1].split("</nav>")[0]
    assert ana.get("/desk/").headers["Location"] == f"/desk/cases/?saved={saved.pk}"
    counts = ana.get("/desk/counts").content.decode()
    assert f'id="count-saved-{saved.pk}" hx-swap-oob="true">1</span>' in counts

    changed = f"saved={saved.pk}&view=all-active&type=lost"
    page = listed(desk, cast.ana, changed)
    assert "Update the view" in page
    assert numbers(page) == []
    ana.post(f"/desk/views/{saved.pk}/update?{changed}", {"version": saved.version})
    saved.refresh_from_db()
    assert saved.query == "view=all-active&type=lost"
    assert "Update the view" not in listed(desk, cast.ana, f"saved={saved.pk}")
    ana.post(f"/desk/views/{saved.pk}/removal")
    assert not SavedView.objects.exists()
    assert ana.get("/desk/").headers["Location"] == "/desk/cases/"


def test_two_change_one_view(cast: Cast, desk: Desk) -> None:
    team = Team.objects.create(organisation=cast.larkfield, name="Night shift")
    cast.memberships[cast.lea.email].teams.add(team)
    lea, admin = desk(cast.lea), desk(cast.admin)
    sent = {"name": "Ours", "scope": f"team:{team.pk}"}
    lea.post("/desk/views/new/?view=all", sent)
    saved = SavedView.objects.get()
    admin.post(f"/desk/views/{saved.pk}/update?view=all&type=lost", {"version": "1"})
    late = lea.post(f"/desk/views/{saved.pk}/update?view=all&type=damaged", {"version": "1"})
    page = unescape(late.content.decode())
    assert late.status_code == 412
    assert f"{cast.admin.name} has changed this view meanwhile" in page
    assert "<del>All cases</del> <ins>All cases: Type Lost</ins>" in page
    assert 'name="version" value="2"' in page
    lea.post(f"/desk/views/{saved.pk}/update?view=all&type=damaged", {"version": "2"})
    saved.refresh_from_db()
    assert saved.query == "view=all&type=damaged"
    late = admin.post(f"/desk/views/{saved.pk}/", sent | {"name": "Typed", "version": "2"})
    assert late.status_code == 412
    assert 'value="Typed"' in late.content.decode()
    assert desk(cast.ben).get(f"/desk/cases/?saved={saved.pk}").status_code == 404
    assert desk(cast.ben).post(f"/desk/views/{saved.pk}/removal").status_code == 404


def test_columns_are_chosen_moved_and_made_wider_for_one_list_and_person(cast: Cast, desk: Desk) -> None:
    case, ana = owned_by_ana(cast), desk(cast.ana)
    shipment = Shipment.objects.create(organisation=cast.larkfield, number="SHP-1", purchase_order="PO-77")
    Case.objects.update(shipment=shipment)
    Side.objects.filter(case=case).update(crm_number="CRM-5")
    usual = heads(listed(desk, cast.ana))
    assert usual == list(DEFAULT)
    sent = {
        "order": ["crm", "subject", "number", "po", "court"],
        "column": ["crm", "po", "court"],
        "width-crm": "200",
    }
    ana.post("/desk/cases/columns?view=all", sent)
    page = listed(desk, cast.ana, "view=all")
    assert heads(page) == ["crm", "subject", "po", "court"]
    assert 'data-column="crm" width="200"' in page
    assert ">CRM-5</td>" in page
    assert ">PO-77</td>" in page
    assert heads(listed(desk, cast.ana)) == usual
    assert heads(listed(desk, cast.ben, "view=all")) == usual
    ana.post("/desk/cases/width?view=all", {"column": "po", "width": "9999"})
    assert 'data-column="po" width="800"' in listed(desk, cast.ana, "view=all")
    ana.post("/desk/cases/columns?view=all", sent | {"move": "po:up"})
    assert ListChoice.objects.get().columns == ["crm", "subject", "po", "court"]
    asked = ana.post("/desk/cases/columns?view=all", sent | {"move": "court:up"}).content.decode()
    assert heads(listed(desk, cast.ana, "view=all")) == ["crm", "subject", "court", "po"]
    assert asked.index('value="court:up"') < asked.index('value="po:up"')
    ana.post("/desk/cases/columns?view=all", {"reset": "1"})
    assert heads(listed(desk, cast.ana, "view=all")) == usual


@pytest.mark.parametrize("sent", [{"width-po": "wide"}, {"width-po": "1e9"}])
def test_a_width_that_is_none_is_said_and_what_was_ticked_stays(
    cast: Cast, desk: Desk, sent: dict[str, str]
) -> None:
    answer = desk(cast.ana).post("/desk/cases/columns", sent | {"column": ["crm"], "order": ["crm"]})
    assert answer.status_code == 422
    assert 'value="crm" checked' in answer.content.decode()
    assert not ListChoice.objects.exists()


def test_a_partner_is_called_what_it_is(cast: Cast, desk: Desk) -> None:
    owned_by_ana(cast)
    assert ">Carrier</th>" in listed(desk, cast.ana)


def test_the_palette_finds_saved_views(cast: Cast, desk: Desk) -> None:
    desk(cast.ana).post("/desk/views/new/?view=all", {"name": "Zebra crossings", "scope": "own"})
    assert "Zebra crossings" in desk(cast.ana).get("/desk/palette?q=zebra").content.decode()
    assert "Zebra crossings" not in desk(cast.ben).get("/desk/palette?q=zebra").content.decode()
