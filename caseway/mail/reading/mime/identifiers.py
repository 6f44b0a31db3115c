"""Message-IDs (RFC 5322 section 3.6.4), with their angle brackets."""

import re

IDENTIFIER = re.compile(r"<[^<>\s]{1,1000}>")


def identifiers_of(value: str) -> tuple[str, ...]:
    """Give every identifier of an unfolded header once, in order.

    Some programs leave out the brackets: then each word with an @ is one.
    """
    found = IDENTIFIER.findall(value)
    if not found:
        found = [f"<{word}>" for word in value.split() if "@" in word and word.isprintable()]
    return tuple(dict.fromkeys(found))


def identifier_of(value: str) -> str:
    """Give the first identifier of an unfolded header, "" if there is none."""
    found = identifiers_of(value)
    return found[0] if found else ""
