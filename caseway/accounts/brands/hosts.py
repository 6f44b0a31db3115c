"""Host names of portals, as browsers ask for them."""

import ipaddress
import re

import idna
from django.conf import settings
from django.http.request import split_domain_port, validate_host
from django.utils.translation import gettext as _

from caseway.accounts.models import Brand
from caseway.core.errors import Invalid

_LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
LONGEST = 253


def brand_of_host(host: str) -> Brand | None:
    """The brand whose portal has this host (with or without port), its organisation joined."""
    name, _port = split_domain_port(host)
    return Brand.objects.select_related("organisation").filter(host=name.rstrip(".")).first()


def normal_host(typed: str) -> str | None:
    """The name in ASCII and lower case (RFC 5891), without a last dot; None for none.

    Raises Invalid at `host` for an address with scheme, path or port, for an IP address, and for
    what can't be a host name.
    """
    text = typed.strip().removesuffix(".")
    if not text:
        return None
    if any(sign in text for sign in "/:@?#[]"):
        raise Invalid({"host": _("Write the host name alone: neither https:// nor a port nor a path.")})
    name = _in_ascii(text)
    if len(name) > LONGEST or not all(_LABEL.fullmatch(label) for label in name.split(".")):
        raise _no_host(typed)
    if _is_number(name):
        raise Invalid({"host": _("Write a name, not an IP address.")})
    return name


def refuse_unanswered(host: str) -> None:
    """Raise Invalid at `host` for a name that requests never come in by, or that isn't a brand's.

    The installation's own names are everybody's: whoever took one would show their face to the
    customers of others.
    """
    if host in own_names():
        raise Invalid({"host": _("This is the address of the installation itself. Choose another.")})
    if not validate_host(host, settings.ALLOWED_HOSTS):
        words = _(
            "Caseway does not answer to %(host)s yet: ask the operator to add it to CASEWAY_ALLOWED_HOSTS."
        )
        raise Invalid({"host": words % {"host": host}})


def own_names() -> frozenset[str]:
    """Names of the installation that no brand may take."""
    return frozenset({settings.CASEWAY.host.lower(), "localhost"})


def _in_ascii(text: str) -> str:
    """Plain names as they are, others by IDNA with the mapping of browsers (UTS 46)."""
    if text.isascii():
        return text.lower()
    try:
        return idna.encode(text, uts46=True).decode("ascii").lower()
    except (idna.IDNAError, UnicodeError) as error:
        raise _no_host(text) from error


def _is_number(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return name.rpartition(".")[2].isdecimal()
    return True


def _no_host(typed: str) -> Invalid:
    words = _("%(host)s is no host name. Write one such as help.example.com.")
    return Invalid({"host": words % {"host": typed.strip()[:80]}})
