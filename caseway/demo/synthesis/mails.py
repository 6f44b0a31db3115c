"""The mails that a synthetic case was worth: about three, all of them sent."""

from datetime import datetime

from caseway.mail.models import Delivery

from .plots import Plot, Said
from .tables import Tables

Purpose = Delivery.Purpose


class MailMaker:
    """Makes deliveries into `tables`."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables

    def make(self, plot: Plot) -> None:
        """What the customer, the partner and the owner were mailed of this case."""
        self._to_customer(plot, Purpose.CREATED, plot.created, "We have your case.")
        for one in plot.said[1:]:
            self._of_message(plot, one)
        if plot.closed and plot.owner:
            self._to_customer(plot, Purpose.SOLVED, plot.closed, "Your case is closed. How did we do?")

    def _of_message(self, plot: Plot, one: Said) -> None:
        if one.audience == "customer" and one.by_customer:
            self._to_owner(plot, one)
        elif one.audience == "customer":
            self._to_customer(plot, Purpose.ANSWER, one.at, one.text, message=one.key)
        elif plot.partner and not one.by_partner:
            slug = plot.partner.organisation.slug
            self._add(plot, Purpose.PARTNER, f"desk@{slug}.example", "", one.at, one.text, message=one.key)

    def _to_owner(self, plot: Plot, one: Said) -> None:
        if plot.owner is None:
            return
        slug, name = plot.tenant.organisation.slug, plot.tenant.agent_names[plot.owner]
        address = f"agent{plot.tenant.agents.index(plot.owner) + 1}@{slug}.example"
        self._add(plot, Purpose.OWNER, address, name, one.at, one.text, message=one.key)

    def _to_customer(
        self, plot: Plot, purpose: Purpose, at: datetime, text: str, *, message: int | None = None
    ) -> None:
        _contact, _account, name, email = plot.contact
        self._add(plot, purpose, email, name, at, text, message=message, participant=plot.participant)

    def _add(
        self,
        plot: Plot,
        purpose: Purpose,
        address: str,
        name: str,
        at: datetime,
        text: str,
        *,
        message: int | None,
        participant: int | None = None,
    ) -> None:
        organisation, table = plot.tenant.organisation, self.tables.deliveries
        audience = {Purpose.PARTNER: "partner", Purpose.OWNER: ""}.get(purpose, "customer")
        table.add(
            organisation.pk, purpose, plot.key, message, audience, participant, address, name,
            f"care@{organisation.slug}.example", organisation.name,
            f"<{plot.number}.{purpose}.{message or 0}@{organisation.slug}.example>", [],
            f"{plot.subject} [{plot.number}]"[:250], text, "", message is None, False, "", at,
            Delivery.State.SENT, 1, at, at, "outbox", "",
        )  # fmt: skip
