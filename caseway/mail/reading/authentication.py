"""Authentication-Results headers (RFC 8601), read but not judged."""

import re

from caseway.mail.reading.mime.headers import Headers
from caseway.mail.reading.model import AuthenticationResult, AuthenticationResults

COMMENT = re.compile(r"\([^()]*\)")
METHOD = re.compile(r"\s*([A-Za-z0-9_-]{1,40})(?:/\d+)?\s*=\s*([A-Za-z0-9_-]{1,40})")
PROPERTY = re.compile(r'([A-Za-z0-9_-]{1,40}(?:\.[A-Za-z0-9_-]{1,60})?)\s*=\s*("[^"]*"|[^\s;]+)')

MOST_HEADERS = 50
MOST_CHARACTERS = 20_000


def authentication_results_of(headers: Headers) -> tuple[AuthenticationResults, ...]:
    """Read the headers in the order of the message: the topmost was written last.

    A sender can write such a header too. Only that of a server one trusts counts, and that
    server removes foreign ones with its own name.
    """
    values = list(headers.raw_values("authentication-results"))[:MOST_HEADERS]
    return tuple(_results(value[:MOST_CHARACTERS]) for value in values)


def _results(value: str) -> AuthenticationResults:
    for _ in range(3):
        value = COMMENT.sub(" ", value)
    identity, *statements = value.split(";")
    words = identity.split()
    read = (_result(statement) for statement in statements)
    return AuthenticationResults(
        authserv_id=words[0].lower() if words else "",
        results=tuple(result for result in read if result is not None),
    )


def _result(statement: str) -> AuthenticationResult | None:
    method = METHOD.match(statement)
    if not method:
        return None
    properties = PROPERTY.findall(statement, method.end())
    return AuthenticationResult(
        method=method[1].lower(),
        result=method[2].lower(),
        properties=tuple((name.lower(), value.strip('"')) for name, value in properties),
    )
