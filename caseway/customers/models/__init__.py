"""The tables of customers."""

from .account import Contact, CustomerAccount
from .domain import SignUpDomain
from .invitation import Invitation
from .sign_up import SignUpRequest

__all__ = ["Contact", "CustomerAccount", "Invitation", "SignUpDomain", "SignUpRequest"]
