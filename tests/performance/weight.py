"""What a browser loads at its first visit: the page and all that it names, compressed."""

import gzip
import re
from urllib.parse import urljoin

import requests

from tests.performance.serving import signed_in
from tests.performance.world import World

_NAMED = re.compile(r"""\b(?:src|href)="([^"#?]+\.(?:css|js|svg|png|ico|webp|jpg|woff2)(?:\?[^"#]*)?)["#]""")
_IN_CSS = re.compile(r"""url\("?([^")]+)"?\)""")
_COMPRESSES = re.compile(r"text/|javascript|json|svg|xml")


def weigh_all(world: World, address: str) -> dict[str, int]:
    """Bytes of the first visits, by name."""
    return {
        "portal_first_visit": weight_of(f"{address}/", signed_in(address, world.customer)),
        "desk_first_visit": weight_of(f"{address}/desk/cases/", signed_in(address, world.agent)),
    }


def weight_of(url: str, session: requests.Session) -> int:
    """Bytes of the page at `url`, of what it names, and of what that names, each once."""
    session.headers["Accept-Encoding"] = "gzip"
    waiting, seen, total = [url], set[str](), 0
    while waiting:
        asked = waiting.pop()
        if asked in seen:
            continue
        seen.add(asked)
        answer = session.get(asked, timeout=30, stream=True)
        answer.raise_for_status()
        sent = answer.raw.read(decode_content=False)
        kind = answer.headers.get("Content-Type", "")
        packed = answer.headers.get("Content-Encoding") == "gzip"
        plain = gzip.decompress(sent) if packed else sent
        # What the server leaves to a proxy counts as a proxy compresses it.
        total += len(gzip.compress(plain)) if not packed and _COMPRESSES.search(kind) else len(sent)
        waiting += _named_in(plain.decode("utf-8", "replace"), kind, asked)
    return total


def _named_in(text: str, kind: str, base: str) -> list[str]:
    if "html" in kind:
        return [urljoin(base, found) for found in _NAMED.findall(text)]
    if "css" in kind:
        return [
            urljoin(base, found) for found in _IN_CSS.findall(text) if not found.startswith(("data:", "#"))
        ]
    return []
