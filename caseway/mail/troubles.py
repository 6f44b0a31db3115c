"""From what went wrong at a server to what a person is told."""

import imaplib
import socket
import ssl

from imapclient.exceptions import CapabilityError, LoginError

from caseway.core.outbound import Forbidden
from caseway.core.sealing import Unreadable
from caseway.core.text import clean_line
from caseway.mail.models import Trouble
from caseway.mail.models.trouble import NEEDS_A_PERSON

__all__ = ["NEEDS_A_PERSON", "Troubled", "troubled"]


class Troubled(Exception):
    """A mail server can't be used now; `trouble` says why, `detail` what was said."""

    def __init__(self, trouble: Trouble, detail: object = "") -> None:
        self.trouble = trouble
        self.detail = clean_line(str(detail), 300)
        super().__init__(trouble.told(self.detail))


def troubled(error: Exception) -> Troubled:
    """The trouble behind an error of the network, of TLS, or of the server."""
    for kind, trouble in _MEANINGS:
        if isinstance(error, kind):
            return Troubled(trouble, _words(error))
    return Troubled(Trouble.DEFECT, type(error).__name__)


_MEANINGS: tuple[tuple[type[Exception], Trouble], ...] = (
    (Unreadable, Trouble.NO_PASSWORD),
    (Forbidden, Trouble.FORBIDDEN_HOST),
    (ssl.SSLCertVerificationError, Trouble.CERTIFICATE),
    (socket.gaierror, Trouble.UNKNOWN_HOST),
    (LoginError, Trouble.SIGN_IN),
    (CapabilityError, Trouble.PROTOCOL),
    (imaplib.IMAP4.abort, Trouble.UNREACHABLE),
    (imaplib.IMAP4.error, Trouble.PROTOCOL),
    (OSError, Trouble.UNREACHABLE),
)


def _words(error: Exception) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return error.verify_message
    if isinstance(error, TimeoutError):
        return "timeout"
    return (error.strerror or str(error)) if isinstance(error, OSError) else str(error)
