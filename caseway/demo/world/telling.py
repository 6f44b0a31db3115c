"""Telling a story through the product's own actions, at its own time."""

import io
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from caseway.accounts.models import Organisation, Person
from caseway.accounts.viewer import Viewer
from caseway.cases.conversation.actions import post
from caseway.cases.conversation.authors import Author
from caseway.cases.conversation.writing import Content
from caseway.cases.creation.actions import Origin, create, create_from_mail
from caseway.cases.creation.fields import NewCase
from caseway.cases.editing.actions import edit
from caseway.cases.files.actions import upload
from caseway.cases.files.receiving import Received, receive
from caseway.cases.lifecycle import actions as lifecycle
from caseway.cases.models import Case, Category, Message, Reason, Satisfaction
from caseway.cases.ownership import actions as ownership
from caseway.cases.partnering.actions import add_partner
from caseway.cases.satisfaction.actions import answer as rate
from caseway.cases.status import Status
from caseway.cases.types import Audience, Source, Verdict
from caseway.core.clock import standing_at
from caseway.customers.models import Contact
from caseway.customers.viewers import contact_viewer
from caseway.demo.cast import Cast
from caseway.shipments.models import Shipment

from .papers import paper
from .stories import Line, Story

SPEAKS_TO = {
    "customer": Audience.CUSTOMER,
    "agent": Audience.CUSTOMER,
    "partner": Audience.PARTNER,
    "note": Audience.TEAM,
    "record": Audience.RECORD,
}
VERDICTS = (
    (Verdict.GOOD, ""),
    (Verdict.GOOD, "Quick, and no need to ask twice."),
    (Verdict.MIXED, "Solved in the end, but I had to ask what the carrier said."),
    (Verdict.GOOD, ""),
    (Verdict.POOR, "It took a week until anybody looked at the photos."),
    (Verdict.GOOD, "Thank you, the replacement came the next day."),
    (Verdict.MIXED, ""),
)


@dataclass
class Telling:
    """One story of one shipment, from its beginning to how it stands."""

    cast: Cast
    story: Story
    shipment: Shipment
    contact: Contact
    agent: Person
    chance: random.Random
    at: datetime
    until: datetime
    with_everybody: bool = False
    """Whether nobody may be missing: a record is written, the partner's owner takes it."""
    case: Case = field(init=False)

    def tell(self, ending: Status) -> Case:
        """Tell the story up to where the case has this status; gives the case."""
        self._raise()
        if ending is Status.NEW:
            return self.case
        self._do(lambda: ownership.claim(self.case, by=self._desk))
        if ending in (Status.WITHDRAWN, Status.CANCELLED):
            return self._call_off(ending)
        if self.story.type:
            self._do(lambda: edit(self.case, by=self._desk, changes={"type": self.story.type}))
        for line in self.story.lines[: self._how_many_lines(ending)]:
            self._say(line)
        return self._end(ending)

    def _raise(self) -> None:
        text = self._fill(self.story.opening)
        subject = self._fill(self.story.subject)[:1].upper() + self._fill(self.story.subject)[1:]
        if self.story.by_mail:
            host = self.cast.larkfield
            author = Author(self.contact.name, self.contact.email, contact=self.contact)
            origin = Origin(host, author, Source.EMAIL, self.shipment.brand)
            content = Content(text, subject=subject, source=Source.EMAIL)
            self.case = self._do(
                lambda: create_from_mail(
                    origin=origin,
                    contact=self.contact,
                    content=content,
                    keep_files=self._keep_files,
                    shipment_id=self.shipment.pk,
                )
            )
            return
        item = Category.objects.get(organisation=self.cast.larkfield, name__en=self.story.item)
        new = NewCase(
            subject=subject,
            description=text,
            category=item.pk,
            shipment=self.shipment.number,
            attachments=self._files(self.story.files, self._portal),
        )
        self.case = self._do(lambda: create(new, by=self._portal, brand=self.shipment.brand))

    def _say(self, line: Line) -> None:
        who = line.who
        if who == "partner":
            self._bring_in_partner()
        if who == "record" and not self.with_everybody and self.chance.random() < 0.2:
            return
        by = {"customer": self._portal, "partner": self._partner}.get(who, self._desk)
        if by is None:
            return
        files = self._files(line.files, by)
        content = Content(self._fill(line.text))
        self._do(lambda: post(self.case, by=by, audience=SPEAKS_TO[who], content=content, attachments=files))

    def _files(self, names: tuple[str, ...], by: Viewer) -> tuple[UUID, ...]:
        with standing_at(self.at):
            return tuple(upload(io.BytesIO(paper(name)), name, by=by).pk for name in names)

    def _keep_files(self, message: Message) -> None:
        for name in self.story.files:
            receive([Received(io.BytesIO(paper(name)), name)], message)

    def _bring_in_partner(self) -> None:
        partner, words = self._partner_organisation, self.story.partner
        if partner is None or words is None or self.case.sides.filter(organisation=partner).exists():
            return
        subject, text = map(self._fill, words)
        self._do(lambda: add_partner(self.case, by=self._desk, partner=partner, subject=subject, text=text))
        if self._partner is not None and (self.with_everybody or self.chance.random() < 0.75):
            by = self._partner
            self._do(lambda: ownership.claim(self.case, by=by))

    def _how_many_lines(self, ending: Status) -> int:
        """As far as the story goes: the last line that leaves the case as it should stand."""
        speakers = [line.who for line in self.story.lines]
        if ending is Status.PENDING_AGENT and "customer" in speakers:
            return len(speakers) - speakers[::-1].index("customer")
        if ending is Status.PENDING_CUSTOMER and "agent" in speakers:
            return len(speakers) - speakers[::-1].index("agent")
        if ending is Status.OPEN:
            return next((i for i, who in enumerate(speakers) if who in ("agent", "customer")), len(speakers))
        return len(speakers)

    def _end(self, ending: Status) -> Case:
        self.case.refresh_from_db()
        match ending:
            case Status.ON_HOLD:
                until = self.until + timedelta(days=self.chance.randint(1, 6))
                note = "Waiting for the warehouse"
                self._do(lambda: lifecycle.suspend(self.case, by=self._desk, note=note, until=until))
            case Status.CLOSED:
                reasons = Reason.objects.filter(organisation=self.cast.larkfield, kind=Reason.Kind.CLOSURE)
                reason = self.chance.choice(list(reasons)).pk
                note = self.story.closing
                self._do(lambda: lifecycle.close(self.case, by=self._desk, reason=reason, note=note))
                self._rate()
            case Status.PENDING_AGENT if self.case.status != ending:
                if self.case.status == Status.OPEN:
                    self._say(Line("agent", "I am looking into it and will come back to you today."))
                self._say(Line("customer", self.story.nudge))
        return self.case

    def _rate(self) -> None:
        """Two of three customers who sign in answer the question after closing."""
        number = int(self.case.number[2:])
        if number % 3 == 0 or self.contact.person is None:
            return
        verdict, comment = VERDICTS[number % len(VERDICTS)]
        way = Satisfaction.Way.MAIL if number % 2 else Satisfaction.Way.PORTAL
        self._do(lambda: rate(self.case, verdict, by=self._portal, way=way, comment=comment))

    def _call_off(self, ending: Status) -> Case:
        if ending is Status.WITHDRAWN:
            self._do(
                lambda: lifecycle.withdraw(self.case, by=self._portal, note="It has turned up, thank you.")
            )
        else:
            self._do(lambda: lifecycle.cancel(self.case, by=self._desk, note="Raised twice by mistake."))
        return self.case

    def _do(self, act: Callable[[], object]) -> Case:
        """Act a while after what came before, but never after the world's present."""
        left = (self.until - self.at).total_seconds()
        self.at += timedelta(seconds=min(self.chance.randint(300, 5 * 3600), max(left * 0.35, 20)))
        with standing_at(self.at):
            result = act()
        if isinstance(result, Case):
            return result
        self.case.refresh_from_db()
        return self.case

    def _fill(self, text: str) -> str:
        shipment = self.shipment
        place = next(
            (e.place for e in shipment.events.all() if "CA" in e.place or "NV" in e.place), "the terminal"
        )
        return text.format(
            goods=shipment.goods.split(",")[0][:1].lower() + shipment.goods.split(",")[0][1:],
            place=shipment.destination_name,
            terminal=place,
            tracking=shipment.tracking_number,
            order=shipment.order_number,
        )

    @property
    def _desk(self) -> Viewer:
        return self.cast.at_desk(self.agent)

    @property
    def _portal(self) -> Viewer:
        return contact_viewer(self.contact)

    @property
    def _partner_organisation(self) -> Organisation | None:
        return self.shipment.carrier

    @property
    def _partner(self) -> Viewer | None:
        signs_in = self.shipment.carrier == self.cast.brightwater
        return self.cast.at_desk(self.cast.omar) if signs_in else None
