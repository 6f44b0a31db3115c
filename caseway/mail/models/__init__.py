"""The tables of mail: what came in, what goes out, and the addresses at both ends."""

from .address_state import AddressState
from .blocked_sender import BlockedSender
from .delivery import Delivery
from .grant import Grant
from .imap_account import ImapAccount
from .mailbox import Mailbox
from .raw_mail import RawMail
from .smtp_account import SmtpAccount
from .trouble import Trouble
from .why import Why

__all__ = [
    "AddressState",
    "BlockedSender",
    "Delivery",
    "Grant",
    "ImapAccount",
    "Mailbox",
    "RawMail",
    "SmtpAccount",
    "Trouble",
    "Why",
]
