"""The tables of mail: what came in, what goes out, and the addresses at both ends."""

from .address_state import AddressState
from .delivery import Delivery
from .mailbox import Mailbox
from .raw_mail import RawMail
from .why import Why

__all__ = ["AddressState", "Delivery", "Mailbox", "RawMail", "Why"]
