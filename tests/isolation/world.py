"""A world full of secrets, for tests of who sees what, over pages and API alike.

    world = build_world(cast)
    world.leaks("omar", response_text)        # secret words in it that Omar must not read
    world.hidden_from("pia", "case")          # keys of cases that Pia must not find
    world.of_kind("case")                     # all of them

Every private field holds a word of its own, which stands nowhere else. Names are those of the
cast ("ana", "kim" …) and "nobody".
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from caseway.demo.cast import Cast
from caseway.mail.models import Delivery

LARKFIELD = frozenset({"ana", "ben", "sam", "lea", "admin", "new_agent"})
BRIGHTWATER = frozenset({"omar", "iris"})
QUILLON = frozenset({"pia"})
CUSTOMERS = frozenset({"kim", "jo", "max"})
KINDS = ("kim", "jo", "max", "ana", "ben", "sam", "lea", "admin", "omar", "iris", "pia", "root", "nobody")
"""Everyone whom a test asks as: customer, colleague, stranger customer, owner, agent, sales agent,
lead, administrator, partner, partner's administrator, stranger organisation, system administrator."""


@dataclass(frozen=True)
class Secret:
    """A word that only `readers` may ever see."""

    word: str
    readers: frozenset[str]
    what: str


@dataclass(frozen=True)
class Thing:
    """An object with an address; `kind` is case, draft, shipment, attachment, upload, customer …"""

    kind: str
    key: str
    readers: frozenset[str]


@dataclass
class World:
    """The cast, the secrets and the things."""

    cast: Cast
    secrets: list[Secret] = field(default_factory=list)
    things: list[Thing] = field(default_factory=list)
    satisfaction_link: str = ""
    """The secret end of the link in Kim's closing mail."""

    def keep(self, what: str, *readers: Iterable[str]) -> str:
        """A new secret word for `what`, for these readers; put it into the field."""
        word = f"zq{len(self.secrets):03d}{''.join(filter(str.isalnum, what)).lower()}"
        return self.guard(word, what, *readers)

    def guard(self, word: str, what: str, *readers: Iterable[str]) -> str:
        """Make a word that stands there already a secret."""
        self.secrets.append(Secret(word, frozenset().union(*readers), what))
        return word

    def put(self, kind: str, key: object, *readers: Iterable[str]) -> None:
        """Note an object that these people may open."""
        self.things.append(Thing(kind, str(key), frozenset().union(*readers)))

    def leaks(self, name: str, text: str, *, asked_for: Iterable[str] = ()) -> list[Secret]:
        """The secrets in `text` that are not this person's; `asked_for` are words of the question itself."""
        own = set(asked_for)
        return [s for s in self.secrets if name not in s.readers and s.word not in own and s.word in text]

    def seat_of(self, name: str) -> str:
        """Where this person sits: "desk", "portal" or "" (outside the admin nowhere)."""
        if name in CUSTOMERS:
            return "portal"
        return "desk" if name in LARKFIELD | BRIGHTWATER | QUILLON else ""

    def mails(self) -> list[str]:
        """Keys of the mails that were written."""
        return [str(key) for key in Delivery.objects.order_by("pk").values_list("pk", flat=True)]

    def of_kind(self, kind: str) -> Iterator[Thing]:
        """All things of a kind."""
        return (thing for thing in self.things if thing.kind == kind)

    def hidden_from(self, name: str, kind: str) -> list[str]:
        """Keys of the things of a kind that this person must not find."""
        return [thing.key for thing in self.of_kind(kind) if name not in thing.readers]

    def open_to(self, name: str, kind: str) -> list[str]:
        """Keys of the things of a kind that this person may open."""
        return [thing.key for thing in self.of_kind(kind) if name in thing.readers]
