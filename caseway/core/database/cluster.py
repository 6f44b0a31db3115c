"""Making PostgreSQL's data directory, and writing its settings."""

import os
import shutil
from pathlib import Path

from caseway.core.database.account import Account
from caseway.core.database.binaries import MAJOR
from caseway.core.database.memory import machine_memory, memory_settings
from caseway.core.database.place import DATABASE, PORT, ROLE, SUPERUSER, Place
from caseway.core.database.refusal import DatabaseRefused

# PostgreSQL makes a path of its data directory absolute and walks it as the server's user, whom a
# private home would stop. This one always leads to the folder that the process was started in.
HERE = "/proc/self/cwd"
OUR_ROLE = f"""\
CREATE ROLE {ROLE} LOGIN CREATEDB;
CREATE DATABASE {DATABASE} OWNER {ROLE};
"""


def refuse_other_major(place: Place) -> None:
    """Raise `DatabaseRefused` when the data was written by another major version of PostgreSQL."""
    try:
        found = (place.cluster / "PG_VERSION").read_text("ascii").strip()
    except FileNotFoundError:
        return
    if found != str(MAJOR):
        raise DatabaseRefused(
            f"the data in {place.cluster} is of PostgreSQL {found}, this Caseway brings {MAJOR}: "
            "move it with pg_upgrade or a dump, see docs/operators/database.md"
        )


def make_cluster(place: Place, account: Account, programs: Path) -> None:
    """Make the data directory with Caseway's role and database in it, whole or not at all."""
    draft = place.folder / "cluster.new"
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700)
    os.chown(draft, account.uid, account.gid)
    options = ["--username", SUPERUSER, "--encoding=UTF8", "--no-instructions", "--text-search-config=simple"]
    options += ["--auth-local=peer", "--auth-host=reject"]
    # The built-in provider sorts the same on every machine, whatever C library it has.
    options += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
    made = account.run([str(programs / "initdb"), "-D", HERE, *options], draft)
    if made.returncode:
        raise DatabaseRefused(f"the database could not be made: {_last_line(made.stderr)}")
    single = [str(programs / "postgres"), "--single", "-D", HERE, "-c", "log_min_messages=error", "postgres"]
    made = account.run(single, draft, OUR_ROLE)
    if made.returncode or "ERROR" in made.stderr:
        raise DatabaseRefused(f"the database could not be made: {_last_line(made.stderr)}")
    draft.rename(place.cluster)
    _sync(place.folder)


def configure(place: Place, account: Account, connections: int) -> None:
    """Write the server's settings and who may connect, anew at each start."""
    files = {
        "postgresql.conf": _settings(connections),
        "pg_hba.conf": "local all all peer map=caseway\n",
        "pg_ident.conf": _names(account),
    }
    for name, text in files.items():
        # Written as the server's user, so that root never follows a link made by that user.
        wrote = account.run(
            ["sh", "-c", 'cat >"$1.new" && mv "$1.new" "$1"', "sh", name], place.cluster, text
        )
        if wrote.returncode:
            raise DatabaseRefused(f"{place.cluster / name} could not be written: {_last_line(wrote.stderr)}")


def _settings(connections: int) -> str:
    values = {
        "listen_addresses": "''",  # no network at all
        "port": str(PORT),
        "unix_socket_directories": "'..'",  # relative to the data directory: never too long
        "unix_socket_permissions": "0700",
        "max_connections": str(connections),
        **memory_settings(machine_memory()),
        "jit": "off",  # costs more than it saves on pages that take milliseconds
        "random_page_cost": "1.1",
        "timezone": "'UTC'",
        "log_timezone": "'UTC'",
        "lc_messages": "'C'",
        "default_text_search_config": "'pg_catalog.simple'",
        "log_checkpoints": "off",
        "log_line_prefix": "'%m [%p] '",
    }
    lines = [f"{name} = {value}" for name, value in values.items()]
    head = "# Written at each start. Settings of your own belong in postgresql.local.conf."
    return "\n".join([head, *lines, "include_if_exists = 'postgresql.local.conf'", ""])


def _names(account: Account) -> str:
    """Who may come in: the server's own user and root, which could become it anyway."""
    users = sorted({account.name, "root"})
    return "".join(f'caseway "{user}" {role}\n' for user in users for role in (ROLE, SUPERUSER))


def _last_line(text: str) -> str:
    return next((line for line in reversed(text.splitlines()) if line.strip()), "no reason was given")


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
