"""All that the page behind a link shows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from caseway.accounts.reader import zone_named
from caseway.cases.files.actions import Limits
from caseway.cases.models import Attachment, Case, Message, PartnerAnswer, Side
from caseway.cases.once import form_token
from caseway.cases.types import AnswerKind
from caseway.core.clock import now
from caseway.core.ui.times import exact

from .given import limits_of
from .links import Link
from .queries import done_once, thread_of
from .standing import Ended, ended, goes_on_at


@dataclass(frozen=True)
class Way:
    """One way of answering, as the page offers it."""

    kind: AnswerKind
    url: str
    is_here: bool


@dataclass(frozen=True)
class AnswerPage:
    """The page of one link. `said` is an answer that has just arrived, `refused` why files didn't.

    `errors` are by field, `typed` what was entered.
    """

    link: Link
    said: PartnerAnswer | None = None
    refused: Sequence[str] = ()
    errors: Mapping[str, str] = field(default_factory=dict)
    typed: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def case(self) -> Case:
        """Where the conversation goes on."""
        return goes_on_at(self.link)

    @cached_property
    def ended(self) -> Ended | None:
        """Why there is nothing to answer any more."""
        return ended(self.link, self.case)

    @property
    def why_ended(self) -> str:
        """The same in words."""
        return self.ended.told(self.link) if self.ended else ""

    @cached_property
    def done(self) -> PartnerAnswer | None:
        """What the organisation has said already, where it is said once; nobody who has left learns it."""
        return None if self.ended in (Ended.LEFT, Ended.PAUSED) else done_once(self.link)

    @property
    def done_words(self) -> str:
        """What was done, when and by whom."""
        if self.done is None:
            return ""
        told = {"who": self.done.message.author_address, "when": exact(self.done.answered_at)}
        if self.done.kind == AnswerKind.ACCEPTED:
            return _("Accepted on %(when)s, by link of %(who)s.") % told
        return _("Reported solved on %(when)s, by link of %(who)s.") % told

    @cached_property
    def side(self) -> Side | None:
        """The partner's side: the subject that was written for them."""
        return Side.objects.filter(case=self.case, organisation=self.link.partner).first()

    @property
    def subject(self) -> str:
        """What it is about, as it was written for the partner."""
        return self.side.subject if self.side else ""

    @cached_property
    def thread(self) -> list[Message]:
        """What was said between the two, newest first, as far as the link's participant may read it."""
        return thread_of(self.link, self.case)

    @property
    def earlier(self) -> list[Message]:
        """The same without the message that is answered."""
        return [message for message in self.thread if message.pk != self.link.asked.pk]

    def files_of(self, message: Message) -> list[dict[str, object]]:
        """The parts of `ui/file.html`."""
        return [self._file(attachment) for attachment in message.attachments.all()]

    def _file(self, attachment: Attachment) -> dict[str, object]:
        return {
            "name": attachment.name,
            "url": reverse("answering_file", args=[self.link.token, attachment.pk]),
            "size": attachment.file.size,
            "held": _("Being checked") if attachment.quarantined else "",
        }

    @property
    def ways(self) -> list[Way]:
        """Every way of answering this mail."""
        return [
            Way(kind, reverse("answering", args=[self.link.to(kind).token]), kind is self.link.kind)
            for kind in AnswerKind
        ]

    @property
    def limits(self) -> Limits:
        """What may be uploaded."""
        return limits_of(self.link.asker)

    @property
    def zone(self) -> str:
        """The name of the time zone in which an ETA is given."""
        return zone_named(self.link.partner.time_zone).key

    @property
    def eta_typed(self) -> str:
        """The ETA as the field takes it: what was entered, else what the feed says, unless that is past."""
        shipment = self.case.shipment
        feeds = shipment.eta if shipment else None
        return self.typed.get("eta") or (_for_field(feeds) if feeds and feeds > now() else "")

    @cached_property
    def form(self) -> str:
        """This form's own name: sent twice, it answers once."""
        return str(form_token(self.typed.get("form", "")))

    @property
    def brand(self) -> dict[str, object]:
        """The face of the organisation that is answered: its own name, with the looks of its first brand."""
        look = self.link.asker.brands.order_by("pk").first()
        return {
            "name": self.link.asker.name,
            "home_url": "",
            "colour": look.digits if look else "",
            "logo": look.logo if look and not (look.logo and look.logo.is_wide) else None,
        }

    @property
    def status(self) -> int:
        """The status of the answer: 410 (RFC 9110) where the link opens nothing for good."""
        return 410 if self.ended else 422 if self.errors else 200


def _for_field(moment: datetime) -> str:
    return localtime(moment).strftime("%Y-%m-%dT%H:%M")
