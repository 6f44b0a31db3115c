"""The signed links of a mail to a partner: each lets one participant answer one message in one way.

A link holds no secret of its own: the signature is an HMAC (SHA-256) under the installation's key,
over the way, the participant with their case and address, the message, and when it was made. All
that it opens is looked up anew at each request, so that a link ends whenever its participant does.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

from caseway.accounts.models import Organisation
from caseway.cases.models import Case, Message, Participant
from caseway.cases.types import AnswerKind, Audience
from caseway.core.fingerprints import fingerprint

LONGEST = 250


@dataclass(frozen=True)
class Link:
    """What a link is for. `asked` is the message whose mail held it."""

    kind: AnswerKind
    participant: Participant
    asked: Message
    made_at: datetime

    @property
    def case(self) -> Case:
        """The case that the mail spoke of; it may have been merged since."""
        return self.asked.case

    @property
    def partner(self) -> Organisation:
        """Whose people answer."""
        return self.participant.organisation

    @property
    def asker(self) -> Organisation:
        """The organisation that had the mail sent, and is answered."""
        asker = self.asked.author_organisation
        assert asker is not None  # noqa: S101 - `link_named` gives no other
        return asker

    @property
    def token(self) -> str:
        """The last part of its address."""
        return link_token(self)

    def to(self, kind: AnswerKind) -> "Link":
        """The link of the same mail to another way of answering; it ends when this one does."""
        return replace(self, kind=kind)


def link_token(link: Link) -> str:
    """The link as the last part of an address: nobody can make another."""
    who = link.participant
    numbers = [who.pk, who.case_id, fingerprint(who.address), link.asked.pk, int(link.made_at.timestamp())]
    return _signer().sign_object([link.kind.value, *numbers])


def address_of(link: Link) -> str:
    """The whole address, for a mail."""
    return str(settings.BASE_URL).rstrip("/") + reverse("answering", args=[link.token])


def link_named(token: str) -> Link | None:
    """What the token says; None for a forged or damaged one, and where what it names is gone or was
    never meant together. Two queries."""
    named = _named(token)
    if named is None:
        return None
    kind, participant_id, case_id, mark, asked_id, made = named
    people = Participant.objects.select_related("organisation").filter(audience=Audience.PARTNER)
    who = people.filter(pk=participant_id, case=case_id).first()
    joined = ("case__shipment__carrier", "case__host", "author_organisation")
    asked = Message.objects.select_related(*joined).filter(pk=asked_id, case=case_id).first()
    if who is None or asked is None or fingerprint(who.address) != mark:
        return None
    if asked.audience != Audience.PARTNER or asked.author_organisation_id in (None, who.organisation_id):
        return None
    return Link(kind, who, asked, datetime.fromtimestamp(made, UTC))


def _named(token: str) -> tuple[AnswerKind, int, int, int, int, int] | None:
    if len(token) > LONGEST:
        return None
    try:
        kind, *numbers = _signer().unsign_object(token)
        participant, case, mark, asked, made = numbers
        return AnswerKind(kind), participant, case, mark, asked, made
    except (BadSignature, ValueError, TypeError):
        return None


def _signer() -> Signer:
    return Signer(salt="caseway.mail.answering")
