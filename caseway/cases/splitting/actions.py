"""Splitting messages into a case of their own, and taking that back.

The messages stay where they were said; the new case shows them too, to those who could read them
before and to nobody else.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from caseway.accounts.viewer import Viewer
from caseway.cases.access.locking import lock_cases
from caseway.cases.access.rules import Operation, demand
from caseway.cases.creation.actions import create
from caseway.cases.creation.fields import NewCase
from caseway.cases.family import family_of
from caseway.cases.history.actions import SeenBy, record
from caseway.cases.history.events import CaseSplit
from caseway.cases.lifecycle.going_on import survivor_of
from caseway.cases.linking.actions import link, unlink_cases
from caseway.cases.merging.actions import merge
from caseway.cases.models import Case, Message, Participant, Split
from caseway.cases.search.actions import forget_split, index_split
from caseway.cases.types import Audience
from caseway.core.clock import now
from caseway.core.errors import Conflict, Invalid, NotFound
from caseway.core.text import excerpt
from caseway.core.transactions import action

SPLITTABLE = (Audience.CUSTOMER, Audience.PARTNER)


@dataclass(frozen=True)
class NewFromSplit:
    """What is said of the new case. `with_customer` lets it be the customer's too, who then sees its
    number, subject and type; it always is where one of the customer's messages goes along."""

    subject: str = ""
    type: str = ""
    shipment: str | None = None
    with_customer: bool = False
    owned: bool = True


@action
def split(case: Case, *, by: Viewer, messages: Iterable[int | str], new: NewFromSplit) -> Case:
    """Make a case of messages that are read on `case`, and link the two; gives the new case.

    Raises NotFound, NotAllowed, Conflict where a message was split already, and Invalid at
    `messages` (none, notes, of two customers) and at the fields of the new case.
    """
    keys = {int(key) for key in messages if str(key).isdecimal()}
    chosen = _chosen(case, by, keys)
    locked = lock_cases({case.pk, *(message.case_id for message in chosen)})[case.pk]
    if not Case.objects.visible_to(by).filter(pk=case.pk).exists():
        raise NotFound
    demand(by, Operation.SPLIT, locked.case, locked.side_of(by))
    _refuse_twice(chosen, by)
    made = _made(locked.case, chosen, new, by)
    Split.objects.bulk_create(
        Split(message=message, into=made, organisation_id=by.us, by=by.person) for message in chosen
    )
    _copy_writers(chosen, made)
    for message in chosen:
        index_split(message, made, by.us)
    link(locked.case, by=by, other=made)
    _tell(locked.case, made, by)
    return made


@action
def take_back(case: Case, *, by: Viewer) -> Case:
    """Undo a split: the new `case` is merged into the one that its messages are from, which is given.

    Only while nothing more was said on it. Raises NotFound, NotAllowed, Conflict.
    """
    standing = Split.objects.visible_to(by).filter(into=case, undone_at=None).select_related("message__case")
    splits = list(standing.order_by("message_id"))
    if not splits:
        raise Conflict(_("This case was not split from another one."))
    origin = survivor_of(splits[0].message.case)
    lock_cases([case.pk, origin.pk])
    # The internal record keeps nobody from it, and so tells nobody that there is one.
    if Message.objects.filter(case=case).exclude(audience=Audience.RECORD).exists():
        raise Conflict(_("More was said on this case meanwhile. Merge the two instead."))
    unlink_cases(case, origin, by=by)
    merge(case, by=by, into=origin, across_customers=True)
    Split.objects.filter(pk__in=[one.pk for one in splits]).update(undone_at=now())
    forget_split(case, by.us)
    _tell(origin, case, by, undone=True)
    return origin


def _chosen(case: Case, by: Viewer, keys: set[int]) -> list[Message]:
    rows = Message.objects.visible_to(by).filter(pk__in=keys, case__in=family_of(case))
    found = list(rows.select_related("contact").order_by("created_at", "pk"))
    if not found or len(found) != len(keys):
        raise Invalid({"messages": _("Choose messages that you read on this case.")})
    if any(message.audience not in SPLITTABLE for message in found):
        raise Invalid({"messages": _("Notes and records stay where they are. Choose other messages.")})
    if len({message.contact_id for message in found if message.audience == Audience.CUSTOMER}) > 1:
        raise Invalid({"messages": _("These are of different customers, who each need a case of their own.")})
    return found


def _refuse_twice(chosen: Sequence[Message], by: Viewer) -> None:
    before = Split.objects.filter(message__in=chosen, organisation=by.us, undone_at=None)
    there = before.select_related("into").first()
    if there is not None:
        raise Conflict(_("This message was split into %(case)s already.") % {"case": there.into})


def _made(case: Case, chosen: Sequence[Message], new: NewFromSplit, by: Viewer) -> Case:
    """The new case. What its customer may read of it is never taken from another audience's words."""
    customers = [message for message in chosen if message.audience == Audience.CUSTOMER]
    hosts = case.host_id == by.organisation_id
    contact_id = customers[0].contact_id if customers else case.contact_id
    with_customer = bool(customers) or (new.with_customer and hosts)
    words = (customers or chosen)[0].text if customers or not with_customer else ""
    fields = NewCase(
        subject=new.subject,
        description=words.strip() or _("Split from %(case)s.") % {"case": case},
        type=new.type or str(case.type),
        shipment=new.shipment,
        contact=contact_id if with_customer else None,
        owned=new.owned,
    )
    brand = case.brand if hosts else None
    return create(fields, by=by, brand=brand, ends_draft=False)


def _copy_writers(chosen: Sequence[Message], made: Case) -> None:
    """Whoever wrote one of the customer's messages takes part in what is answered to it."""
    spoken = [message for message in chosen if message.audience == Audience.CUSTOMER]
    writers = Participant.objects.filter(
        case__in={message.case_id for message in spoken},
        organisation=made.host_id,
        audience=Audience.CUSTOMER,
        address__in={message.author_address for message in spoken if message.author_organisation_id is None},
        is_approved=True,
    )
    Participant.objects.bulk_create(
        [
            Participant(
                case=made,
                organisation_id=one.organisation_id,
                audience=one.audience,
                address=one.address,
                name=one.name,
                contact_id=one.contact_id,
                is_subscribed=one.is_subscribed,
            )
            for one in writers
        ],
        ignore_conflicts=True,
    )


def _tell(origin: Case, made: Case, by: Viewer, *, undone: bool = False) -> None:
    """Both cases tell our own agents of it: the partner and the customer know of neither from the other."""
    record(origin, CaseSplit(other_case_id=made.pk, undone=undone), by, SeenBy.ORGANISATION)
    record(made, CaseSplit(other_case_id=origin.pk, came=True, undone=undone), by, SeenBy.ORGANISATION)


def suggested_subject(message: Message) -> str:
    """What the new case may be called: the mail's subject, or the message's beginning."""
    return message.subject or excerpt(message.text, 80)
