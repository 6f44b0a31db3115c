"""Compiling the catalogues of `locale/`, where they are newer than what was compiled."""

import os
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po


def compile_catalogues(folder: Path) -> list[str]:
    """Compile every changed `LANGUAGE/LC_MESSAGES/django.po` below `folder`; returns the languages.

    Fuzzy entries stay out, since nobody has vouched for them.
    """
    compiled = []
    for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as file:
            catalogue = read_po(file)
        # Renamed into place: a process that starts at this moment reads the old one or the new one.
        # Each process writes one of its own, since several may start on a fresh checkout at once.
        draft = target.with_name(f"{os.getpid()}.{target.name}")
        with draft.open("wb") as file:
            write_mo(file, catalogue, use_fuzzy=False)
        draft.replace(target)
        compiled.append(source.parent.parent.name)
    return compiled
