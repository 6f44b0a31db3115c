"""Locks out whoever fails too often, by address and by network, in counters that all processes share.

A refused attempt costs no password check and tells nothing: addresses that nobody has lock as
well. A lock ends by itself when its window does; a new password doesn't end it earlier.
"""

from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address, ip_network

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from caseway.core import limits
from caseway.core.errors import TooMany
from caseway.core.http.clients import client_address
from caseway.core.text import normal_address

WINDOW_SECONDS = 15 * 60
FAILURES_BY_ADDRESS = 5
FAILURES_BY_CLIENT = 50


@dataclass(frozen=True)
class Tries:
    """How many may fail under one key: `most` in a window of so many seconds."""

    key: str
    most: int
    window: int = WINDOW_SECONDS


def count_as_failed(*tries: Tries) -> None:
    """Count an attempt as failed under each key, before anything is checked; raises TooMany when locked out.

    Counting first means that a thousand attempts at once are a thousand counts.
    """
    for one in tries:
        if limits.count(one.key, one.window) > one.most:
            raise locked_out(limits.seconds_left(one.key))


def of_client(client: str) -> Tries:
    """What one client may try, whatever it is: passwords and codes share it."""
    return Tries(f"sign-in client {client}", FAILURES_BY_CLIENT)


@dataclass(frozen=True)
class Attempt:
    """One try to sign in, with the typed address, from one client's network."""

    address: str
    client: str

    @classmethod
    def of(cls, request: HttpRequest, address: str) -> "Attempt":
        """The attempt that `request` makes."""
        return cls(normal_address(address), network_of(client_address(request)))

    def begin(self) -> None:
        """Count the attempt as failed, before the password is checked; raises TooMany when locked out."""
        count_as_failed(self._of_address, of_client(self.client))

    def succeed(self) -> None:
        """The attempt was good: the address begins anew, the client loses this count only.

        Somebody with an account of their own can't clear the client's failures by signing in.
        """
        limits.forget(self._of_address.key)
        limits.take_back(of_client(self.client).key)

    @property
    def _of_address(self) -> Tries:
        return Tries(f"sign-in address {self.address}", FAILURES_BY_ADDRESS)


def network_of(address: str) -> str:
    """What counts as one client: an IPv4 address, or the /64 network of an IPv6 one."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, IPv6Address) and not parsed.ipv4_mapped:
        return str(ip_network((parsed, 64), strict=False))
    return str(getattr(parsed, "ipv4_mapped", None) or parsed)


def locked_out(seconds: int) -> TooMany:
    """The error that says when to try again."""
    minutes = max(1, -(-seconds // 60))
    when = ngettext("in %(minutes)s minute", "in %(minutes)s minutes", minutes) % {"minutes": minutes}
    message = _("Too many attempts. Try again %(when)s. A new password does not shorten the wait.")
    return TooMany(message % {"when": when}, retry_after=max(1, seconds))
