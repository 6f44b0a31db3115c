"""How much of a long conversation a page begins with, and how it is unfolded."""

UNFOLDED = 50
"""Messages that a case's page begins with; older ones are folded."""
STEP = 500
"""How many more are unfolded at once."""
MOST = 5000
"""Messages of one page at most."""


def unfolded(asked: str) -> int:
    """How many messages an address asks for; as many as a page begins with for anything else."""
    number = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 10 else 0
    return max(UNFOLDED, min(number, MOST))
