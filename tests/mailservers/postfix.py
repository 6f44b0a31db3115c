"""Postfix with folders and ports of its own: takes mail over STARTTLS from whom signs in, and hands it on."""

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.faults.processes import wait_until
from tests.ports import free_port

from .dovecot import Dovecot, answers
from .packages import environment, unpacked

QUEUES = ("active", "bounce", "corrupt", "defer", "deferred", "flush", "hold", "incoming", "saved", "trace")
_MAIN = """
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
command_directory = {root}/usr/sbin
daemon_directory = {root}/usr/lib/postfix/sbin
shlib_directory = {root}/usr/lib/postfix
meta_directory = {folder}/etc
mail_owner = daemon
setgid_group = games
default_privs = nobody
import_environment = MAIL_CONFIG LD_LIBRARY_PATH={libraries}
maillog_file = {folder}/postfix.log
maillog_file_prefixes = {folder}
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mail.localhost
mydestination =
mynetworks =
alias_maps =
local_recipient_maps =
transport_maps = inline:{{ {transports} }}
relay_domains = {domains}
relay_transport = error:nobody
default_transport = error:nobody
smtp_host_lookup = native
lmtp_host_lookup = native
disable_dns_lookups = yes
smtpd_tls_cert_file = {certificate}
smtpd_tls_key_file = {key}
smtpd_tls_security_level = encrypt
smtpd_tls_auth_only = yes
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = {auth}
smtpd_relay_restrictions = permit_sasl_authenticated, reject
smtpd_recipient_restrictions = permit_sasl_authenticated, reject
smtpd_tls_session_cache_database =
lmtp_tls_security_level = none
smtpd_peername_lookup = no
"""
_MASTER = """
127.0.0.1:{port} inet n - n - - smtpd
pickup    unix n - n 60  1 pickup
cleanup   unix n - n -   0 cleanup
qmgr      unix n - n 300 1 qmgr
tlsmgr    unix - - n 1000? 1 tlsmgr
rewrite   unix - - n -   - trivial-rewrite
bounce    unix - - n -   0 bounce
defer     unix - - n -   0 bounce
flush     unix n - n 1000? 0 flush
trace     unix - - n -   0 bounce
error     unix - - n -   - error
retry     unix - - n -   - error
discard   unix - - n -   - discard
lmtp      unix - - n -   - lmtp
anvil     unix - - n -   1 anvil
scache    unix - - n -   1 scache
proxymap  unix - - n -   - proxymap
postlog   unix-dgram n - n - 1 postlogd
"""


@dataclass(frozen=True)
class Postfix:
    """A running server."""

    folder: Path
    port: int


@contextlib.contextmanager
def postfix(dovecot: Dovecot, transports: dict[str, int]) -> Iterator[Postfix]:
    """A server that hands mails of each domain to an LMTP port of this machine."""
    root = unpacked()
    with tempfile.TemporaryDirectory(prefix="postfix-", dir="/tmp") as place:
        server = Postfix(Path(place), free_port())
        _make_folders(server.folder)
        _write_configuration(server, root, dovecot, transports)
        with _running(server, root):
            yield server


def _make_folders(folder: Path) -> None:
    folder.chmod(0o755)
    owner = pwd.getpwnam("daemon").pw_uid
    for name in ("etc", "queue", "queue/pid", "data"):
        (folder / name).mkdir()
    os.chown(folder / "data", owner, -1)
    for name in (*QUEUES, "private"):
        (folder / "queue" / name).mkdir(mode=0o700)
        os.chown(folder / "queue" / name, owner, -1)
    for name, mode in (("maildrop", 0o1730), ("public", 0o2710)):
        (folder / "queue" / name).mkdir()
        shutil.chown(folder / "queue" / name, "daemon", "games")
        (folder / "queue" / name).chmod(mode)


def _write_configuration(server: Postfix, root: Path, dovecot: Dovecot, transports: dict[str, int]) -> None:
    ways = [f"{{ {domain} = lmtp:inet:127.0.0.1:{port} }}" for domain, port in transports.items()]
    main = _MAIN.format(
        folder=server.folder,
        root=root,
        libraries=environment(root)["LD_LIBRARY_PATH"],
        transports=", ".join(ways),
        domains=" ".join(transports),
        certificate=dovecot.certificate,
        key=dovecot.key,
        auth=dovecot.auth_socket,
    )
    (server.folder / "etc/main.cf").write_text(main)
    (server.folder / "etc/master.cf").write_text(_MASTER.format(port=server.port))


@contextlib.contextmanager
def _running(server: Postfix, root: Path) -> Iterator[None]:
    etc = server.folder / "etc"
    process = subprocess.Popen(
        [f"{root}/usr/lib/postfix/sbin/master", "-d", "-c", str(etc)],
        env={**environment(root), "MAIL_CONFIG": str(etc)},
        stdout=subprocess.DEVNULL,
        stderr=(server.folder / "errors").open("w"),
        start_new_session=True,
    )
    try:
        wait_until(lambda: answers(server.port), 10)
        yield
    except AssertionError as failed:
        log = server.folder / "postfix.log"
        told = (server.folder / "errors").read_text() + (log.read_text() if log.exists() else "")
        raise AssertionError(f"{failed}\n{told[-4000:]}") from failed
    finally:
        # Its children have process groups of their own, and end with it.
        with contextlib.suppress(ProcessLookupError):
            os.kill(process.pid, signal.SIGTERM)
        process.wait(20)
