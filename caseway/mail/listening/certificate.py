"""The listener's certificate, read anew when its file changes: it is renewed every few weeks."""

import ssl
from pathlib import Path

import structlog

log = structlog.get_logger("caseway.mail.listening")


class Certificate:
    """Gives the TLS context of a PEM file with certificate, chain and key."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._read_at = 0
        self._context = self._read()

    def context(self) -> ssl.SSLContext:
        """The context of the file as it is now; the one before where the new one can't be used."""
        try:
            if self.path.stat().st_mtime_ns != self._read_at:
                self._context = self._read()
        except OSError:  # ssl.SSLError is one too
            log.exception("the certificate can't be read", path=str(self.path))
        return self._context

    def _read(self) -> ssl.SSLContext:
        self._read_at = self.path.stat().st_mtime_ns
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.path)
        return context
