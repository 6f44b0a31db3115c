"""A real mail server with a certificate and a password, for tests of the outbox."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from caseway.core.clock import now
from tests.ports import free_port

HOST = "localhost"
USER, PASSWORD = "caseway", "correct horse"


def certificate(folder: Path, *names: str) -> Path:
    """A file with a new key and a certificate for these names, signed by itself, good for a day."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, names[0])])
    cert = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now() - timedelta(hours=1))
        .not_valid_after(now() + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(one) for one in names]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file = folder / f"{names[0]}.pem"
    file.write_bytes(private + cert.public_bytes(serialization.Encoding.PEM))
    return file


class Post:
    """What the server took: recipients with their mails, and whether they came encrypted."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, bytes]] = []
        self.logins: list[tuple[str, str]] = []
        self.was_clear = False

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        assert server.transport is not None
        self.was_clear |= server.transport.get_extra_info("cipher") is None
        self.taken.append((envelope.rcpt_tos[0], envelope.original_content or b""))
        return "250 taken"

    def authenticate(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, given: LoginPassword
    ) -> AuthResult:
        """Whether the password is right; it is only ever asked for over TLS."""
        self.logins.append((given.login.decode(), given.password.decode()))
        return AuthResult(success=self.logins[-1] == (USER, PASSWORD), handled=False)


@contextmanager
def mail_server(pem: Path | None, *, implicit: bool = False) -> Iterator[tuple[int, Post]]:
    """A server that takes mail over TLS and after a login only; gives its port and its post.

    Without a certificate it takes everything from anybody, and knows no TLS.
    """
    post = Post()
    controller = Controller(post, hostname=HOST, port=free_port(), **_locks(pem, post, implicit=implicit))
    controller.start()
    try:
        yield controller.port, post
    finally:
        controller.stop()


def _locks(pem: Path | None, post: Post, *, implicit: bool) -> dict[str, Any]:
    if pem is None:
        return {}
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    login = {"auth_required": True, "authenticator": post.authenticate}
    if implicit:
        # aiosmtpd doesn't notice that such a line is encrypted from the start.
        return {"ssl_context": context, "auth_require_tls": False, **login}
    return {"tls_context": context, "require_starttls": True, **login}
