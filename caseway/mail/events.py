"""What people do with mails that came in, for the organisation's log."""

from dataclasses import dataclass

from caseway.core.events import Event


@dataclass(frozen=True, kw_only=True)
class MailEvent(Event):
    """Somebody did something with a mail that came in; the log names it by sender and number."""

    mail_id: int


class MailViewed(MailEvent):
    """Its source was read, as it came."""

    kind = "mail.viewed"


class MailDownloaded(MailEvent):
    """Its source was taken away as a file."""

    kind = "mail.downloaded"


class MailAccepted(MailEvent):
    """It was held, and somebody let it in."""

    kind = "mail.accepted"


class MailRefused(MailEvent):
    """It was held, and somebody set it aside."""

    kind = "mail.refused"


class MailProcessedAgain(MailEvent):
    """It was processed once more; number 0: all that had failed."""

    kind = "mail.processed_again"


@dataclass(frozen=True, kw_only=True)
class AddressWorksAgain(Event):
    """An agent says that an address from which mail came back can be written to."""

    kind = "address.works_again"

    address_id: int
