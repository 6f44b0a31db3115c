"""Every filter and random combinations of them beside plain Python: the queryset and the oracle agree."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from django.utils.timezone import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoDbBlocker

from caseway.accounts.models import Team
from caseway.accounts.viewer import Viewer
from caseway.cases.diagnosis import copies_agree
from caseway.cases.models import Category, ContactMethod, Priority, Side
from caseway.cases.status import Status
from caseway.cases.types import CaseType, Court, Source
from caseway.cases.views.filters import ORDERS, CaseFilter
from caseway.cases.views.named import View
from caseway.cases.views.registry import BY_PARAMETER, FIELDS
from caseway.demo.cast import Cast, make_cast
from caseway.shipments.models import Shipment

from . import oracle
from .oracle import Known
from .world import CASES, NAMES, NUMBERS, REGIONS, TAGS, tell_cases

pytestmark = pytest.mark.django_db
CHICAGO = ZoneInfo("America/Chicago")
PLACES = ("zürich", "CAFE", "strasse", "o", "& s", "%", "portland store 1%", "nowhere", *filter(None, NAMES))
BEGINNINGS = ("po", "PO-12", "p o 1", "9", "a7", "1_", "zz", *filter(None, NUMBERS))
DAYS = ("2025-11-30", "2026-06-01", "2026-11-18", "2026-11-20", "2026-11-21")
PEOPLE = (
    "me",
    "nobody",
    "ana@larkfield.example",
    "ben@larkfield.example",
    "omar@brightwater.example",
    "x@y.z",
)


class Desk:
    """A viewer with all that they know."""

    def __init__(self, viewer: Viewer) -> None:
        self.viewer = viewer
        self.known: list[Known] = oracle.known_to(viewer)

    def finds(self, query: dict[str, list[str]]) -> set[str]:
        wanted = CaseFilter.from_query(query, view=View.ALL)
        with override(CHICAGO):
            return set(wanted.sides(self.viewer).values_list("number", flat=True))

    def expects(self, query: dict[str, list[str]]) -> set[str]:
        return {
            one.case.number
            for one in self.known
            if all(oracle.fits(one, name, values, CHICAGO) for name, values in query.items())
        }


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Cast]:
    """Told once for all tests here."""
    with django_db_blocker.unblock(), transaction.atomic():
        cast = make_cast()
        tell_cases(cast, seed=5)
        yield cast
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def desks(world: Cast) -> list[Desk]:
    """Two desks of each side."""
    return [Desk(world.at_desk(person)) for person in (world.ana, world.lea, world.omar, world.iris)]


def keys_of(*models: type) -> list[str]:
    return [str(key) for model in models for key in model.objects.values_list("pk", flat=True)]  # type: ignore[attr-defined]


@pytest.fixture(scope="module")
def values(world: Cast) -> dict[str, list[str]]:
    """What each field is asked for: all that there is, and some that there isn't."""
    words: dict[str, list[str]] = {
        "status": [*Status.values, "active", "solved"],
        "type": list(CaseType.values[:7]),
        "owner": list(PEOPLE),
        "watcher": list(PEOPLE),
        "court": list(Court.values),
        "partner": ["larkfield", "brightwater", "tamarack", "quillon", "none", "nobody-knows"],
        "brand": [world.larkfield_brand.slug, world.garden_brand.slug, "none", "unheard"],
        "team": [*keys_of(Team), "none"],
        "priority": [*keys_of(Priority), "none"],
        "category": [*keys_of(Category), "none"],
        "channel": [*keys_of(ContactMethod), "none"],
        "tag": [*TAGS, "unheard"],
        "source": list(Source.values),
        "tasks": ["open"],
        "latest_by": ["me", "us"],
        "customer": [str(world.orchid.pk), str(world.fernwood.pk), "none", "0"],
        "segment": ["VIP", world.fernwood.segment or "Other"],
        "mode": list(Shipment.Mode.values),
        "direction": list(Shipment.Direction.values),
        "region": [*filter(None, REGIONS), "Nowhere"],
    }
    words |= {name: list(PLACES) for name in oracle.PLACES}
    words |= {name: list(BEGINNINGS) for name in oracle.NUMBERS}
    words |= {name: list(DAYS) for name in oracle.MOMENTS}
    assert set(words) == {field.name for field in FIELDS}, "a field is tried with nothing"
    return words


def test_the_world_is_varied_and_its_copies_agree(world: Cast, desks: list[Desk]) -> None:
    assert list(copies_agree()) == []
    ana, omar = desks[0].known, desks[2].known
    assert len(ana) + len(omar) > CASES
    assert {one.hosts for one in omar} == {True, False}
    assert Side.objects.filter(sharing="listed").exists()


@pytest.mark.parametrize("parameter", BY_PARAMETER)
def test_each_filter_keeps_what_its_words_say(
    parameter: str, desks: list[Desk], values: dict[str, list[str]]
) -> None:
    told_apart = False
    for desk in desks:
        for value in values[parameter.partition(".")[0]]:
            query = {parameter: [value]}
            found = desk.finds(query)
            assert found == desk.expects(query), (query, desk.viewer.person)
            told_apart |= 0 < len(found) < len(desk.known)
    assert told_apart, "this filter was never seen to tell cases apart"


@settings(
    max_examples=120,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_any_combination_keeps_what_all_of_its_words_say(
    data: st.DataObject, desks: list[Desk], values: dict[str, list[str]]
) -> None:
    desk = data.draw(st.sampled_from(desks))
    names = data.draw(st.lists(st.sampled_from(list(BY_PARAMETER)), min_size=1, max_size=4, unique=True))
    query = {name: _some(data, values[name.partition(".")[0]], name) for name in names}
    assert desk.finds(query) == desk.expects(query)
    found = CaseFilter.from_query(query, view=View.ALL)
    assert found.sentence(desk.viewer)
    assert len(found.chips(desk.viewer)) == len(names)


@settings(deadline=None, derandomize=True, database=None, suppress_health_check=[*HealthCheck])
@given(data=st.data())
def test_what_a_saved_view_keeps_gives_the_same_filter(
    data: st.DataObject, values: dict[str, list[str]]
) -> None:
    names = data.draw(st.lists(st.sampled_from(list(BY_PARAMETER)), max_size=5, unique=True))
    query = {name: _some(data, values[name.partition(".")[0]], name) for name in names}
    query |= {
        "q": [data.draw(st.sampled_from(["", "crate"]))],
        "sort": [data.draw(st.sampled_from([*ORDERS, ""]))],
    }
    view = data.draw(st.sampled_from(View))
    wanted = CaseFilter.from_query(query, view=view)
    kept: dict[str, list[str]] = {}
    for name, value in wanted.parameters():
        kept.setdefault(name, []).append(value)
    assert CaseFilter.from_query(kept, view=view) == wanted


def _some(data: st.DataObject, known: list[str], name: str) -> list[str]:
    most = 1 if name.endswith((".after", ".before")) else 3
    return data.draw(st.lists(st.sampled_from(known), min_size=1, max_size=most, unique=True))
