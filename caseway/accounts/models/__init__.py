"""The tables of organisations and people."""

from .audit import AuditEntry
from .organisation import Brand, Organisation, Partnership
from .person import Person
from .reset import PasswordResetRequest
from .staff import Membership, Role, Team

__all__ = [
    "AuditEntry",
    "Brand",
    "Membership",
    "Organisation",
    "Partnership",
    "PasswordResetRequest",
    "Person",
    "Role",
    "Team",
]
