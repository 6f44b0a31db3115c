"""Dovecot with folders and ports of its own: IMAP with TLS, STARTTLS and OAuth 2, and LMTP."""

import contextlib
import os
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from imapclient import IMAPClient

from tests.faults.processes import wait_until
from tests.ports import free_port

from .certificate import make_certificate
from .packages import LINK, environment, unpacked

PASSWORD = "herd-of-swift-horses"
_CONFIGURATION = """
base_dir = {run}
state_dir = {run}
libexec_dir = {home}
instance_name = {name}
verbose_proctitle = yes
log_path = {folder}/dovecot.log
import_environment = LD_LIBRARY_PATH={libraries}
protocols = imap lmtp
listen = 127.0.0.1
default_internal_user = daemon
default_internal_group = daemon
default_login_user = nobody
first_valid_uid = 1
mail_location = maildir:{folder}/mails/%n
mail_uid = mail
mail_gid = mail
postmaster_address = postmaster@localhost
ssl = yes
ssl_cert = <{certificate}
ssl_key = <{key}
ssl_dh =
disable_plaintext_auth = no
auth_mechanisms = plain login {mechanisms}
login_trusted_networks =
userdb {{
  driver = static
  args = home={folder}/mails/%n allow_all_users=yes
}}
passdb {{
  driver = static
  args = password={password}
  mechanisms = plain login
}}
{oauth}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = {imaps}
  }}
}}
service lmtp {{
  user = root
  inet_listener lmtp {{
    address = 127.0.0.1
    port = {lmtp}
  }}
}}
service auth {{
  unix_listener {folder}/auth {{
    mode = 0666
  }}
}}
service anvil {{
  chroot =
}}
namespace inbox {{
  inbox = yes
  separator = /
}}
"""
_OAUTH = """
passdb {{
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = {folder}/oauth.conf
}}
"""


@dataclass(frozen=True)
class Dovecot:
    """A running server; any user may sign in with PASSWORD, and has a mailbox of their own."""

    folder: Path
    imap: int
    imaps: int
    lmtp: int
    certificate: Path
    key: Path

    @property
    def auth_socket(self) -> Path:
        """Where Postfix asks for people's passwords."""
        return self.folder / "auth"

    @contextlib.contextmanager
    def mailbox(self, user: str, folder: str = "INBOX") -> Iterator[IMAPClient]:
        """The user's folder, as their own mail program sees it."""
        with IMAPClient("127.0.0.1", self.imap, ssl=False) as client:
            client.login(user, PASSWORD)
            client.select_folder(folder)
            yield client

    def put(self, user: str, *mails: bytes, flags: tuple[bytes, ...] = ()) -> None:
        """Put mails into the user's inbox."""
        with self.mailbox(user) as client:
            for mail in mails:
                client.append("INBOX", mail, flags)

    def drop(self, user: str) -> None:
        """End every connection of the user, as a server does that restarts."""
        for line in subprocess.run(
            ["ps", "-eo", "pid,args"], capture_output=True, text=True, check=True
        ).stdout.splitlines():
            pid, _, words = line.strip().partition(" ")
            if f"[{user} " in words:
                os.kill(int(pid), signal.SIGTERM)


@contextlib.contextmanager
def dovecot(introspection: str = "") -> Iterator[Dovecot]:
    """A server for one test; `introspection` is where it asks whether tokens are good (RFC 7662)."""
    root = unpacked()
    with tempfile.TemporaryDirectory(prefix="dovecot-", dir="/tmp") as place:
        folder = Path(place)
        folder.chmod(0o755)
        (folder / "mails").mkdir()
        (folder / "mails").chmod(0o777)
        certificate, key = make_certificate(folder)
        server = Dovecot(folder, free_port(), free_port(), free_port(), certificate, key)
        _write_configuration(server, root, introspection)
        with _running(server, root):
            yield server


def _write_configuration(server: Dovecot, root: Path, introspection: str) -> None:
    folder = server.folder
    if introspection:
        (folder / "oauth.conf").write_text(
            f"introspection_url = {introspection}\nintrospection_mode = post\n"
            "username_attribute = username\nactive_attribute = active\nactive_value = true\n"
        )
    (folder / "dovecot.conf").write_text(
        _CONFIGURATION.format(
            home=LINK,
            folder=folder,
            run=folder / "run",
            name=folder.name,
            libraries=environment(root)["LD_LIBRARY_PATH"],
            certificate=server.certificate,
            key=server.key,
            password=PASSWORD,
            mechanisms="xoauth2 oauthbearer" if introspection else "",
            oauth=_OAUTH.format(folder=folder) if introspection else "",
            imap=server.imap,
            imaps=server.imaps,
            lmtp=server.lmtp,
        )
    )


@contextlib.contextmanager
def _running(server: Dovecot, root: Path) -> Iterator[None]:
    # Dovecot looks for doveconf in /usr/bin and nowhere else; this is how it would begin with it.
    doveconf = f"{root}/usr/bin/doveconf"
    program = f"{root}/usr/sbin/dovecot"
    configuration = f"{server.folder}/dovecot.conf"
    process = subprocess.Popen(
        [doveconf, "-f", "service=master", "-c", configuration, "-m", "master", *["-e", program, "-F"]],
        env={**environment(root), "CONFIG_FILE": configuration},
        stdout=subprocess.DEVNULL,
        stderr=(server.folder / "errors").open("w"),
        start_new_session=True,
    )
    try:
        wait_until(lambda: answers(server.imap) and answers(server.lmtp), 10)
        yield
    except AssertionError as failed:
        log = server.folder / "dovecot.log"
        told = (server.folder / "errors").read_text() + (log.read_text() if log.exists() else "")
        raise AssertionError(told[-4000:]) from failed
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.kill(process.pid, signal.SIGTERM)
        process.wait(20)


def answers(port: int) -> bool:
    """Whether somebody listens."""
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
        return True
    return False
