"""Foreign ids in forms are refused whole, like ids of nothing; fields that nobody asked for set nothing."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from caseway.accounts.models import Team
from caseway.cases.models import Attachment, Case, Category, ContactMethod, Priority, Reason, Side
from caseway.cases.types import Sharing
from caseway.customers.models import Contact
from caseway.demo.cast import Cast
from caseway.shipments.models import Shipment

from .visitors import Visitor, state
from .world import KINDS, Thing, World

pytestmark = pytest.mark.django_db

NOWHERE = "999999999"


@pytest.fixture(scope="module")
def visitors(world: World, django_db_blocker: Any) -> Iterator[dict[str, Visitor]]:
    """A browser for each kind of person."""
    with django_db_blocker.unblock():
        yield {name: Visitor(world, name) for name in KINDS}


@pytest.fixture
def case(world: World, db: None) -> Case:
    """Ana's case, shared with Brightwater."""
    return Side.objects.get(organisation=world.cast.brightwater, sharing=Sharing.SHARED).case


def of(model: Any, **more: Any) -> Callable[[Cast], str]:
    """The id of a row that belongs to Quillon."""
    return lambda cast: str(model.objects.filter(organisation=cast.quillon, **more).first().pk)


def quillons_case(cast: Cast) -> str:
    return Case.objects.get(host=cast.quillon).number


FOR_PARTNER = {"sharing": "shared", "partner_subject": "x", "partner_text": "x"}
# Where an id can be written: the form, what else it needs, the field, and a foreign id.
OF_A_CASE: list[tuple[str, dict[str, str], str, Callable[[Cast], str]]] = [
    ("merge", {}, "into", quillons_case),
    ("split", {"subject": "x", "messages": "1"}, "shipment", of(Shipment)),
    ("links", {"kind": "related"}, "other", quillons_case),
    ("owner", {}, "owner", lambda cast: cast.pia.email),
    ("owner", {}, "owner", lambda cast: cast.omar.email),
    ("owner", {}, "owner", lambda cast: cast.kim.email),
    ("watchers", {}, "watcher", lambda cast: cast.omar.email),
    ("team", {}, "team", lambda cast: str(Team.objects.create(organisation=cast.quillon, name="Night").pk)),
    ("closure", {"note": "Done"}, "reason", of(Reason, kind="closure")),
    ("suspension", {"note": "Wait"}, "reason", of(Reason, kind="suspension")),
    ("fields/shipment", {}, "shipment", of(Shipment)),
    ("fields/contact", {}, "contact", of(Contact)),
    ("fields/category", {}, "category", of(Category, parent__isnull=False)),
    ("fields/priority", {}, "priority", of(Priority)),
    ("fields/contact_method", {}, "contact_method", of(ContactMethod)),
    ("partner", FOR_PARTNER, "partner", lambda _cast: "quillon"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("form", "more", "field", "foreign"), OF_A_CASE, ids=[f"{f}-{n}" for f, _, n, _ in OF_A_CASE]
)
def test_a_foreign_id_is_refused_like_one_of_nothing(
    world: World,
    visitors: dict[str, Visitor],
    case: Case,
    form: str,
    more: dict[str, str],
    field: str,
    foreign: Callable[[Cast], str],
):
    key, path = foreign(world.cast), f"/desk/cases/{case.number}/{form}"
    before = state()
    nothing = visitors["ana"].post(path, more | {field: "CV99999999" if key.startswith("CV") else NOWHERE})
    response = visitors["ana"].post(path, more | {field: key})
    assert response.status_code == nothing.status_code
    assert response.status_code in (409, 422)
    assert not visitors["ana"].leaks(response, asked_for=(key,))
    assert state() == before


OF_A_NEW_ONE: list[tuple[str, str, Callable[[Cast], str]]] = [
    ("ana", "shipment", of(Shipment)),
    ("ana", "customer", lambda cast: f"contact-{of(Contact)(cast)}"),
    ("ana", "category", of(Category, parent__isnull=False)),
    ("ana", "priority", of(Priority)),
    ("ana", "partner", lambda _cast: "quillon"),
]


@pytest.mark.parametrize(
    ("name", "field", "foreign"), OF_A_NEW_ONE, ids=[f"{n}-{f}" for n, f, _ in OF_A_NEW_ONE]
)
def test_no_case_is_made_with_a_foreign_id(
    world: World, visitors: dict[str, Visitor], name: str, field: str, foreign: Callable[[Cast], str]
):
    path = "/desk/cases/new/"
    own = Category.objects.filter(organisation=world.cast.larkfield, parent__isnull=False).first()
    sent = {"subject": "x", "description": "x", "category": str(own.pk) if own else ""}
    before, key = Case.objects.count(), foreign(world.cast)
    response = visitors[name].post(path, sent | {field: key})
    assert response.status_code in (404, 422), response.status_code
    assert not visitors[name].leaks(response, asked_for=(key,))
    assert Case.objects.count() == before


OF_A_DRAFT: list[tuple[str, Callable[[Cast], str]]] = [
    ("shipment", lambda cast: Shipment.objects.get(organisation=cast.quillon).number),
    ("category", of(Category, parent__isnull=False)),
    ("follow_up", quillons_case),
    ("attachments", lambda cast: str(Attachment.objects.filter(organisation=cast.quillon).earliest("pk").pk)),
]


@pytest.mark.parametrize(("field", "foreign"), OF_A_DRAFT, ids=[field for field, _ in OF_A_DRAFT])
def test_no_case_is_begun_or_sent_with_a_foreign_id(
    world: World, visitors: dict[str, Visitor], field: str, foreign: Callable[[Cast], str]
):
    kim, key = visitors["kim"], foreign(world.cast)
    own = Category.objects.filter(organisation=world.cast.larkfield, parent__isnull=False).earliest("pk")
    before = Case.objects.count()
    begun = kim.post("/portal/cases/new/", {"category": str(own.pk), field: key})
    assert not kim.leaks(begun, asked_for=(key,))
    draft = world.open_to("kim", "draft")[0]
    words = {"subject": "x", "description": "x", "do": "submit"}
    for step in ("topic", "shipment", "content"):
        sent = {"category": str(own.pk), **words, field: key} | (
            {"do": "continue"} if step == "shipment" else {}
        )
        response = kim.post(f"/portal/cases/new/{draft}/{step}/", sent)
        assert not kim.leaks(response, asked_for=(key,)), step
        assert not kim.leaks(kim.get(f"/portal/cases/new/{draft}/{step}/"), asked_for=(key,)), step
    made = Case.objects.order_by("-pk")[: Case.objects.count() - before]
    assert all(case.shipment is None and case.follow_up_of is None for case in made)
    assert not any(case.messages.filter(attachments__isnull=False).exists() for case in made)


@pytest.mark.parametrize("name", ["ana", "omar", "kim"])
def test_files_of_others_are_never_sent_on(world: World, visitors: dict[str, Visitor], case: Case, name: str):
    """Not even one's own that was sent already: it would reach readers it was not meant for."""
    path = (
        f"/desk/cases/{case.number}/messages" if name != "kim" else f"/portal/cases/{case.number}/comments/"
    )
    for thing in {thing.readers: thing for thing in world.of_kind("attachment")}.values():
        if _may_send(thing, name):
            continue
        data = {
            "audience": "partner",
            "text": "See this",
            "attachments-partner": thing.key,
            "attachments": thing.key,
        }
        owner = Attachment.objects.values_list("message").get(pk=thing.key)
        visitors[name].post(path, data)
        assert Attachment.objects.values_list("message").get(pk=thing.key) == owner
        assert not case.messages.filter(text="See this").exists()


def _may_send(thing: Thing, name: str) -> bool:
    return thing.readers == {name} and Attachment.objects.filter(pk=thing.key, message=None).exists()


def test_fields_that_the_form_has_not_set_nothing(world: World, visitors: dict[str, Visitor]):
    """Host, author, status, owner, dates and seats are not for a customer to write."""
    cast = world.cast
    item = Category.objects.filter(organisation=cast.larkfield, parent__isnull=False).first()
    assert item is not None
    more = {
        "host": str(cast.quillon.pk), "organisation": str(cast.quillon.pk), "creator": str(cast.ana.pk),
        "contact": str(cast.contact(cast.max).pk), "account": str(cast.fernwood.pk), "status": "closed",
        "owner": str(cast.ben.pk), "priority": "1", "level": "3",
        "created_at": "2001-01-01", "number": "CV00000001",
        "source": "api", "is_staff": "1", "tags": "vip", "crm_number": "1",
    }  # fmt: skip
    begun = visitors["kim"].post("/portal/cases/new/", {"category": str(item.pk)} | more)
    content = begun["Location"].replace("guidance", "content")
    sent = {"subject": "zqmass", "description": "Words", "do": "submit"}
    assert visitors["kim"].post(content, sent | more).status_code == 302
    made = Case.objects.get(sides__subject="zqmass")
    side = made.sides.get()
    assert (made.host, made.contact, made.account) == (cast.larkfield, cast.contact(cast.kim), cast.orchid)
    assert (side.status, side.owner, side.level, side.tags, side.crm_number) == ("new", None, 0, [], "")
    assert made.created_at.year != 2001
    cast.kim.refresh_from_db()
    assert not cast.kim.is_staff
