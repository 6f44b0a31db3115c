"""Every address declares who comes in. A view that does not is a hole, and fails here."""

from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from caseway.accounts.access import declared_access

# Who comes in there is decided elsewhere, and tested there.
ELSEWHERE = {
    "admin/": "django's admin: system administrators only (caseway/accounts/administration)",
    "api/": "every operation declares its own access (caseway/api)",
    "health/": "tells nothing but that the process runs",
    "metrics": "this machine, or a token (caseway/core/metrics)",
    "static/": "style sheets, scripts and pictures",
    "ui/": "style sheets made from a colour",
}


def addresses(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        path = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from addresses(entry, path)
        else:
            yield path.replace("^", ""), entry


EVERY = sorted(addresses(get_resolver()), key=lambda found: found[0])


@pytest.mark.parametrize(("path", "entry"), EVERY, ids=[path for path, _ in EVERY])
def test_the_view_declares_its_access(path: str, entry: URLPattern) -> None:
    if path.startswith(tuple(ELSEWHERE)):
        return
    assert declared_access(entry.callback), (
        f"{path} is open to everyone by accident: decorate its view with @desk_page, @portal_page, "
        "@signed_in_page or @public_page of caseway.accounts.access"
    )


def test_what_is_decided_elsewhere_exists() -> None:
    unused = {p for p in ELSEWHERE if not any(path.startswith(p) for path, _ in EVERY)}
    assert unused <= {"api/", "static/"}
