"""Django's static files, with the bundles among them."""

import builtins
import fcntl
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

from caseway.core.ui.bundles import ENTRIES, bundle


class BundleFinder(BaseFinder):
    """Finds the bundles, made anew from their sources whenever they are asked for.

    So a development server never shows a stale one, and `collectstatic` needs no step before
    it. Django wants a path: they are written to one folder below the data folder, that all
    processes share, so that a process which is killed leaves nothing of its own behind.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self._folder = Path(settings.BUNDLES_DIR)
        self.storage = FileSystemStorage(location=self._folder)
        super().__init__(*args, **kwargs)

    def find(  # type: ignore[override]  # what it answers depends on a value, as in Django
        self, path: str, find_all: bool = False, **kwargs: Any
    ) -> str | builtins.list[str]:
        """The path of a bundle, or an empty list for anything else."""
        if path not in ENTRIES:
            return []
        found = str(self._write(path))
        return [found] if find_all else found

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, FileSystemStorage]]:
        """Every bundle with the storage that holds it."""
        for name in ENTRIES:
            self._write(name)
            yield name, self.storage

    def _write(self, name: str) -> Path:
        path, text = self._folder / name, bundle(name)
        if _holds(path, text):
            return path
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (self._folder / "lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            # Renamed into place: a request at this moment reads the old one or the new one.
            draft = self._folder / "draft"
            draft.write_text(text, "utf-8")
            draft.replace(path)
        return path


def _holds(path: Path, text: str) -> bool:
    try:
        return path.read_text("utf-8") == text
    except OSError:
        return False
