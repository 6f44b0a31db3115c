"""Lists, searches, pickers and counts of the pages: of what isn't theirs, nobody learns that it exists.

The answer to a secret word is that to a word which stands nowhere.
"""

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from caseway.cases.models import Case
from caseway.cases.status import ACTIVE

from .visitors import Visitor, told, without_chance
from .world import CUSTOMERS, KINDS, World

pytestmark = pytest.mark.django_db

AT_DESK = [name for name in KINDS if name not in (*CUSTOMERS, "root", "nobody")]
NOWHERE = "zq999nowhere"

# Where something can be typed: path, parameter, and what htmx asks for.
OF_THE_DESK = [
    ("/desk/cases/?view=all", "q", ""),
    ("/desk/shipments/", "q", ""),
    ("/desk/palette", "q", ""),
    ("/desk/settings/guidance/", "q", ""),
    ("/desk/cases/new/", "p-shipment-q", "p-shipment-results"),
    ("/desk/cases/new/", "p-customer-q", "p-customer-results"),
    ("/desk/cases/{own}/links", "p-other-q", "p-other-results"),
    ("/desk/cases/{own}/merge", "p-into-q", "p-into-results"),
    ("/desk/cases/{own}/fields/contact", "p-contact-q", "p-contact-results"),
    ("/desk/cases/{own}/fields/shipment", "p-shipment-q", "p-shipment-results"),
    ("/desk/cases/{own}/owner", "p-owner-q", "p-owner-results"),
    ("/desk/cases/{own}/watchers", "p-watcher-q", "p-watcher-results"),
]
# Guides are found by meaning too: any word may find those of one's own; caseway/cases/guides/tests
# asks that it finds no others.
OF_THE_PORTAL = [
    ("/portal/cases/", "q", ""),
    ("/portal/shipments/", "q", ""),
    ("/portal/shipments/?expected=7d&status=under-way", "q", ""),
    ("/portal/cases/new/shipment/", "p-shipment-q", "p-shipment-results"),
]


@pytest.fixture(scope="module")
def visitors(world: World, django_db_blocker: Any) -> Iterator[dict[str, Visitor]]:
    """A browser for each kind of person."""
    with django_db_blocker.unblock():
        yield {name: Visitor(world, name) for name in KINDS}


def asked(visitor: Visitor, path: str, parameter: str, target: str, word: str) -> str:
    """The answer to `word`, without what differs each time and without the word itself."""
    own = (visitor.world.open_to(visitor.name, "case") or [""])[0]
    question = f"{parameter}={quote(word)}"
    address = path.replace("{own}", own) + ("&" if "?" in path else "?") + question
    headers = {"HX_Request": "true", "HX_Target": target} if target else {}
    text = told(visitor.get(address, **headers))
    for form in (word, quote(word), word.replace(" ", "+"), word.lower(), word.upper()):
        text = text.replace(form, "WORD")
    return without_chance(text)


def words_hidden_from(name: str, world: World) -> list[str]:
    """One secret word for each kind of place and each set of readers."""
    hidden = [secret for secret in world.secrets if name not in secret.readers]
    return [secret.word for secret in {(s.what, s.readers): s for s in hidden}.values()]


@pytest.mark.parametrize("name", [*AT_DESK, *sorted(CUSTOMERS)])
def test_a_secret_word_is_answered_like_one_that_stands_nowhere(
    world: World, visitors: dict[str, Visitor], name: str
):
    visitor = visitors[name]
    words = words_hidden_from(name, world)
    assert len(words) > 10
    for path, parameter, target in OF_THE_DESK if name in AT_DESK else OF_THE_PORTAL:
        if "{own}" in path and name not in ("ben", "omar", "pia"):
            continue
        nothing = asked(visitor, path, parameter, target, NOWHERE)
        assert nothing.startswith("200"), (path, nothing[:200])
        for word in words:
            assert asked(visitor, path, parameter, target, word) == nothing, (path, word)


@pytest.mark.parametrize("path", [path for path, _, target in OF_THE_DESK if not target])
def test_what_is_theirs_is_found(world: World, visitors: dict[str, Visitor], path: str):
    """Else the test above could not fail."""
    whats = {
        "cases": "partner's note",
        "palette": "partner's note",
        "shipments": "shipment number",
        "guidance": "Brightwater's guide title",
    }
    what = next(what for part, what in whats.items() if part in path)
    word = next(s.word for s in world.secrets if s.what == what and "omar" in s.readers)
    nothing = asked(visitors["omar"], path, "q", "", NOWHERE)

    assert asked(visitors["omar"], path, "q", "", word) != nothing


@pytest.mark.parametrize("name", AT_DESK)
def test_counts_count_what_is_theirs(world: World, visitors: dict[str, Visitor], name: str):
    page = visitors[name].get("/desk/cases/?view=all").content.decode()
    own = world.open_to(name, "case")

    assert all(number in page for number in own)
    assert not [number for number in world.hidden_from(name, "case") if number in page]
    active = Case.objects.filter(number__in=own, status__in=ACTIVE).count()
    assert (
        f'id="count-all-active" hx-swap-oob="true">{active}<'
        in visitors[name].get("/desk/counts").content.decode()
    )


@pytest.mark.parametrize("name", ["ben", "omar", "pia"])
@pytest.mark.parametrize(
    "parameter", ["owner", "status", "type", "created.after", "updated.before", "sort", "view", "cursor"]
)
def test_filters_tell_nothing_of_foreign_people(
    world: World, visitors: dict[str, Visitor], name: str, parameter: str
):
    """A filter by somebody else's address is answered like one by an address that nobody has."""
    mine = world.cast.memberships[getattr(world.cast, name).email].organisation
    foreign = [
        address
        for address, seat in world.cast.memberships.items()
        if seat.organisation_id != mine.pk and seat.person.email == address
    ]
    nothing = asked(visitors[name], "/desk/cases/?view=all", parameter, "", "nobody.at@nowhere.example")
    for address in [*foreign, world.cast.kim.email]:
        assert asked(visitors[name], "/desk/cases/?view=all", parameter, "", address) == nothing


def test_sorting_and_filtering_go_by_the_list_of_choices_only(visitors: dict[str, Visitor]):
    """What a list can't be sorted or filtered by is refused, or does nothing; no column is reached."""
    desk = visitors["ben"]
    plain = without_chance(told(desk.get("/desk/cases/?view=all")))
    for odd in ("sort=owner__password", "sort=case__contact__email", "sort=?", "sort=-updated,id"):
        assert desk.get(f"/desk/cases/?view=all&{odd}").status_code == 422
    for odd in ("owner__password__startswith=a", "case__contact__email=x", "organisation=1", "pk__gt=0"):
        assert without_chance(told(desk.get(f"/desk/cases/?view=all&{odd}"))) == plain, odd


def test_a_cursor_leads_nobody_else_anywhere(world: World):
    """A page's cursor is bound to its reader; a stranger's is refused like a broken one."""
    for path in ("/desk/cases/?view=all&cursor=", "/portal/cases/?page="):
        client = Client(headers={"host": "larkfield.localhost"})
        client.force_login(world.cast.ben if "desk" in path else world.cast.kim)
        assert client.get(path + "bm9uc2Vuc2U").status_code == 422
