"""The variables of canned answers: a short, closed list, each with the readers who may know its value.

A text is never evaluated: a variable is a name of this list between double braces, and whatever
else stands there refuses the text when it is saved.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from caseway.accounts.models import Person
from caseway.cases.models import Side
from caseway.cases.types import Audience

if TYPE_CHECKING:
    # Comes with the tools of development only.
    from django_stubs_ext import StrOrPromise

PATTERN = re.compile(r"\{\{\s*(.*?)\s*\}\}", re.DOTALL)
OURS = frozenset({Audience.TEAM, Audience.RECORD})
CUSTOMERS = OURS | {Audience.CUSTOMER}
PARTNERS = OURS | {Audience.PARTNER}
EVERYBODY = frozenset(Audience)


@dataclass(frozen=True)
class Scene:
    """What the values are taken from: our side of a case, the partner's name, and who writes."""

    side: Side
    partner: str
    writer: Person


@dataclass(frozen=True)
class Variable:
    """One name, what it stands for, who may read its value, and the value ("" where there is none)."""

    label: "StrOrPromise"
    readers: frozenset[Audience]
    value: Callable[[Scene], str]


def _customer(scene: Scene) -> str:
    return scene.side.case.contact.name if scene.side.case.contact else ""


def _shipments(name: str) -> Callable[[Scene], str]:
    def value(scene: Scene) -> str:
        shipment = scene.side.case.shipment
        return str(getattr(shipment, name) or "") if shipment else ""

    return value


def _arrival(scene: Scene) -> str:
    eta = scene.side.case.shipment.eta if scene.side.case.shipment else None
    return date_format(localtime(eta), "DATE_FORMAT") if eta else ""


def _shipment_status(scene: Scene) -> str:
    shipment = scene.side.case.shipment
    return shipment.get_status_display() if shipment else ""


def _deadline(scene: Scene) -> str:
    deadline = scene.side.deadline
    return date_format(localtime(deadline), "DATETIME_FORMAT") if deadline else ""


def _brand(scene: Scene) -> str:
    case = scene.side.case
    return case.brand.name if case.brand else scene.side.organisation.name


VARIABLES: dict[str, Variable] = {
    "customer.name": Variable(gettext_lazy("Customer's name"), CUSTOMERS, _customer),
    "customer.first_name": Variable(
        gettext_lazy("Customer's first name"), CUSTOMERS, lambda scene: _customer(scene).split(" ", 1)[0]
    ),
    "customer.account": Variable(
        gettext_lazy("Customer account"),
        CUSTOMERS,
        lambda scene: scene.side.case.account.name if scene.side.case.account else "",
    ),
    "brand.name": Variable(gettext_lazy("Brand"), CUSTOMERS, _brand),
    "case.number": Variable(gettext_lazy("Case number"), EVERYBODY, lambda scene: scene.side.number),
    "case.subject": Variable(
        gettext_lazy("Subject on our side"), CUSTOMERS, lambda scene: scene.side.subject
    ),
    "case.type": Variable(gettext_lazy("Case type"), EVERYBODY, lambda scene: scene.side.get_type_display()),
    "case.deadline": Variable(gettext_lazy("Our deadline"), OURS, _deadline),
    "case.crm_number": Variable(gettext_lazy("Our CRM number"), OURS, lambda scene: scene.side.crm_number),
    "shipment.number": Variable(gettext_lazy("Shipment number"), EVERYBODY, _shipments("number")),
    "shipment.tracking": Variable(gettext_lazy("Tracking number"), EVERYBODY, _shipments("tracking_number")),
    "shipment.reference": Variable(
        gettext_lazy("Reference number"), EVERYBODY, _shipments("reference_number")
    ),
    "shipment.po": Variable(gettext_lazy("PO"), EVERYBODY, _shipments("purchase_order")),
    "shipment.order": Variable(gettext_lazy("Order number"), EVERYBODY, _shipments("order_number")),
    "shipment.status": Variable(gettext_lazy("Shipment status"), EVERYBODY, _shipment_status),
    "shipment.eta": Variable(gettext_lazy("Expected arrival"), EVERYBODY, _arrival),
    "shipment.destination": Variable(gettext_lazy("Destination"), EVERYBODY, _shipments("destination_name")),
    "shipment.carrier": Variable(gettext_lazy("Carrier"), EVERYBODY, _shipments("carrier_label")),
    "partner.name": Variable(gettext_lazy("Partner"), PARTNERS, lambda scene: scene.partner),
    "agent.name": Variable(gettext_lazy("Your name"), EVERYBODY, lambda scene: scene.writer.name),
    "agent.first_name": Variable(
        gettext_lazy("Your first name"), EVERYBODY, lambda scene: scene.writer.get_short_name()
    ),
    "organisation.name": Variable(
        gettext_lazy("Our organisation"), EVERYBODY, lambda scene: scene.side.organisation.name
    ),
}


def names_in(text: str) -> list[str]:
    """What stands between double braces, each once, in its order; known or not."""
    return list(dict.fromkeys(PATTERN.findall(text)))


def objection_to(text: str) -> str:
    """Why the text can't be saved: variables that there are none, or braces that are left open."""
    unknown = [name for name in names_in(text) if name not in VARIABLES]
    if unknown:
        named = ", ".join(f"{{{{{name[:40]}}}}}" for name in unknown[:5])
        return _("There is no variable %(names)s. Choose from the list.") % {"names": named}
    left = PATTERN.sub("", text)
    if "{{" in left or "}}" in left:
        return _("Two braces stand alone. Write a variable as {{customer.name}}.")
    return ""


def readers_of(text: str) -> frozenset[Audience]:
    """The audiences that may read all of its values."""
    readers = EVERYBODY
    for name in names_in(text):
        readers &= VARIABLES[name].readers if name in VARIABLES else frozenset()
    return readers


def filled(text: str, scene: Scene) -> tuple[str, int]:
    """The text with its values, and how many blanks are left to the writer, as `[Tracking number]`."""
    missing: set[str] = set()

    def value(found: re.Match[str]) -> str:
        variable = VARIABLES[found[1]]
        known = variable.value(scene)
        if not known:
            missing.add(found[1])
        return known or f"[{variable.label}]"

    return PATTERN.sub(value, text), len(missing)
