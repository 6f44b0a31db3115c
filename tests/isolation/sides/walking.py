"""A walk through everything that one person can ask for, and all that they are answered."""

import re
from collections.abc import Iterator
from urllib.parse import quote, urlencode

from django.test import Client

from caseway.accounts.models import Person
from caseway.accounts.viewer import Viewer
from caseway.api.catalogue import api
from caseway.api.tests.callers import Caller
from caseway.cases.models import Case, CaseEvent, Side
from caseway.cases.views.filters import ORDERS
from caseway.cases.views.named import View
from tests.isolation.addresses import EVERY
from tests.isolation.test_api import EVERY as OPERATIONS
from tests.isolation.test_api import filled
from tests.isolation.visitors import told, without_chance

from .house import House

OPERATORS = (
    "",
    ".not",
    ".contains",
    ".not_contains",
    ".starts_with",
    ".not_starts_with",
    ".after",
    ".before",
)
PAGED = {"limit", "cursor", "view", "sort", "q"}


class Walk:
    """Somebody of one organisation who asks for whatever may betray the other one."""

    def __init__(self, person: Person, home: House, other: House, *, wide: bool = True) -> None:
        self.client, self.caller = Client(), Caller(person)
        self.client.force_login(person)
        self.home, self.other = home, other
        self.asked = list(self._questions() if wide else self._lists())

    def answers(self) -> dict[str, str]:
        """Each question with its whole answer, without what differs each time."""
        return {question: self._answer(question) for question in self.asked}

    def _answer(self, question: str) -> str:
        method, path = question.split(" ", 1)
        text = told(self.client.get(path) if method == "PAGE" else self.caller.get(path))
        return CHANCE.sub("", without_chance(text, path))

    def _questions(self) -> Iterator[str]:
        """Pages, lists with every filter and order, searches, counts, and the API's reading operations."""
        asked = list(queries(self.other))
        yield from self._lists()
        yield from (f"PAGE {path}" for path in self._pages())
        yield from (f"PAGE /desk/cases/?{query}" for query in asked)
        yield from (f"PAGE /desk/cases/count?{query}" for query in asked[::9])
        yield from (f"API /cases?{query}" for query in asked[::9])
        yield from (f"PAGE {path}{quote(word)}" for path in SEARCHES for word in some(self.other.words)[::3])
        yield from (f"API {path}" for path in self._operations())

    def _lists(self) -> Iterator[str]:
        """Whatever is asked for without naming anything."""
        for address in EVERY:
            if address.is_of_the_desk and not address.arguments:
                yield f"PAGE {address.path()}"
        yield from (f"API {path}" for method, path, _ in OPERATIONS if method == "GET" and "{" not in path)

    def _pages(self) -> Iterator[str]:
        for address in EVERY:
            if address.route.startswith("desk/cases/") and address.kind == "case" and not address.unknown:
                yield from (address.path(case.number) for case in self._few())
        yield from (f"/desk/cases/{case.number}" for case in self._all())
        yield from (f"/desk/shipments/{case.shipment_id}/" for case in self._all()[::3] if case.shipment_id)

    def _operations(self) -> Iterator[str]:
        for method, path, _name in OPERATIONS:
            if method == "GET" and path.startswith("/cases/"):
                yield from (filled(path, case.number) for case in self._few())

    def _all(self) -> list[Case]:
        """Every case of the two, those too that are not theirs to see."""
        return sorted({case.pk: case for case in [*self.home.cases, *self.other.cases]}.values(), key=_key)

    def _few(self) -> list[Case]:
        """A shared one of either host, a listed one and an internal one."""
        kinds: dict[tuple[int, str], Case] = {}
        for case in self._all():
            sides = sorted(Side.objects.filter(case=case).values_list("sharing", flat=True))
            kinds.setdefault((case.host_id, "".join(sides)), case)
        return [
            case for (host, kind), case in kinds.items() if "ed" in kind or host == self._all()[0].host_id
        ]


CHANCE = re.compile(r"RateLimit-\w+: \d+|(?:%3A|:)1[0-9A-Za-z]{5}(?:%3A|:)[\w-]{43}")
"""How much may still be asked, and the time and signature of a link to the next page."""
SEARCHES = ("/desk/cases/?view=all&q=", "/desk/shipments/?q=", "/desk/palette?q=")


def _key(case: Case) -> int:
    return case.pk


def some(words: list[str]) -> list[str]:
    """One word of each kind; all of the same kind are kept alike."""
    return list({re.sub(r"\d+", "", word): word for word in words}.values())


def filters() -> list[str]:
    """Every filter that the API describes, with its operator."""
    parameters = next(operation["parameters"] for method, operation in _listing().items() if method == "get")
    return sorted(one["name"] for one in parameters if one["name"] not in PAGED and one["in"] == "query")


def _listing() -> dict[str, dict[str, list[dict[str, str]]]]:
    found: dict[str, dict[str, list[dict[str, str]]]] = api.get_openapi_schema()["paths"]["/api/v1/cases"]
    return found


def queries(other: House) -> Iterator[str]:
    """Views, orders, and every filter by a value of the other side's own."""
    yield from (urlencode({"view": view.value}) for view in View)
    yield from (urlencode({"view": "all", "sort": order}) for order in ORDERS)
    words = some(other.words)
    for name in filters():
        for value in _values(name, words, other.ids):
            yield urlencode({"view": "all", name: value})


def _values(name: str, words: list[str], ids: dict[str, str]) -> list[str]:
    """Something that the other side has there, or what is nearest to it."""
    if name.endswith((".after", ".before")):
        return ["2026-01-01"]
    if name.partition(".")[0] in ids:
        return [ids[name.partition(".")[0]]]
    kind = {"tag": "tag", "crm": "crm", "owner": "subject"}.get(name.partition(".")[0], "note")
    fitting = [word for word in words if word.endswith(kind)] or words[:1]
    return fitting[:1]


def events_seen(viewer: Viewer) -> list[tuple[int, str, str]]:
    """All that a stream, a webhook or a timeline could tell the viewer of."""
    seen = CaseEvent.objects.visible_to(viewer).order_by("pk")
    return [(event.pk, event.kind, str(event.payload)) for event in seen]
