"""Partnerships as each side sets them up, at the desk and by the API."""

import pytest

from caseway.accounts.models import AuditEntry, Organisation, Partnership
from caseway.accounts.viewer import agent_viewer
from caseway.api.tests.callers import Caller
from caseway.cases.partnering.queries import partners_for
from caseway.cases.tests.browsing import Desk, words_of
from caseway.cases.tests.story import raised_by_kim, says
from caseway.cases.types import Audience
from caseway.core.errors import Conflict, NotAllowed, NotFound
from caseway.demo.cast import Cast
from caseway.mail.models import Delivery, Mailbox
from caseway.mail.partnerships import actions

pytestmark = pytest.mark.django_db
SETTINGS = "/desk/settings/partnerships/"


def page_of(pair: Partnership) -> str:
    return f"{SETTINGS}{pair.pk}/"


def save(desk: Desk, pair: Partnership, typed: str, *, do: str = "ours"):
    return desk.post(page_of(pair), {"do": do, "addresses": typed})


def test_each_side_keeps_its_own_addresses_and_sees_how_many_the_other_has(cast: Cast) -> None:
    pair, admin, iris = cast.larkfield_brightwater, Desk(cast.admin), Desk(cast.iris)
    assert save(iris, pair, "Night@brightwater.example\nday@brightwater.example").status_code == 302
    pair.refresh_from_db()
    assert pair.carrier_addresses == ["night@brightwater.example", "day@brightwater.example"]
    page = words_of(admin.get(page_of(pair)))
    assert "Brightwater Freight" in page
    assert "2 addresses of their own" in page
    assert "night@brightwater.example" not in page
    assert save(admin, pair, "x@y.example", do="partner").status_code == 409
    pair.refresh_from_db()
    assert len(pair.carrier_addresses) == 2


def test_good_addresses_are_saved_at_once_and_refused_ones_stay_with_why(cast: Cast) -> None:
    Mailbox.objects.get_or_create(address="in@larkfield.example", organisation=cast.larkfield)
    pair, admin = cast.larkfield_brightwater, Desk(cast.admin)
    answer = save(
        admin,
        pair,
        "a@larkfield.example, nonsense\na@larkfield.example\nin@larkfield.example; b@larkfield.example",
    )
    pair.refresh_from_db()
    assert pair.shipper_addresses == ["a@larkfield.example", "b@larkfield.example"]
    page = words_of(answer)
    assert answer.status_code == 422
    for words in ("nonsense", "in@larkfield.example is a mailbox of Caseway itself", "stands there already"):
        assert words in page


def test_a_partner_that_is_here_is_asked_and_accepts(cast: Cast) -> None:
    Partnership.objects.filter(pk=cast.quillon_brightwater.pk).delete()
    pia = cast.memberships[cast.pia.email]
    pia.role = pia.organisation.roles.get(name="Tenant administrator")
    pia.save()
    quillon, brightwater = Desk(cast.pia), Desk(cast.iris)
    assert "no carrier with this code" in words_of(
        quillon.post(SETTINGS, {"do": "propose", "code": "larkfield"})
    )
    assert quillon.post(SETTINGS, {"do": "propose", "code": "brightwater"}).status_code == 302
    pair = Partnership.objects.get(shipper=cast.quillon, carrier=cast.brightwater)
    assert pair.standing == "proposed"
    assert cast.brightwater not in partners_for(agent_viewer(pia))
    with pytest.raises(Conflict):
        actions.accept(pair, by=agent_viewer(pia))
    assert "asks to work with you" in words_of(brightwater.get(page_of(pair)))
    brightwater.post(f"{page_of(pair)}state/", {"do": "accept"})
    assert cast.brightwater in partners_for(agent_viewer(pia))


def test_only_who_paused_it_lets_it_go_on(cast: Cast) -> None:
    pair, lark, bright = cast.larkfield_brightwater, cast.at_desk(cast.admin), cast.at_desk(cast.iris)
    actions.pause(pair, by=lark)
    assert cast.brightwater not in partners_for(lark)
    with pytest.raises(Conflict):
        actions.accept(pair, by=bright)
    assert actions.accept(pair, by=lark).is_active
    ended = actions.end(pair, by=bright)
    assert (ended.standing, ended.shipper_addresses, ended.carrier_addresses) == ("ended", [], [])
    with pytest.raises(Conflict):
        actions.accept(pair, by=lark)


def test_one_by_mail_is_there_at_once_and_gets_what_is_written(cast: Cast) -> None:
    admin = Desk(cast.admin)
    typed = {"do": "mail", "name": "Tamarack Parcel", "addresses": "box@elsewhere.example\nwrong"}
    assert admin.post(SETTINGS, typed).status_code == 302
    pair = Partnership.objects.latest("pk")
    partner = pair.partner_of(cast.larkfield.pk)
    assert (partner.signs_in, partner.pk == cast.tamarack.pk) == (False, False)
    assert pair.addresses_of(partner.pk) == ["box@elsewhere.example"]
    case = raised_by_kim(cast)
    Desk(cast.ana, case).do(
        "partner", partner=partner.slug, sharing="shared", partner_subject="Lost", partner_text="Where is it?"
    )
    assert Delivery.objects.filter(address="box@elsewhere.example", case=case).count() == 1
    assert save(admin, pair, "new@elsewhere.example", do="partner").status_code == 302
    says(case, cast.at_desk(cast.ana), Audience.PARTNER, "And now?")
    assert Delivery.objects.filter(address="new@elsewhere.example", case=case).count() == 1
    assert Delivery.objects.filter(address="box@elsewhere.example", case=case).count() == 1


def test_strangers_and_agents_set_nothing(cast: Cast) -> None:
    pair = cast.larkfield_brightwater
    for person, status in ((cast.ana, 403), (cast.pia, 404), (cast.kim, 404), (cast.iris, 200)):
        assert Desk(person).get(page_of(pair)).status_code == status
    for person, error in ((cast.ana, NotAllowed), (cast.pia, NotAllowed)):
        with pytest.raises(error):
            actions.pause(pair, by=cast.at_desk(person))
    with pytest.raises(NotFound):
        actions.set_addresses(
            cast.quillon_brightwater, ["x@y.example"], by=cast.at_desk(cast.admin), version=None
        )


def test_the_log_keeps_nobodys_address(cast: Cast) -> None:
    actions.set_addresses(
        cast.larkfield_brightwater, ["secret@larkfield.example"], by=cast.at_desk(cast.admin), version=None
    )
    entry = AuditEntry.objects.latest("pk")
    assert (entry.topic, "secret" in str(entry.changes)) == ("partnership", False)


def test_the_api_does_the_same(cast: Cast) -> None:
    admin, iris = Caller(cast.admin), Caller(cast.iris)
    path = f"/partnerships/{cast.larkfield_brightwater.pk}"
    changed = iris.patch(path, {"addresses": ["a@brightwater.example"]})
    assert changed.json()["addresses"] == ["a@brightwater.example"]
    seen = admin.get(path).json()
    assert (seen["partner_addresses"], seen["partner_address_count"]) == (None, 1)
    refused = admin.patch(path, {"addresses": ["good@larkfield.example", "bad"]})
    assert (refused.status_code, list(refused.json()["errors"])) == (422, ["addresses"])
    assert "good@larkfield.example" not in admin.get(path).json()["addresses"]
    assert admin.patch(path, {"standing": "paused"}).json()["standing"] == "paused"
    assert iris.patch(path, {"standing": "active"}).status_code == 409
    made = admin.post("/partnerships", {"name": "Elm Carriers", "addresses": ["e@elm.example"]})
    assert (made.status_code, made.json()["partner_addresses"]) == (201, ["e@elm.example"])
    assert Caller(cast.ana).patch(path, {"standing": "active"}).status_code == 403
    assert Organisation.objects.get(slug=made.json()["partner"]).kind == "carrier"
