"""Connections to servers that somebody typed into a form: never into a network that isn't theirs to reach.

The name is looked up once, each of its addresses is judged, and the connection goes to the very address
that was judged: a name that means something else a moment later (DNS rebinding) changes nothing.
"""

import socket
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from django.conf import settings

Address = IPv4Address | IPv6Address
NAT64 = ip_network("64:ff9b::/96")


class Forbidden(OSError):
    """The host's address is one of this machine, of its network, or of nobody."""


def connect(host: str, port: int, *, timeout: float) -> socket.socket:
    """A TCP connection to `host`, within `timeout` seconds for each of its addresses.

    Raises Forbidden where it lies in no public network nor one of CASEWAY_PRIVATE_NETWORKS;
    socket.gaierror for an unknown name, OSError where nobody answers.
    """
    failed: OSError = socket.gaierror(socket.EAI_NONAME, "no address")
    for family, kind, protocol, _, where in _found(host, port):
        if not may_be_reached(ip_address(str(where[0]).partition("%")[0])):
            failed = Forbidden(f"{host} is at {where[0]}")
            continue
        try:
            return _connected(family, kind, protocol, where, timeout)
        except OSError as error:
            failed = error
    raise failed


def may_be_reached(address: Address) -> bool:
    """Whether an address is public, whichever way it is written, or of a network that is allowed."""
    plain = _plain(address)
    if any(plain in network for network in settings.PRIVATE_NETWORKS):
        return True
    return plain.is_global and not plain.is_multicast


def _found(host: str, port: int) -> list[tuple[int, int, int, str, tuple[str | int, ...]]]:
    try:
        return socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)  # type: ignore[return-value]
    except UnicodeError as error:
        raise socket.gaierror(socket.EAI_NONAME, "no usable name") from error


def _connected(
    family: int, kind: int, protocol: int, where: tuple[str | int, ...], timeout: float
) -> socket.socket:
    connection = socket.socket(family, kind, protocol)
    try:
        connection.settimeout(timeout)
        connection.connect(where)
    except BaseException:
        connection.close()
        raise
    return connection


def _plain(address: Address) -> Address:
    """The IPv4 address inside an IPv6 one that leads to it (mapped, 6to4, Teredo, NAT64)."""
    if isinstance(address, IPv4Address):
        return address
    if address in NAT64:
        return IPv4Address(int(address) & 0xFFFF_FFFF)
    inner = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
    return inner or address
