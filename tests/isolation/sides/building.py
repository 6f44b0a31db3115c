"""Fifty cases of Larkfield and Brightwater: shared, listed and internal, hosted by either, with and
without customer, merged, split, on hold and closed, each with private words of both."""

from dataclasses import dataclass

from caseway.accounts.models import Organisation
from caseway.cases.conversation.actions import post
from caseway.cases.conversation.writing import Content
from caseway.cases.creation.actions import create
from caseway.cases.creation.fields import NewCase
from caseway.cases.lifecycle import actions as lifecycle
from caseway.cases.merging.actions import merge
from caseway.cases.models import Case, Message, Reason
from caseway.cases.ownership import actions as ownership
from caseway.cases.partnering.actions import add_partner
from caseway.cases.splitting.actions import NewFromSplit, split
from caseway.cases.types import Audience
from caseway.demo.cast import Cast
from caseway.shipments.models import Shipment

from .deeds import works_in_private
from .house import House

CASES = 50
INTERNAL, LISTED, SHARED = "internal", "listed", "shared"


@dataclass
class Two:
    """The two organisations on their cases."""

    cast: Cast
    larkfield: House
    brightwater: House

    def other(self, house: House) -> House:
        """The one of the two that isn't `house`."""
        return self.brightwater if house is self.larkfield else self.larkfield


def build_two(cast: Cast) -> Two:
    """The fifty cases, with what each organisation keeps for itself on them."""
    Organisation.objects.update(stored_policy={"undo_send_seconds": 0})
    two = Two(
        cast,
        House("larkpriv", cast.ana, cast.ben, cast.admin, cast.in_portal(cast.kim)),
        House("brightpriv", cast.omar, cast.iris, cast.iris),
    )
    for number in range(CASES):
        _case(two, number)
    _varied(two)
    for house in (two.larkfield, two.brightwater):
        works_in_private(house)
    return two


def _case(two: Two, number: int) -> None:
    """Three of five are Larkfield's; of those of each, the first are shared, then listed, then internal."""
    ours = number % 5 < 3
    house = two.larkfield if ours else two.brightwater
    sharing = (SHARED, SHARED, LISTED, INTERNAL)[number // 5 % 4]
    case = _made(two, house, number)
    house.cases.append(case)
    if sharing == INTERNAL:
        return
    other = two.other(house)
    words = f"Between us {number}"
    add_partner(
        case,
        by=house.at_desk(house.agent),
        partner=two.cast.brightwater if ours else two.cast.larkfield,
        subject=house.keep("listedsubject") if sharing == LISTED else words,
        text="" if sharing == LISTED else words,
        listed=sharing == LISTED,
    )
    if sharing == SHARED:
        other.cases.append(case)
        if number % 2:
            ownership.claim(case, by=other.at_desk(other.agent))
            says(case, other, "We look into it")


def _made(two: Two, house: House, number: int) -> Case:
    """A case of the house; every other one of Larkfield's is its customer's."""
    by_customer = house.customer is not None and number % 2 == 0
    shipment = _shipment(two, house, number)
    subject, description = house.keep("subject"), house.keep("description")
    if by_customer and house.customer is not None:
        case = create(NewCase(subject=subject, description=description, shipment=shipment), by=house.customer)
        ownership.claim(case, by=house.at_desk(house.agent))
        return case
    new = NewCase(subject=subject, description=description, shipment=shipment, crm_number=house.keep("crm"))
    return create(new, by=house.at_desk(house.agent))


def _shipment(two: Two, house: House, number: int) -> str:
    """A shipment that both know; only that of the listed cases would tell who else is there."""
    cast = two.cast
    account = cast.orchid if house is two.larkfield and number % 2 == 0 else None
    shipment = Shipment.objects.create(
        organisation=cast.larkfield if house is two.larkfield else cast.brightwater,
        number=f"SHP-{number:03d}",
        shipper=cast.larkfield,
        carrier=cast.brightwater,
        account=account,
    )
    return shipment.number


def _varied(two: Two) -> None:
    """Some cases are closed, on hold, merged and split; each house keeps why for itself."""
    house = two.larkfield
    lea = two.cast.at_desk(two.cast.lea)
    mine = [case for case in house.cases if case.host_id == two.cast.larkfield.pk]
    reason = Reason.objects.filter(organisation=two.cast.larkfield, kind=Reason.Kind.CLOSURE).first()
    for case in mine[1:4]:
        lifecycle.close(case, by=lea, reason=reason.pk if reason else None, note=house.keep("closingnote"))
    lifecycle.reopen(mine[1], by=lea, note=house.keep("reopeningnote"))
    lifecycle.suspend(mine[5], by=lea, note=house.keep("suspensionnote"))
    agents = [case for case in mine if case.contact_id is None and case.pk not in {c.pk for c in mine[1:6]}]
    merge(agents[0], by=lea, into=agents[1])
    message = Message.objects.filter(case=mine[0], audience=Audience.CUSTOMER).first()
    if message is not None:
        split(mine[0], by=lea, messages=[message.pk], new=NewFromSplit(subject=house.keep("splitsubject")))


def says(case: Case, house: House, text: str) -> None:
    """The house's agent writes to the other organisation."""
    post(case, by=house.at_desk(house.agent), audience=Audience.PARTNER, content=Content(text))
