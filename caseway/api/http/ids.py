"""Ids as the API gives and takes them: opaque strings, which happen to be numbers here."""


def id_of(sent: str | None) -> int | None:
    """The key that was sent, or None for what can be none."""
    if sent and sent.isascii() and sent.isdecimal() and len(sent) < 19:
        return int(sent)
    return None
