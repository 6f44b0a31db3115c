"""What answers "where is my order" while a case is being written: the shipments that it is about."""

from dataclasses import dataclass, field

from caseway.accounts.viewer import Viewer
from caseway.core.text import clean_line

from .live import LiveStatus, status_for_customer
from .models import Shipment
from .numbers import Recognised
from .queries import named_in


@dataclass(frozen=True)
class Answers:
    """Where the `chosen` shipment is and those are that the text names (`written`), and numbers in it
    that nobody has and whose check digit is wrong (`slips`)."""

    chosen: list[LiveStatus] = field(default_factory=list)
    written: list[LiveStatus] = field(default_factory=list)
    slips: list[Recognised] = field(default_factory=list)

    @property
    def shipments(self) -> list[Shipment]:
        """All that are told of."""
        return [status.shipment for status in (*self.chosen, *self.written)]


def answers_for(viewer: Viewer, *, chosen: str = "", text: str = "") -> Answers:
    """The answers to a choice (a shipment's own number) and a text, of what `viewer` sees: two queries."""
    chosen = clean_line(chosen)
    named = named_in(viewer, text, chosen)
    told = [status_for_customer(one, viewer, one.latest_events) for one in named.shipments]  # type: ignore[attr-defined]
    return Answers(
        chosen=[status for status in told if status.shipment.number == chosen],
        written=[status for status in told if status.shipment.number != chosen],
        slips=named.slips,
    )
