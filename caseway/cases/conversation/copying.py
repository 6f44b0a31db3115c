"""To whom an answer is mailed beside its reader: seen and chosen by its writer, never by silence.

What one party is told is copied to nobody of another: an address that is known to belong to the
other conversation of the case is refused.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Q
from django.utils.translation import gettext as _

from caseway.accounts.models import Membership, Organisation, Partnership
from caseway.cases.access.locking import Locked
from caseway.cases.models import Message, Participant
from caseway.cases.types import Audience
from caseway.core.errors import Invalid
from caseway.core.text import normal_address
from caseway.customers.models import Contact

MOST = 20
MAILED = (Audience.CUSTOMER, Audience.PARTNER)


@dataclass(frozen=True)
class Copy:
    """An address that takes part. `is_new`: it was only copied on a mail, and nobody has approved it.

    `is_ticked`: what its writer has chosen; `is_usual`: mailed as long as they have chosen nothing.
    """

    address: str
    name: str
    is_new: bool = False
    is_ticked: bool = True
    is_usual: bool = True


def copies_of(
    participants: Iterable[Participant], audience: Audience, organisation_id: int, but: Sequence[str] = ()
) -> list[Copy]:
    """Who takes part in a conversation by mail, `but` for who is named as its reader already."""
    rows = [
        one
        for one in participants
        if one.audience == audience and one.organisation_id == organisation_id and one.address not in but
    ]
    return [
        Copy(one.address, one.name, not one.is_approved, one.is_approved, one.is_approved)
        for one in rows
        if one.is_subscribed or not one.is_approved
    ]


def as_chosen(copies: Iterable[Copy], kept: Mapping[str, Any] | None) -> list[Copy]:
    """The same as the draft has them ticked, with those that were typed: None is a draft without choice."""
    found = list(copies)
    if kept is None:
        return found
    ticked = [normal_address(one) for one in kept["ticked"]]
    known = {one.address for one in found}
    more = [Copy(one, "", is_usual=False) for one in dict.fromkeys(ticked) if one not in known]
    return [*(replace(one, is_ticked=one.address in ticked) for one in found), *more]


def copy_in(locked: Locked, message: Message, chosen: Sequence[str]) -> None:
    """Let the chosen addresses, and no others, be mailed the message; new ones take part from now on.

    Choosing an address that was only copied on a mail approves it. Raises Invalid at `cc`, also for whoever
    ended the e-mails of this case.
    """
    if message.audience not in MAILED:
        return
    addresses = list(dict.fromkeys(filter(None, map(normal_address, chosen))))
    _check(addresses, locked, message)
    home = message.organisation_id if message.audience == Audience.CUSTOMER else message.partner_id
    _refuse_silent(addresses, message, home or 0)
    _let_in(addresses, message, home or 0)
    names = dict(
        Participant.objects.filter(case=locked.case, address__in=addresses).values_list("address", "name")
    )
    message.copied_to = addresses
    message.cc = [{"name": names.get(one, ""), "email": one} for one in addresses]
    message.save(update_fields=["copied_to", "cc"])


def _let_in(addresses: Sequence[str], message: Message, home: int) -> None:
    """From this message on: what was said before is not for those who are new."""
    here = {"case": message.case, "audience": message.audience, "organisation_id": home}
    since = message.created_at
    Participant.objects.bulk_create(
        [Participant(address=one, since=since, **here) for one in addresses], ignore_conflicts=True
    )
    waiting = Participant.objects.filter(address__in=addresses, is_approved=False, **here)
    waiting.update(is_approved=True, is_subscribed=True, since=since)


def _refuse_silent(addresses: Sequence[str], message: Message, home: int) -> None:
    """Who ended the e-mails of this case isn't mailed: its writer must know, and not think they were."""
    silent = Participant.objects.filter(
        case=message.case,
        audience=message.audience,
        organisation=home,
        address__in=addresses,
        is_approved=True,
        is_subscribed=False,
    )
    if ended := sorted(silent.values_list("address", flat=True)):
        words = _(
            "%(address)s gets no e-mails about this case any more. Leave them out, or start their e-mails"
            " again under Participants if they ask for it."
        )
        raise Invalid({"cc": words % {"address": ", ".join(ended)}})


def _check(addresses: Sequence[str], locked: Locked, message: Message) -> None:
    if len(addresses) > MOST:
        raise Invalid({"cc": _("Copy it to %(count)s addresses at most.") % {"count": MOST}})
    for address in addresses:
        try:
            validate_email(address)
        except ValidationError:
            raise Invalid({"cc": _("%(address)s is no e-mail address.") % {"address": address}}) from None
    strangers = sorted(_of_others(addresses, locked, message))
    if strangers:
        words = _("%(address)s belongs to another party of this case, who must not read this.")
        raise Invalid({"cc": words % {"address": ", ".join(strangers)}})


def _of_others(addresses: Sequence[str], locked: Locked, message: Message) -> set[str]:
    """Those that are known in the other conversation: the customer's for the partner, and the reverse."""
    mine = Audience(message.audience)
    other = Audience.PARTNER if mine is Audience.CUSTOMER else Audience.CUSTOMER
    taking_part = Participant.objects.filter(case=locked.case, audience=other, address__in=addresses)
    found = set(taking_part.values_list("address", flat=True))
    if mine is Audience.PARTNER:
        customers = Contact.objects.filter(organisation=locked.case.host_id, email__in=addresses)
        return found | set(customers.values_list("email", flat=True))
    others = [key for key in locked.sides if key != message.organisation_id]
    return found | _addresses_of(others, message.organisation_id, addresses)


def _addresses_of(organisations: Sequence[int], us: int, addresses: Sequence[str]) -> set[str]:
    """Those of the other organisations' people and of the addresses that our partnerships name."""
    if not organisations:
        return set()
    people = Membership.objects.filter(organisation__in=organisations, person__email__in=addresses)
    found = set(people.values_list("person__email", flat=True))
    pairs = Partnership.objects.filter(Q(shipper=us) | Q(carrier=us))
    for pair in pairs.select_related("shipper", "carrier"):
        partner: Organisation = pair.partner_of(us)
        if partner.pk in organisations:
            found |= set(addresses) & {normal_address(one) for one in pair.addresses_of(partner.pk)}
    return found
