"""The tables of customers."""

from .account import Contact, CustomerAccount

__all__ = ["Contact", "CustomerAccount"]
