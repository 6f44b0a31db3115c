"""Why the database can't be used, in one line."""


class DatabaseRefused(Exception):
    """The message is one clear line for the person who started a command."""


def first_line(problem: BaseException) -> str:
    """What a driver or the system said, cut to its first line."""
    return next(iter(str(problem).strip().splitlines()), type(problem).__name__)
