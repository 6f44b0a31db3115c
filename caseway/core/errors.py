"""Errors of the domain: few, and each with words for a person.

One place (`caseway.core.http` for pages, `caseway.api` for problem documents) turns them
into an answer; nobody else catches them to make one.
"""

from collections.abc import Mapping, Sequence


class DomainError(Exception):
    """Something that the caller may be told. `message` says what to do about it."""

    status = 400
    title = "That did not work"

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class NotFound(DomainError):
    """There is no such thing, or the caller may not know of it: the two look the same."""

    status = 404
    title = "Not found"

    def __init__(self, message: str = "There is nothing here that you can see.") -> None:
        super().__init__(message)


class NotAllowed(DomainError):
    """The caller sees the thing, but may not do this to it."""

    status = 403
    title = "Not allowed"


class Conflict(DomainError):
    """The state of the thing forbids it, often since somebody else was quicker."""

    status = 409
    title = "It has changed"


class Blocked(Conflict):
    """Something else has to be done first: `blockers` are what, each with `id`, `title` and `url`."""

    def __init__(self, message: str, *, blockers: Sequence[Mapping[str, str]]) -> None:
        super().__init__(message)
        self.blockers = [dict(one) for one in blockers]


class Stale(Conflict):
    """The caller's version is older than the stored one; `current` is what is stored now."""

    status = 412
    title = "Somebody else changed it first"

    def __init__(self, message: str, *, current: Mapping[str, object] | None = None) -> None:
        super().__init__(message)
        self.current = dict(current or {})


class Invalid(DomainError):
    """The input cannot be taken. `errors` maps each field to what is wrong and how to mend it."""

    status = 422
    title = "Please check what you entered"

    def __init__(self, errors: Mapping[str, str] | str, *, field: str = "") -> None:
        by_field = {field: errors} if isinstance(errors, str) else dict(errors)
        super().__init__(" ".join(by_field.values()))
        self.errors = by_field


class Unavailable(DomainError):
    """Something that we need does not answer just now; the same again may work in a while."""

    status = 503
    title = "Not possible at the moment"


class TooMany(DomainError):
    """The caller has done this too often; `retry_after` is in seconds."""

    status = 429
    title = "Too many attempts"

    def __init__(self, message: str, *, retry_after: int) -> None:
        super().__init__(message)
        self.retry_after = retry_after
