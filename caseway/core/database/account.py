"""Whom the embedded server runs as. PostgreSQL refuses to run as root."""

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from caseway.core.database.place import Place
from caseway.core.database.refusal import DatabaseRefused

SYSTEM_USER = "caseway-db"
# Nothing of the caller's environment reaches the server: PGDATA, PGPORT and the like would steer it.
CLEAN_ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C"}


@dataclass(frozen=True)
class Account:
    """A user of this machine."""

    uid: int
    gid: int
    name: str

    def run(self, argv: list[str], cwd: Path, text: str = "") -> subprocess.CompletedProcess[str]:
        """Run a program as this user, in a folder that it need not be able to reach by its path."""
        return subprocess.run(
            argv,
            cwd=cwd,
            input=text,
            env=CLEAN_ENVIRONMENT,
            text=True,
            capture_output=True,
            umask=0o077,
            check=False,
            **self.privileges(),
        )

    def privileges(self) -> dict[str, Any]:
        """Arguments that make `subprocess` become this user; none when we are it."""
        if os.geteuid() == self.uid:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}


def server_account(place: Place) -> Account:
    """Ourselves; for root the owner of the folder, or a system user made for the purpose.

    Raises `DatabaseRefused` where the user has no name or none can be made.
    """
    if os.geteuid() != 0:
        return _account_of(os.geteuid())
    owned = place.folder if place.folder.exists() else place.data_dir
    owner = owned.stat().st_uid
    return _account_of(owner) if owner else _system_account()


def _account_of(uid: int) -> Account:
    try:
        found = pwd.getpwuid(uid)
    except KeyError:
        raise DatabaseRefused(
            f"user {uid} has no name on this machine, which the embedded database needs; "
            "give it one, or name a database in CASEWAY_DATABASE_URL"
        ) from None
    return Account(found.pw_uid, found.pw_gid, found.pw_name)


def _system_account() -> Account:
    try:
        found = pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        _make_system_user()
        found = pwd.getpwnam(SYSTEM_USER)
    return Account(found.pw_uid, found.pw_gid, found.pw_name)


def _make_system_user() -> None:
    options = ["--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"]
    command = ["useradd", *options, "--shell", "/usr/sbin/nologin", SYSTEM_USER]
    try:
        made = subprocess.run(command, capture_output=True, text=True, check=False)
        problem = made.stderr.strip()
    except OSError as error:
        problem = str(error)
    try:
        pwd.getpwnam(SYSTEM_USER)  # somebody else may have been quicker
    except KeyError:
        raise DatabaseRefused(
            f"as root the embedded database needs a system user {SYSTEM_USER}, "
            f"which could not be made ({problem}); run Caseway as an ordinary user"
        ) from None
