"""Debian's packages, unpacked into a folder of the tests: nothing is installed, no service begins.

23 MB, some seconds, once: `var/mailservers` is kept. Needs apt, dpkg, and to be root, since Postfix's master
process demands it. Where that can't be had the tests are skipped and say why.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
from functools import lru_cache
from pathlib import Path

import pytest

from config.values import ROOT

WANTED = ("dovecot-imapd", "dovecot-lmtpd", "postfix")
PLACE = ROOT / "var" / "mailservers"
HOME = "/usr/lib/dovecot"
LINK = "/run/cw-" + hashlib.sha256(str(PLACE).encode()).hexdigest()[: len(HOME) - len("/run/cw-")]
"""Dovecot knows its own folder by name: it is told this one instead, as long, a link to where it lies."""


@lru_cache
def unpacked() -> Path:
    """The root of the unpacked packages; skips the test where they can't be had."""
    if os.geteuid() != 0 or not shutil.which("apt-get") or not shutil.which("dpkg"):
        pytest.skip("Dovecot and Postfix are run by root of a Debian only")
    PLACE.mkdir(parents=True, exist_ok=True)
    with (PLACE / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        stamp = PLACE / "unpacked"
        if not stamp.exists():
            try:
                _fetch()
            except (subprocess.SubprocessError, OSError) as problem:
                pytest.skip(f"Debian's Dovecot and Postfix can't be had: {problem}")
            stamp.touch()
        link = Path(LINK)
        if not link.is_symlink():
            link.symlink_to(PLACE / "root/usr/lib/dovecot")
    return PLACE / "root"


def environment(root: Path) -> dict[str, str]:
    """Where the unpacked programs find their libraries."""
    folders = [root / "usr/lib/dovecot", root / "usr/lib/postfix", *root.glob("usr/lib/*-linux-gnu")]
    return {"LD_LIBRARY_PATH": ":".join(map(str, folders)), "PATH": os.environ["PATH"]}


def _fetch() -> None:
    debs = PLACE / "debs"
    for folder in (debs, PLACE / "root"):
        shutil.rmtree(folder, ignore_errors=True)
    debs.mkdir()
    plan = _plan() or _plan(update=True)
    # As the user who runs apt's downloads can't write here, root does it.
    _run("apt-get", "-o", "APT::Sandbox::User=root", "download", *plan, folder=debs)
    for deb in debs.glob("*.deb"):
        _run("dpkg", "-x", str(deb), str(PLACE / "root"), folder=debs)
    shutil.rmtree(debs)
    root = PLACE / "root"
    for file in (*root.glob("usr/*bin/dove*"), *root.glob("usr/lib/dovecot/**/*")):
        _rename_home(file)


def _rename_home(file: Path) -> None:
    if file.is_file() and not file.is_symlink():
        file.write_bytes(file.read_bytes().replace(HOME.encode(), LINK.encode()))


def _plan(*, update: bool = False) -> list[str]:
    """What this machine lacks for them; the packages themselves even where they are installed."""
    if update:
        _run("apt-get", "update", "-qq", folder=PLACE)
    simulated = subprocess.run(
        ["apt-get", "install", "-s", "--no-install-recommends", *WANTED],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    if simulated.returncode:
        return []
    lacking = [line.split()[1] for line in simulated.stdout.splitlines() if line.startswith("Inst ")]
    return sorted({*lacking, *WANTED, "dovecot-core"})


def _run(*argv: str, folder: Path) -> None:
    subprocess.run(argv, cwd=folder, capture_output=True, timeout=180, check=True)
