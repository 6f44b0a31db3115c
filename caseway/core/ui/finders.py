"""Django's static files, with the bundles among them."""

import builtins
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from threading import get_ident
from typing import Any

from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

from caseway.core.ui.bundles import ENTRIES, bundle


class BundleFinder(BaseFinder):
    """Finds the bundles, made anew from their sources whenever they are asked for.

    So a development server never shows a stale one, and `collectstatic` needs no step before
    it. They are written to a private temporary folder, since Django wants a path.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="caseway-assets-")
        self.storage = FileSystemStorage(location=self._folder.name)
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
        path = Path(self._folder.name, name)
        text = bundle(name)
        if not path.is_file() or path.read_text("utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            # Renamed into place: a request at this moment reads the old one or the new one.
            draft = path.with_name(f"{path.name}.{get_ident()}")
            draft.write_text(text, "utf-8")
            draft.replace(path)
        return path
