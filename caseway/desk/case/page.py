"""Everything on the shipment-and-case page, as one viewer may see it. Queries only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from markupsafe import Markup

from caseway.accounts.asking import AskedBy
from caseway.accounts.models import Person
from caseway.accounts.viewer import Viewer
from caseway.cases.access.rules import Operation, awaits_claim, may, offered
from caseway.cases.conversation.along import cut_off
from caseway.cases.conversation.answers import carrier_eta
from caseway.cases.conversation.drafts import drafts_and_waiting
from caseway.cases.conversation.folding import MOST, STEP, UNFOLDED
from caseway.cases.conversation.queries import counts_by_audience, messages_of
from caseway.cases.family import family_of
from caseway.cases.history.events import CaseRated
from caseway.cases.history.queries import Line, timeline_of
from caseway.cases.linking.queries import Associated, associated_with, has_relatives
from caseway.cases.models import Case, Message, Participant, Satisfaction, Side, Task, Visit
from caseway.cases.partnering.queries import other_side
from caseway.cases.satisfaction.queries import answers_on
from caseway.cases.search.marking import Marker
from caseway.cases.tasks.queries import tasks_of
from caseway.cases.types import Audience, Sharing
from caseway.cases.waiting import Waiting, waiting_of, with_waiting
from caseway.cases.watching.queries import watchers_of
from caseway.core.database.statements import Slot
from caseway.core.errors import NotFound
from caseway.core.ui.prose import prose
from caseway.desk.shipments.card import ShipmentCard, card_of
from caseway.mail.incoming.queries import Powers, powers_of
from caseway.mail.models import Delivery
from caseway.mail.outbox.queries import deliveries_of
from caseway.mail.reachability.queries import participants_with_reach

from .deeds import OF_STATUS, Offer, offers_for
from .leftover import LeftOver, left_over
from .mails import HeldMails, held_mails
from .neighbours import Place
from .said import body_of, said
from .timeline import Entry, Segment, Show, entries_of, segments_of
from .writing import Scene, composer_for, open_to

JOINED = (
    "case__host",
    "case__brand",
    "case__creator",
    "case__account",
    "case__contact__account",
    "case__merged_into",
    "case__shipment__carrier",
    "case__shipment__shipper",
    "case__shipment__account",
    "owner",
    "team",
    "category__parent",
    "contact_method",
    "priority",
)

MOST_LINES = 200
"""What happened, at most, where few messages are shown."""
MAILED = (Audience.CUSTOMER, Audience.PARTNER)


@AskedBy
def _sides(viewer: Viewer) -> QuerySet[Side]:
    read = Visit.objects.filter(case=OuterRef("case"), person=viewer.person_id).values("seen_at")
    sides = Side.objects.visible_to(viewer).select_related(*JOINED).filter(case__number=Slot("number"))
    known = sides.annotate(
        seen_at=Subquery(read), has_relatives=has_relatives(viewer), carrier_eta=carrier_eta()
    )
    return with_waiting(known)


def side_to_show(viewer: Viewer, number: str) -> Side:
    """The viewer's own side with all that the page shows of it, in one query. Raises NotFound.

    Brings along when the viewer last looked, whether other cases belong to it, and the ETA that the
    carrier gave by the link of a mail. Found by the case's number, which is indexed; the side's copy isn't.
    """
    side = next(iter(_sides.rows(viewer, number=number.upper())), None)
    if side is None:
        raise NotFound
    if viewer.organisation:
        side.organisation = viewer.organisation
    return side


@dataclass(frozen=True)
class CasePage:
    """The page of one case. Its parts are worked out once."""

    side: Side
    viewer: Viewer
    show: Show
    query: str
    place: Place
    chosen: str = ""
    unfolded: int = UNFOLDED
    marker: Marker | None = None

    @property
    def case(self) -> Case:
        """The case itself."""
        return self.side.case

    @property
    def is_host(self) -> bool:
        """Whether the viewer's organisation hosts the case: only then is its customer theirs to know."""
        return self.case.host_id == self.viewer.organisation_id

    @cached_property
    def offered(self) -> frozenset[Operation]:
        """All that the viewer may do to the case as it is now."""
        return offered(self.viewer, self.case, self.side)

    @cached_property
    def other(self) -> Side | None:
        """The partner's side: organisation, and the owner's name where the case is shared."""
        return other_side(self.case, self.viewer)

    @property
    def partner_name(self) -> str:
        """The partner organisation that shares the case, if any."""
        shared = self.other is not None and self.side.sharing == Sharing.SHARED
        return self.other.organisation.name if self.other and (shared or not self.is_host) else ""

    @property
    def customer_name(self) -> str:
        """Who our answers to the customer go to."""
        return str(self.case.contact) if self.is_host and self.case.contact else _("the customer")

    @cached_property
    def waiting(self) -> Waiting:
        """Whose court it is, as our side sees it, and how long each had it."""
        return waiting_of(self.side)

    @cached_property
    def watchers(self) -> list[Person]:
        """Who follows the case at our side."""
        return watchers_of(self.case, self.viewer)

    @cached_property
    def satisfaction(self) -> list[Satisfaction]:
        """What our customer answered after each closing, the latest first; asked for where it is told."""
        was_rated = any(line.event.kind == CaseRated.kind for line in self.lines)
        return answers_on(self.case, self.viewer) if was_rated or self.show is not Show.ALL else []

    @property
    def follows(self) -> bool:
        """Whether the viewer is among them."""
        return any(person.pk == self.viewer.person_id for person in self.watchers)

    @cached_property
    def participants(self) -> list[Participant]:
        """Who takes part by mail or portal in our conversations."""
        return participants_with_reach(self.case, self.viewer)

    @cached_property
    def our_addresses(self) -> frozenset[str]:
        """The addresses under which colleagues have written here."""
        ours = self.viewer.organisation_id
        return frozenset(m.author_address for m in self.messages if m.author_organisation_id == ours)

    @cached_property
    def associated(self) -> list[Associated]:
        """Merged, linked and follow-up cases."""
        points_at_one = self.case.merged_into_id or self.case.follow_up_of_id
        return associated_with(self.case, self.viewer) if self.has_relatives or points_at_one else []

    @property
    def has_relatives(self) -> bool:
        """Whether other cases, or links of ours, point at this one."""
        return bool(vars(self.side)["has_relatives"])

    @property
    def survivor(self) -> str:
        """The number of the case that this one went into, where the viewer may open it."""
        key = self.case.merged_into_id
        return next((one.side.number for one in self.associated if key and one.side.case_id == key), "")

    @cached_property
    def shipment(self) -> ShipmentCard | None:
        """The shipment with its numbers, events and cases."""
        return card_of(self.case.shipment, self.viewer) if self.case.shipment else None

    @property
    def carrier_eta(self) -> datetime | None:
        """When the carrier of the shipment says that it comes; the feed's own ETA is not moved by it."""
        eta: datetime | None = vars(self.side)["carrier_eta"]
        return eta

    @cached_property
    def family(self) -> list[int]:
        """The case and all that were merged into it."""
        return family_of(self.case) if self.has_relatives else [self.case.pk]

    @cached_property
    def tasks(self) -> list[Task]:
        """What our side has to do on the case, and what was done."""
        return tasks_of(self.family, self.viewer)

    @cached_property
    def messages(self) -> Sequence[Message]:
        """What was said, as far as the viewer may read it, oldest first."""
        latest = self.unfolded if self.show is Show.ALL else MOST
        return messages_of(self.case, self.viewer, family=self.family, latest=latest)

    @cached_property
    def counts(self) -> dict[Audience, int]:
        """How many messages of each audience there are, those that are folded among them."""
        return counts_by_audience(self.messages)

    @property
    def folded(self) -> int:
        """How many earlier messages the page leaves out."""
        return sum(self.counts.values()) - len(self.messages)

    @property
    def is_long(self) -> bool:
        """Whether the newest message is far below the first one."""
        return bool(self.folded) or len(self.messages) > UNFOLDED

    @property
    def unfolding_url(self) -> str:
        """The page with more of the earlier messages, at the one that was the first until then."""
        parts = [self.place.query, f"messages={self.unfolded + STEP}"]
        address = reverse("desk:case", args=[self.side.number])
        return f"{address}?{'&'.join(filter(None, parts))}#message-{self.messages[0].pk}"

    @cached_property
    def lines(self) -> list[Line]:
        """What happened, for the segment that tells it."""
        if self.show is not Show.ALL:
            return []
        lines = timeline_of([self.case], self.viewer, latest=max(MOST_LINES, self.unfolded))
        since = self.messages[0].created_at if self.folded else None
        return [line for line in lines if since is None or line.at >= since]

    @cached_property
    def entries(self) -> list[Entry]:
        """The timeline of the chosen segment."""
        seen_at: datetime | None = getattr(self.side, "seen_at", None)  # joined by `side_to_show`
        return entries_of(self.messages, self.lines, self.show, seen_at=seen_at, viewer=self.viewer)

    @cached_property
    def deliveries(self) -> dict[int, list[Delivery]]:
        """The mails of our messages, by message."""
        return deliveries_of([m for m in self.messages if m.audience in MAILED], self.viewer)

    @cached_property
    def held(self) -> HeldMails:
        """Mails that wait for a decision of our agents."""
        return held_mails(self.case, self.viewer, self.family)

    @property
    def powers(self) -> Powers:
        """What the viewer may decide about a held mail beside letting it in or not."""
        return powers_of(self.viewer, self.other.organisation if self.other else None)

    @property
    def latest(self) -> int:
        """The id of the newest message that the viewer has before them."""
        return max((message.pk for message in self.messages), default=0)

    @property
    def segments(self) -> list[Segment]:
        """The choices above the timeline."""
        has_customer = self.is_host and self.case.contact_id is not None
        return segments_of(self.messages, self.counts, self.partner_name, has_customer=has_customer)

    @property
    def description(self) -> str:
        """What our side was told at the beginning, unless the first message says the same."""
        words = self.side.description.strip()
        return "" if any(message.text.strip() == words for message in self.messages) else words

    def said(self, message: Message) -> dict[str, object]:
        """A message as the timeline shows it."""
        shown = said(message, self.viewer, customer=self.customer_name, partner=self.partner_name)
        return shown | {"body": self.marker.markup(body_of(message))} if self.marker else shown

    @property
    def opening(self) -> Markup:
        """The description as the timeline begins with it."""
        return self.marker.markup(prose(self.description)) if self.marker else prose(self.description)

    @cached_property
    def offers(self) -> list[Offer]:
        """What can be done, in the order of the menu."""
        return offers_for(self.side, self.offered, follows=self.follows, query=self.query)

    @property
    def status_offers(self) -> list[Offer]:
        """What the menu of the status holds."""
        return [offer for offer in self.offers if offer.deed.key in OF_STATUS]

    def address(self, name: str, *more: int) -> str:
        """Where an operation is asked for, with the list still known."""
        address = reverse(f"desk:{name}", args=[self.side.number, *more])
        return f"{address}?{self.query}" if self.query else address

    def field_url(self, name: str) -> str:
        """Where a field is changed."""
        address = reverse("desk:field", args=[self.side.number, name])
        return address + (f"?{self.query}" if self.query else "")

    def may_unmerge(self, merged: Side) -> bool:
        """Whether a case that went into this one can be taken out of it from here."""
        return may(self.viewer, Operation.UNMERGE, merged)

    def may(self, name: str) -> bool:
        """Whether the operation with this value is offered."""
        return Operation(name) in self.offered

    @property
    def waits_for_claim(self) -> bool:
        """Whether policy lets nobody answer before the case is claimed."""
        return awaits_claim(self.viewer, Operation.COMMENT, self.case, self.side)

    def is_colleague(self, one: Participant) -> bool:
        """Whether it is one of ours: by their seat, or, where they left it or moved, by what they wrote."""
        return bool(vars(one)["is_colleague"]) or one.address in self.our_addresses

    @cached_property
    def _scene(self) -> Scene:
        drafts, waiting = drafts_and_waiting(self.viewer, self.case)
        return Scene(
            side=self.side,
            other=self.other,
            offered=self.offered,
            drafts=drafts,
            viewer=self.viewer,
            query=self.query,
            chosen=self.chosen,
            waiting=waiting,
            # Colleagues who have written take part as well, but are never mailed their own side's words.
            participants=[one for one in self.participants if not self.is_colleague(one)],
        )

    @cached_property
    def composer(self) -> dict[str, object] | None:
        """What can be written, to whom."""
        return composer_for(self._scene)

    @property
    def left_over(self) -> list[LeftOver]:
        """What the viewer was writing when the case was merged, and can't send from here any more."""
        cut = cut_off(self.case, self._scene.drafts, open_to(self._scene))
        return left_over(cut, self.case, self.viewer, customer=self.customer_name, partner=self.partner_name)
