"""Finding the shipment and the customer that a case is to belong to, for the desk's pickers."""

from django.db.models import Q
from markupsafe import Markup

from caseway.accounts.viewer import Viewer
from caseway.core.text import clean_line
from caseway.customers.models import Contact, CustomerAccount
from caseway.shipments.models import Shipment

MOST = 6
SHORTEST = 2
Items = list[dict[str, str]]


def shipments_found(viewer: Viewer, typed: str) -> Items:
    """Shipments of which some number begins with what was typed, the latest first."""
    rows = Shipment.objects.visible_to(viewer).with_number(typed).select_related("carrier", "shipper")
    return [shipment_item(row) for row in rows.order_by("-updated_at", "-pk")[:MOST]]


def shipment_item(row: Shipment) -> dict[str, str]:
    """A shipment as a picker shows it."""
    detail = (row.tracking_number, row.carrier_label, row.destination_name)
    return {
        "value": str(row.pk),
        "title": row.number,
        "detail": ", ".join(part for part in detail if part),
        "sign": Markup('<span class="status">{}</span>').format(row.get_status_display()),
    }


def contacts_found(viewer: Viewer, typed: str) -> Items:
    """Contacts whose name, address or account holds what was typed, by name."""
    words = clean_line(typed, 80)
    if len(words) < SHORTEST:
        return []
    fits = Q(name__icontains=words) | Q(email__icontains=words) | Q(account__name__icontains=words)
    rows = Contact.objects.visible_to(viewer).filter(fits).select_related("account")
    return [contact_item(row) for row in rows.order_by("name", "pk")[:MOST]]


def contact_item(row: Contact) -> dict[str, str]:
    """A contact as a picker shows it."""
    detail = (row.email, str(row.account or ""))
    return {"value": str(row.pk), "title": str(row), "detail": ", ".join(part for part in detail if part)}


def customers_found(viewer: Viewer, typed: str) -> Items:
    """Contacts and whole accounts that fit; values are `contact-1` and `account-1`."""
    words = clean_line(typed, 80)
    if len(words) < SHORTEST:
        return []
    people = [item | {"value": f"contact-{item['value']}"} for item in contacts_found(viewer, words)]
    fits = Q(name__icontains=words) | Q(number__istartswith=words)
    accounts = CustomerAccount.objects.visible_to(viewer).filter(fits).order_by("name", "pk")[:MOST]
    return people + [account_item(row) for row in accounts]


def account_item(row: CustomerAccount) -> dict[str, str]:
    """A whole account as a picker shows it."""
    return {"value": f"account-{row.pk}", "title": row.name, "detail": row.number, "sign": row.segment}
