"""Everything that needs Django before the processes start; one process does it all and ends.

`caseway serve` runs it as a child, reads its progress line by line, and the last line as JSON.
"""

import argparse
import hashlib
import json
import sys
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from caseway.cli.refusal import Refused
from caseway.core.storage.trying import try_out
from caseway.core.translations import compile_catalogues

# Addresses below this name belong to nobody (RFC 2606): whoever has one is of the demo world.
NOBODYS_DOMAIN = ".example"


def main(argv: list[str]) -> int:
    """Prepare the installation; raises `Refused` where it must not start."""
    parser = argparse.ArgumentParser(prog="caseway prepare")
    parser.add_argument("--empty", action="store_true")
    parser.add_argument("--refuse-demo", action="store_true")
    wanted = parser.parse_args(argv)
    _translate()
    django.setup()
    _try_storage()
    _migrate()
    _collect()
    if not wanted.empty:
        _load_demo()
    has_demo = _has_demo_people()
    if has_demo and wanted.refuse_demo:
        raise Refused(
            "the demo people's password is public, and other machines could reach this server: "
            "start with --empty and an own --data, or confirm with --allow-demo-beyond-loopback"
        )
    print(json.dumps({"demo": has_demo}))
    return 0


def _tell(line: str) -> None:
    print(line, flush=True)


def _translate() -> None:
    for folder in settings.LOCALE_PATHS:
        languages = compile_catalogues(Path(folder))
        if languages:
            _tell(f"Translations compiled: {', '.join(languages)}")


def _try_storage() -> None:
    try:
        try_out()
    except OSError as problem:
        raise Refused(f"attachments can't be kept where CASEWAY_STORAGE_URL says: {problem}") from None


def _migrate() -> None:
    executor = MigrationExecutor(connection)
    pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if pending:
        _tell(f"Bringing the database to this version, {len(pending)} steps ...")
        call_command("migrate", interactive=False, verbosity=0)


def _collect() -> None:
    """Collect static files, unless nothing changed since the last time."""
    stamp = Path(settings.STATIC_ROOT).with_suffix(".stamp")
    wanted = _static_digest()
    if settings.DEBUG or (stamp.exists() and stamp.read_text() == wanted):
        return
    _tell("Building styles and scripts ...")
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(wanted)


def _static_digest() -> str:
    seen = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            path = Path(storage.path(name))
            # Bundles are written anew each time: their content counts, not their age.
            found = path.stat()
            seen.update(f"{name} {found.st_size} {_age_or_content(path, found.st_mtime_ns)}\n".encode())
    return seen.hexdigest()


def _age_or_content(path: Path, age: int) -> str:
    if "caseway" in path.parts[-2:-1] or path.suffix in {".css", ".js"}:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    return str(age)


def _load_demo() -> None:
    if get_user_model()._default_manager.exists():
        return
    _tell("Loading the demo world ...")
    call_command("demo", stdout=sys.stderr)


def _has_demo_people() -> bool:
    people: Any = get_user_model()._default_manager
    return bool(people.filter(is_active=True, email__iendswith=NOBODYS_DOMAIN).exists())
