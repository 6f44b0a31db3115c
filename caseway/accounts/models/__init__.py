"""The tables of organisations and people."""

from .audit import AuditEntry
from .brand import Brand
from .organisation import Organisation
from .partnership import PartnerInvitation, Partnership
from .person import Person
from .reset import PasswordResetRequest
from .staff import Membership, Role, Team

__all__ = [
    "AuditEntry",
    "Brand",
    "Membership",
    "Organisation",
    "PartnerInvitation",
    "Partnership",
    "PasswordResetRequest",
    "Person",
    "Role",
    "Team",
]
