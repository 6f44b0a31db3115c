"""In whose name a mail goes out, and where its replies go."""

from dataclasses import dataclass

from django.conf import settings

from caseway.accounts.models import Brand, Organisation
from caseway.core.text import clean_line
from caseway.mail.models import Mailbox


@dataclass(frozen=True)
class Sender:
    """The From of a mail, and the mailbox that takes its replies (none: they go to From)."""

    address: str
    name: str
    mailbox: Mailbox | None = None


def mailbox_for(organisation: Organisation, brand: Brand | None) -> Mailbox | None:
    """The mailbox for replies: the brand's own, else one of no brand, else any of the organisation."""
    active = list(Mailbox.objects.filter(organisation=organisation, is_active=True).order_by("pk"))
    if not active:
        return None
    brand_id = brand.pk if brand else None
    return min(active, key=lambda box: (box.brand_id != brand_id, box.brand_id is not None))


def sender_for(organisation: Organisation | None, brand: Brand | None, person_name: str = "") -> Sender:
    """The sender of a mail of `organisation`; the installation's own where there is none.

    A person's name stands before the brand's: "Ana Ruiz (Larkfield)".
    """
    if organisation is None:
        return Sender(settings.DEFAULT_FROM_EMAIL, clean_line(person_name) or "Caseway")
    mailbox = mailbox_for(organisation, brand)
    own = brand.sender_address if brand else ""
    address = own or (mailbox.address if mailbox else settings.DEFAULT_FROM_EMAIL)
    house = brand.mail_name if brand else organisation.name
    name = f"{person_name} ({house})" if person_name else house
    return Sender(address, clean_line(name, 200), mailbox)
