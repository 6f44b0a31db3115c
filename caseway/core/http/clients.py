"""Who is at the other end, as far as the network says."""

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The address of the client; behind N trusted proxies the N-th of `X-Forwarded-For` from the right.

    What stands further left was written by the client and is never believed.
    """
    direct = str(request.META.get("REMOTE_ADDR", ""))
    trusted = settings.CASEWAY.proxies
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]
    if not trusted or len(hops) < trusted:
        return direct
    return hops[-trusted] if _is_address(hops[-trusted]) else direct


def is_local(request: HttpRequest) -> bool:
    """Whether the request was made on this machine and passed no proxy on its way."""
    if "X-Forwarded-For" in request.headers or "Forwarded" in request.headers:
        return False
    direct = str(request.META.get("REMOTE_ADDR", ""))
    return _is_address(direct) and ip_address(direct).is_loopback


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
