"""Where the embedded server keeps its things, below the data folder."""

import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

DATABASE = "caseway"
ROLE = "caseway"
SUPERUSER = "postgres"
PORT = 5432
SOCKET = f".s.PGSQL.{PORT}"
# `sun_path` holds 108 bytes and ends with a NUL.
LONGEST_SOCKET_PATH = 107


@dataclass(frozen=True)
class Place:
    """The folder `database` of one data folder.

    It belongs to the user that the server runs as and is closed to all others (0700): the
    cluster, the socket and the log lie in it. The locks lie beside it, since they are ours.
    """

    data_dir: Path

    @property
    def folder(self) -> Path:
        """The server's own folder, and that of its socket."""
        return self.data_dir / "database"

    @property
    def cluster(self) -> Path:
        """PostgreSQL's data directory."""
        return self.folder / "cluster"

    @property
    def log(self) -> Path:
        """What the server has to say."""
        return self.data_dir / "log" / "database.log"

    @property
    def locks(self) -> Path:
        """Who uses the server, who starts it, who keeps it."""
        return self.data_dir / "locks"

    @cached_property
    def client_host(self) -> str:
        """What a client names as host: the folder of the socket.

        A path too long for a socket is shortened by a handle on the folder, which stays open
        as long as this process lives and is closed to everyone else.
        """
        if len(os.fsencode(self.folder / SOCKET)) <= LONGEST_SOCKET_PATH:
            return str(self.folder)
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(self.folder, os.O_PATH | os.O_DIRECTORY)
        os.set_inheritable(handle, True)  # for `psql` and `pg_dump`, started by this process
        return f"/proc/self/fd/{handle}"
