"""A case about which Tamarack, who takes part by e-mail alone, is asked; and the links of its mail."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit
from uuid import uuid4

from django.test import Client

from caseway.cases.creation.actions import create
from caseway.cases.creation.fields import NewCase
from caseway.cases.models import Case, CaseEvent, Message, PartnerAnswer
from caseway.cases.types import AnswerKind, Audience
from caseway.demo.cast import Cast
from caseway.mail.answering.links import link_named
from caseway.mail.models import Delivery
from caseway.mail.tests.mails import latest_to

CLAIMS = "claims@tamarack.example"
LINK = re.compile(r"https?://\S+/p/[^\s/]+/")


def asked(cast: Cast, partner: str = "tamarack", **more: object) -> Case:
    """Kim's case, about which Ana asks the carrier."""
    fields: dict[str, object] = {
        "subject": "Private words of Kim",
        "description": "Kim is furious",
        "contact": cast.contact(cast.kim).pk,
        "partner": partner,
        "partner_subject": "Pallet missing",
        "partner_text": "Where is the pallet?",
    }
    return create(NewCase(**(fields | more)), by=cast.at_desk(cast.ana))  # type: ignore[arg-type]


def links_in(mail: Delivery) -> dict[AnswerKind, str]:
    """The path of each link of a mail's text, by what it is for."""
    found: dict[AnswerKind, str] = {}
    for address in LINK.findall(mail.text):
        path = urlsplit(address).path
        link = link_named(path.split("/")[2])
        assert link is not None
        found[link.kind] = path
    return found


def links(address: str = CLAIMS) -> dict[AnswerKind, str]:
    """Those of the latest mail to an address, and the one for an answer in words."""
    found = links_in(latest_to(address))
    link = link_named(next(iter(found.values())).split("/")[2])
    assert link is not None
    return found | {AnswerKind.WORDS: f"/p/{link.to(AnswerKind.WORDS).token}/"}


def filled(kind: AnswerKind, **more: object) -> dict[str, object]:
    """A form as a browser sends it."""
    needed: dict[AnswerKind, dict[str, object]] = {AnswerKind.WORDS: {"note": "It stands at the hub."}}
    return {"form": str(uuid4())} | needed.get(kind, {}) | more


@contextmanager
def nothing_changed() -> Iterator[None]:
    """Within: no message, answer, event or mail comes to be."""
    before = _counts()
    yield
    assert _counts() == before


def _counts() -> list[int]:
    return [m._default_manager.count() for m in (Message, PartnerAnswer, CaseEvent, Delivery)]


def partner_messages(case: Case) -> list[Message]:
    """What the two organisations said to each other, oldest first."""
    return list(Message.objects.filter(case=case, audience=Audience.PARTNER).order_by("pk"))


def fresh_client() -> Client:
    """A browser that checks form tokens."""
    return Client(enforce_csrf_checks=True)
