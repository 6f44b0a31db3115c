"""Setting a partnership up, from one side: asking for it, its addresses, pausing and ending.

All raise NotFound and NotAllowed for whoever may not change settings, and Invalid by field.
"""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.utils.text import slugify
from django.utils.translation import gettext as _

from caseway.accounts.changing import differences, note, refuse_stale, settings_held
from caseway.accounts.events import SettingAdded, SettingChanged
from caseway.accounts.models import Organisation, Partnership
from caseway.accounts.organisations import add
from caseway.accounts.permissions import Permission
from caseway.accounts.sign_in.lockout import locked_out
from caseway.accounts.viewer import Viewer
from caseway.cases.models import Message, Participant
from caseway.cases.types import Audience
from caseway.core import limits
from caseway.core.errors import Conflict, Invalid
from caseway.core.text import clean_line
from caseway.core.transactions import action
from caseway.customers.invitations.rules import good_name

from .addresses import checked
from .queries import keeps_addresses_of, partnership_of, state_of, version_of

HOUR, PROPOSALS = 3600, 20
Standing = Partnership.Standing


@dataclass(frozen=True)
class Saved:
    """What became of the addresses that were typed: a refused one keeps its words."""

    partnership: Partnership
    refused: dict[str, str]


def propose(code: str, *, by: Viewer) -> Partnership:
    """Ask an organisation that is here, by its code, to be our partner: nothing is shared until it
    accepts. Raises Invalid at `code`, TooMany after twenty within an hour, so that nobody tries codes.
    """
    if by.is_agent and limits.count(f"partnerships proposed by {by.us}", HOUR) > PROPOSALS:
        raise locked_out(limits.seconds_left(f"partnerships proposed by {by.us}"))
    return _propose(clean_line(code, 50).lower(), by)


@action
def _propose(code: str, by: Viewer) -> Partnership:
    by = settings_held(by, Permission.SETTINGS)
    ours = Organisation.objects.get(pk=by.us)
    other = Organisation.objects.filter(slug=code, signs_in=True).exclude(kind=ours.kind).first()
    if other is None:
        wanted = (
            Organisation.Kind.CARRIER if ours.kind == Organisation.Kind.SHIPPER else Organisation.Kind.SHIPPER
        )
        words = _("There is no %(kind)s with this code. Ask them for the code in their settings.")
        raise Invalid({"code": words % {"kind": wanted.label.lower()}})
    pair, is_new = _pair(ours, other)
    if not is_new and pair.standing is not Standing.ENDED:
        raise Invalid({"code": _("%(partner)s is in your list already.") % {"partner": other}})
    pair.is_active, pair.waits_for, pair.paused_by = False, other, None
    pair.save()
    note(
        SettingAdded(topic="partnership", key=pair.pk),
        by,
        other.name,
        {"standing": [None, pair.standing.value]},
    )
    return pair


@action
def start_by_mail(name: str, addresses: Iterable[str], *, by: Viewer) -> Saved:
    """Begin to work with an organisation that takes part by e-mail alone; it is there at once.

    It is nobody else's partner: another organisation that works with the same company has its own.
    Raises Invalid at `name`, and at `addresses` where none of them is good.
    """
    by = settings_held(by, Permission.SETTINGS)
    ours, name = Organisation.objects.get(pk=by.us), good_name(name)
    good, refused = checked(addresses)
    if not good:
        words = next(iter(refused.values()), _("Write at least one address at which they take mail."))
        raise Invalid({"addresses": words})
    is_shipper = ours.kind == Organisation.Kind.SHIPPER
    kind = Organisation.Kind.CARRIER if is_shipper else Organisation.Kind.SHIPPER
    partner = add(
        Organisation(
            slug=_code_for(name), name=name, kind=kind, signs_in=False, language=ours.language,
            time_zone=ours.time_zone,
        )
    )  # fmt: skip
    pair, _is_new = _pair(ours, partner)
    pair.set_addresses_of(partner.pk, good)
    pair.save()
    note(SettingAdded(topic="partnership", key=pair.pk), by, name, {"standing": [None, "active"]})
    return Saved(pair, refused)


@action
def set_addresses(
    pair: Partnership, addresses: Iterable[str], *, by: Viewer, of_partner: bool = False, version: int | None
) -> Saved:
    """Let our side (of a partner by e-mail alone: theirs) have these addresses.

    Each good one is stored as it is typed, at once; a refused one is told and changes nothing.
    Raises NotAllowed for a partner's who signs in, Stale where somebody else was quicker.
    """
    by = settings_held(by, Permission.SETTINGS)
    stored = _held(pair, by)
    refuse_stale(version_of(stored, by), version, state_of(stored, by))
    side = stored.partner_of(by.us) if of_partner else Organisation.objects.get(pk=by.us)
    if not keeps_addresses_of(by, stored, side):
        raise Conflict(_("%(partner)s signs in and keeps its own addresses.") % {"partner": side})
    before = stored.addresses_of(side.pk)
    good, refused = checked(addresses, before)
    if good != before:
        stored.set_addresses_of(side.pk, good)
        stored.save()
        _let_go(stored, side, set(before) - set(good))
        # The log tells how many, as it keeps nobody's address.
        changes = differences({"addresses": len(before)}, {"addresses": len(good)})
        note(SettingChanged(topic="partnership", key=stored.pk), by, stored.partner_of(by.us).name, changes)
    return Saved(stored, refused)


@action
def accept(pair: Partnership, *, by: Viewer) -> Partnership:
    """Take up what the other organisation asked for. Raises Conflict where it didn't ask us."""
    return _change(pair, by, Standing.ACTIVE)


@action
def pause(pair: Partnership, *, by: Viewer) -> Partnership:
    """Share no further case for now; those that are shared go on. Only who paused lets it go on."""
    return _change(pair, by, Standing.PAUSED)


@action
def end(pair: Partnership, *, by: Viewer) -> Partnership:
    """Share no further case; the collaborator addresses are forgotten. A proposal is refused or taken
    back by it. What was shared stays shared, as nobody loses what they have read."""
    return _change(pair, by, Standing.ENDED)


def _let_go(pair: Partnership, side: Organisation, addresses: set[str]) -> None:
    """An address that is no longer agreed on is mailed no more, unless its owner has taken part."""
    other = pair.partner_of(side.pk)
    agreed = Participant.objects.filter(
        organisation=side, audience=Audience.PARTNER, address__in=addresses, case__sides__organisation=other
    )
    wrote = Message.objects.filter(case=OuterRef("case"), author_address=OuterRef("address"))
    agreed.filter(~Exists(wrote)).update(is_subscribed=False)


def _change(pair: Partnership, by: Viewer, goal: Standing) -> Partnership:
    by = settings_held(by, Permission.SETTINGS)
    stored = _held(pair, by)
    before = stored.standing
    if before is goal:
        return stored
    if obstacle := _obstacle(stored, by, goal):
        raise Conflict(obstacle)
    stored.is_active = goal is Standing.ACTIVE
    stored.waits_for = None
    stored.paused_by_id = by.us if goal is Standing.PAUSED else None
    if goal is Standing.ENDED:
        for side in (stored.shipper, stored.carrier):
            _let_go(stored, side, set(stored.addresses_of(side.pk)))
        stored.shipper_addresses, stored.carrier_addresses = [], []
    stored.save()
    changes = {"standing": [before.value, goal.value]}
    note(SettingChanged(topic="partnership", key=stored.pk), by, stored.partner_of(by.us).name, changes)
    return stored


def _obstacle(pair: Partnership, by: Viewer, goal: Standing) -> str:
    """Why it can't come to that, "" where it can."""
    partner = {"partner": pair.partner_of(by.us)}
    if goal is Standing.PAUSED and pair.standing is not Standing.ACTIVE:
        return _("Only an active partnership can be paused.")
    if goal is not Standing.ACTIVE:
        return ""
    if pair.waits_for_id is not None and pair.waits_for_id != by.us:
        return _("%(partner)s has not answered yet.") % partner
    if pair.paused_by_id is not None and pair.paused_by_id != by.us:
        return _("%(partner)s has paused this partnership.") % partner
    if pair.standing is Standing.ENDED and pair.partner_of(by.us).signs_in:
        return _("This partnership has ended. Ask %(partner)s anew.") % partner
    return ""


def _held(pair: Partnership, by: Viewer) -> Partnership:
    """The partnership as it is stored, held until the transaction ends: both sides may change it."""
    partnership_of(by, pair.pk)
    Partnership.objects.select_for_update(no_key=True).get(pk=pair.pk)
    return partnership_of(by, pair.pk)


def _pair(ours: Organisation, other: Organisation) -> tuple[Partnership, bool]:
    is_shipper = ours.kind == Organisation.Kind.SHIPPER
    shipper, carrier = (ours, other) if is_shipper else (other, ours)
    return Partnership.objects.select_for_update(no_key=True, of=("self",)).get_or_create(
        shipper=shipper, carrier=carrier
    )


def _code_for(name: str) -> str:
    """A code that tells nobody whether another organisation works with a company of that name."""
    return f"{slugify(name)[:36] or 'partner'}-{secrets.token_hex(4)}"
