"""The tables of organisations and people."""

from .organisation import Brand, Organisation, Partnership
from .person import Person
from .reset import PasswordResetRequest
from .staff import Membership, Role, Team

__all__ = [
    "Brand",
    "Membership",
    "Organisation",
    "Partnership",
    "PasswordResetRequest",
    "Person",
    "Role",
    "Team",
]
