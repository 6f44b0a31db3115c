"""Which addresses a side of a partnership may have."""

from collections.abc import Collection, Iterable

from django.utils.translation import gettext as _

from caseway.core.errors import Invalid
from caseway.customers.invitations.rules import good_address

from .queries import is_received_here

MOST = 50


def checked(typed: Iterable[str], stored: Collection[str] = ()) -> tuple[list[str], dict[str, str]]:
    """The addresses that are good, in the order typed, and what is wrong with each of the others.

    One that is `stored` has been taken before, whatever it has become since.
    """
    good: list[str] = []
    refused: dict[str, str] = {}
    for line in (line.strip() for line in typed):
        if not line:
            continue
        try:
            good.append(_one(line, good, stored))
        except Invalid as invalid:
            refused[line] = next(iter(invalid.errors.values()))
    return good, refused


def _one(line: str, before: list[str], stored: Collection[str]) -> str:
    address = good_address(line)
    if address in before:
        raise Invalid({"email": _("%(address)s stands there already.") % {"address": address}})
    if address not in stored and is_received_here(address):
        words = _("%(address)s is a mailbox of Caseway itself: its mail would come back here.")
        raise Invalid({"email": words % {"address": address}})
    if len(before) >= MOST:
        raise Invalid({"email": _("Keep it to %(limit)s addresses.") % {"limit": MOST}})
    return address
