"""What an agent says to a case while doing something to it, and who may hear it."""

from collections.abc import Callable
from dataclasses import dataclass

from caseway.cases.editing.values import text_of
from caseway.cases.models import Reason, Side
from caseway.cases.types import Sharing
from caseway.demo.cast import Cast

from .world import BRIGHTWATER, LARKFIELD

CUSTOMER = frozenset({"kim"})
RECORD = frozenset({"ana", "admin"})
Data = dict[str, object]


@dataclass(frozen=True)
class Deed:
    """One form of the desk sent by Ana for the shared case: WORD stands where she says something."""

    address: str
    data: Callable[[Cast, str], Data]
    readers: frozenset[str] = LARKFIELD
    private: bool = True
    """Whether it is Larkfield's own affair: then nothing at all moves for its partner."""
    unseen_by_customer: bool = True


def _says(audience: str) -> Callable[[Cast, str], Data]:
    return lambda _cast, word: {"audience": audience, "text": word}


def _closure(cast: Cast, word: str) -> Data:
    reason = Reason.objects.filter(organisation=cast.larkfield, kind=Reason.Kind.CLOSURE).first()
    return {"reason": reason.pk if reason else "", "note": word}


def _field(name: str) -> Callable[[Cast, str], Data]:
    """A field of Larkfield's side, with what it was before, so that nothing stands in the way."""

    def data(cast: Cast, word: str) -> Data:
        side = Side.objects.get(
            organisation=cast.larkfield, case__sides__organisation=cast.brightwater, sharing=Sharing.SHARED
        )
        return {name: word, "before": text_of(side, name)}

    return data


DEEDS = {
    "a note": Deed("messages", _says("team")),
    "a record": Deed("messages", _says("record"), RECORD),
    "an answer": Deed("messages", _says("customer"), LARKFIELD | CUSTOMER, False, False),
    "words to the partner": Deed("messages", _says("partner"), LARKFIELD | BRIGHTWATER, False),
    "a draft": Deed("draft", _says("partner"), frozenset({"ana"})),
    "a transfer": Deed(
        "owner",
        lambda _cast, word: {"owner": "ben@larkfield.example", "note": word},
        private=False,
        unseen_by_customer=False,
    ),
    "a team": Deed(
        "team",
        lambda cast, word: {"team": cast.larkfield.teams.first().pk, "note": word},  # type: ignore[union-attr]
        private=False,  # its owner lets go, and who owns it is for both to know
        unseen_by_customer=False,
    ),
    "a release": Deed("release", lambda _cast, word: {"note": word}, private=False, unseen_by_customer=False),
    "a level": Deed("level", lambda _cast, word: {"level": "1", "note": word}),
    "a watcher": Deed("watchers", lambda _cast, _word: {"watcher": "ben@larkfield.example"}),
    "a suspension": Deed(
        "suspension", lambda _cast, word: {"note": word}, private=False, unseen_by_customer=False
    ),
    "a closure": Deed("closure", _closure, private=False, unseen_by_customer=False),
    "a cancellation": Deed(
        "cancellation", lambda _cast, word: {"note": word}, private=False, unseen_by_customer=False
    ),
    "a number of another system": Deed("fields/crm_number", _field("crm_number")),
    "tags": Deed("fields/tags", _field("tags")),
    "a task": Deed("tasks/new", lambda _cast, word: {"title": word, "description": word}),
    "a visit": Deed("visit", lambda _cast, _word: {}),
    "following": Deed("watch", lambda _cast, _word: {}),
}
