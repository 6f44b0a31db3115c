"""What is said on a case stays with those it was said to: on pages, in lists, histories and mails.

Ana does everything that an agent can do to the case that Larkfield shares with Brightwater, with a
secret word in whatever she says. Then all the others look everywhere.
"""

from collections.abc import Iterator
from typing import Any

import pytest

from caseway.accounts.models import Brand, Membership, Team
from caseway.cases.conversation.actions import post
from caseway.cases.conversation.writing import Content
from caseway.cases.models import Case, Side
from caseway.cases.types import Audience, Sharing
from caseway.customers.models import Invitation
from caseway.demo.cast import Cast
from caseway.mail.models import Delivery
from caseway.mail.outbox.mime import as_message

from .deeds import DEEDS, Deed
from .visitors import Visitor, state, told, without_chance
from .world import KINDS, World

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def visitors(world: World, django_db_blocker: Any) -> Iterator[dict[str, Visitor]]:
    """A browser for each kind of person."""
    with django_db_blocker.unblock():
        yield {name: Visitor(world, name) for name in KINDS}


@pytest.fixture
def shared(world: World, db: None) -> Case:
    """The case that both organisations work on."""
    side = Side.objects.get(organisation=world.cast.brightwater, sharing=Sharing.SHARED)
    return side.case


def pages_of(visitor: Visitor, case: Case) -> dict[str, str]:
    """Everything about the case that this person's pages tell, without what differs each time."""
    number, shipment = case.number, case.shipment
    assert shipment is not None
    paths = {
        "desk": (
            f"/desk/cases/{number}", f"/desk/cases/{number}?show=notes", f"/desk/cases/{number}?show=files",
            "/desk/cases/?view=all", "/desk/cases/?view=recent-responses", "/desk/counts",
            f"/desk/shipments/{shipment.pk}/", "/desk/shipments/",
        ),
        "portal": (
            f"/portal/cases/{number}/", "/portal/cases/", "/",
            f"/portal/shipments/{shipment.number}/", "/portal/shipments/",
        ),
    }[visitor.world.seat_of(visitor.name)]  # fmt: skip
    return {path: without_chance(told(visitor.get(path))) for path in paths}


def do(deed: Deed, visitor: Visitor, case: Case, word: str) -> None:
    """Send the form, and see that something came of it."""
    before = state()
    response = visitor.post(f"/desk/cases/{case.number}/{deed.address}", deed.data(visitor.world.cast, word))
    assert response.status_code in (204, 302), response.content
    assert state() != before or deed.address == "visit"


@pytest.mark.parametrize("what", DEEDS)
def test_what_is_said_stays_with_those_it_was_said_to(
    world: World, visitors: dict[str, Visitor], shared: Case, what: str
):
    deed, word = DEEDS[what], "zqdeedsword"
    outsiders = ("omar", "iris", "kim", "jo")
    before = {name: pages_of(visitors[name], shared) for name in outsiders}
    do(deed, visitors["ana"], shared, word)
    for name in outsiders:
        after = pages_of(visitors[name], shared)
        for path, text in after.items():
            if name not in deed.readers:
                assert word not in text, (name, path)
            if is_quiet(deed, name):
                assert text == before[name][path], (name, path)
    for mail in Delivery.objects.all():
        if word in said_in(mail):
            assert reader_of(mail, world.cast) in deed.readers, mail.address


def is_quiet(deed: Deed, name: str) -> bool:
    """Whether nothing at all may move for this person: no time, no order, no count."""
    partner = name in ("omar", "iris")
    return deed.private if partner else deed.unseen_by_customer


def said_in(mail: Delivery) -> str:
    """All that a mail says."""
    heads = "\n".join(f"{name}: {value}" for name, value in as_message(mail).items())
    return "\n".join((heads, mail.subject, mail.text, mail.html))


def reader_of(mail: Delivery, cast: Cast) -> str:
    """The name in the world of whoever has the mail's address."""
    people = {getattr(cast, name).email: name for name in KINDS if name != "nobody"}
    addresses = cast.larkfield_brightwater.addresses_of(cast.brightwater.pk)
    together = dict.fromkeys(addresses, "omar")
    return (people | together).get(mail.address, mail.address)


def test_mails_say_nothing_but_to_its_readers(world: World):
    mails, invited = list(Delivery.objects.all()), Invitation.objects.get()
    assert {reader_of(mail, world.cast) for mail in mails} >= {"kim", "omar"}
    for mail in mails:
        name = reader_of(mail, world.cast)
        if name.endswith("@elsewhere.example"):  # Quillon's contact, who reads what Pia says to customers
            heard = {"Quillon's subject", "Quillon's customer message", "Quillon's case number"}
            told_of = {s.what for s in world.secrets if s.word in said_in(mail)}
            assert told_of <= heard | {"Quillon's contact", "Quillon's customer message file"}
        elif mail.address == invited.email:  # who is invited hears by whom, and to which customer's account
            told_of = {s.what for s in world.secrets if s.word in said_in(mail)}
            assert told_of <= {"a customer's name", "a contact's name", "invited colleague"}
        else:
            assert not [s.what for s in world.leaks(name, said_in(mail))], (name, mail.subject)


def test_the_partner_sees_this_much_and_no_more(world: World, visitors: dict[str, Visitor], shared: Case):
    """A positive list: whatever else of the world stands on the partner's pages is a leak."""
    pages = pages_of(visitors["omar"], shared)
    page = pages[f"/desk/cases/{shared.number}"]
    seen = {secret.what for secret in world.secrets if secret.word in page}
    assert seen == {
        "partner subject", "partner text", "partner's answer", "partner's answer file", "partner's note",
        "partner's note file", "partner's record", "partner's record file", "partner CRM number",
        "partner tag", "carrier's address",
        "partner task", "partner level note", "shared case number", "shipment number", "goods",
        "destination", "shipment event",
    }  # fmt: skip
    cast = world.cast
    for person in (cast.ben, cast.lea, cast.sam, cast.admin, cast.kim, cast.jo, cast.max):
        assert person.name not in page, person.name
        assert person.email not in "".join(pages.values()), person.email
    assert cast.ana.name in page
    assert cast.ana.email not in "".join(pages.values())


def test_a_file_is_gone_with_access(world: World, visitors: dict[str, Visitor], shared: Case):
    """Its address was known; it answers like one that never was."""
    path = "/desk/files/{}/"
    missing = without_chance(told(visitors["omar"].get(path.format("0" * 8 + "-0000-4000-8000-" + "0" * 12))))
    own = [
        key
        for key in world.open_to("omar", "attachment")
        if visitors["omar"].get(path.format(key)).status_code == 200
    ]
    assert len(own) >= 3
    Side.objects.filter(case=shared, organisation=world.cast.brightwater).update(sharing=Sharing.LISTED)
    for key in own:
        response = visitors["omar"].get(path.format(key))
        assert response.status_code == 404
        assert without_chance(told(response), path.format(key)).replace("PATH", "") == missing


def test_files_and_pages_are_gone_with_the_seat(world: World, visitors: dict[str, Visitor], shared: Case):
    Membership.objects.filter(person=world.cast.omar).update(is_active=False)
    for key in world.open_to("omar", "attachment"):
        assert visitors["omar"].get(f"/desk/files/{key}/").status_code == 404
    assert visitors["omar"].get(f"/desk/cases/{shared.number}").status_code == 404


def test_the_record_and_its_files_go_with_the_owner(world: World, visitors: dict[str, Visitor], shared: Case):
    """Ana owns the case no longer: what she read as its owner is the next owner's to read."""
    word = next(s.word for s in world.secrets if s.what == "shared record")
    page = f"/desk/cases/{shared.number}"
    assert word in told(visitors["ana"].get(page))
    assert word not in told(visitors["ben"].get(page))
    Side.objects.filter(case=shared, organisation=world.cast.larkfield).update(owner=world.cast.ben)
    assert word not in told(visitors["ana"].get(page))
    assert word in told(visitors["ben"].get(page))


def test_a_customers_page_is_gone_with_the_account(world: World, visitors: dict[str, Visitor], shared: Case):
    word = next(s.word for s in world.secrets if s.what == "shared answer")
    assert word in told(visitors["kim"].get(f"/portal/cases/{shared.number}/"))
    Case.objects.filter(pk=shared.pk).update(
        contact=world.cast.contact(world.cast.max), account=world.cast.fernwood
    )
    assert visitors["kim"].get(f"/portal/cases/{shared.number}/").status_code == 404
    assert word not in told(visitors["max"].get(f"/portal/cases/{shared.number}/")), (
        "earlier talk reached a new customer"
    )


def test_agents_of_a_strict_policy_find_their_own_only(
    world: World, visitors: dict[str, Visitor], shared: Case
):
    """With `agents_see_all` off, Ben (no owner, team or watcher) is a stranger at his own desk."""
    organisation = world.cast.larkfield
    organisation.stored_policy = {"agents_see_all": False}
    organisation.save()
    words = [s.word for s in world.secrets if s.what.startswith("shared ") and "case" not in s.what]
    for path, text in pages_of(visitors["ben"], shared).items():
        assert not [word for word in words if word in text], path
    assert visitors["ben"].get(f"/desk/cases/{shared.number}").status_code == 404
    assert visitors["ana"].get(f"/desk/cases/{shared.number}").status_code == 200


def test_a_teams_brand_opens_its_own_cases_and_no_others(
    world: World, visitors: dict[str, Visitor], shared: Case
):
    """Under a strict policy Ben sees the cases of a brand as long as one of his teams serves it."""
    organisation = world.cast.larkfield
    organisation.stored_policy = {"agents_see_all": False}
    organisation.save()
    brands = {brand.slug: brand for brand in Brand.objects.filter(organisation=organisation)}
    Case.objects.filter(pk=shared.pk).update(brand=brands["larkfield"])
    team = Team.objects.create(organisation=organisation, name="One brand")
    world.cast.memberships[world.cast.ben.email].teams.add(team)
    page = f"/desk/cases/{shared.number}"
    for slug, status in (("garden", 404), ("larkfield", 200)):
        team.brands.set([brands[slug]])
        assert visitors["ben"].get(page).status_code == status, slug
        assert (shared.number in told(visitors["ben"].get("/desk/cases/?view=all"))) == (status == 200)


def test_a_draft_is_its_writers_alone(world: World, visitors: dict[str, Visitor], shared: Case):
    word = next(s.word for s in world.secrets if s.what == "shared draft")
    page = f"/desk/cases/{shared.number}"
    assert word in told(visitors["ana"].get(page))
    for name in ("ben", "lea", "admin", "omar"):
        assert word not in told(visitors[name].get(page)), name


def test_a_watcher_let_in_sees_what_an_agent_sees_and_not_the_record(
    world: World, visitors: dict[str, Visitor], shared: Case
):
    post(
        shared,
        by=world.cast.at_desk(world.cast.ana),
        audience=Audience.RECORD,
        content=Content("zqnewrecord"),
    )
    visitors["ana"].post(f"/desk/cases/{shared.number}/watchers", {"watcher": world.cast.ben.email})
    assert "zqnewrecord" not in told(visitors["ben"].get(f"/desk/cases/{shared.number}"))
