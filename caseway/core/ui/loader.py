"""Where a template lives: beside the slice that owns it, named after the slice."""

from collections.abc import Callable
from pathlib import Path, PurePosixPath

from jinja2 import BaseLoader, Environment, TemplateNotFound

ALIASES = {"ui": "core/ui"}


class SliceLoader(BaseLoader):
    """Finds `cases/lifecycle/close.html` at `cases/lifecycle/templates/close.html` under `root`.

    The longest folder that is a package with templates wins, so names of two slices never
    collide. `ui/…` stands for `core/ui/…`. A name that no slice owns is looked up in `plain`:
    folders that hold templates under other packages' names, such as allauth's `account/…`.
    """

    def __init__(self, root: Path, plain: tuple[Path, ...] = ()) -> None:
        self.root = root
        self.plain = plain

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """The text of a template, its path, and a check whether it is unchanged."""
        path = self.path_of(template)
        if path is None:
            raise TemplateNotFound(template)
        changed = path.stat().st_mtime
        return path.read_text("utf-8"), str(path), lambda: _mtime(path) == changed

    def list_templates(self) -> list[str]:
        """The name of every template, sorted; for tests that walk them all."""
        folders = (folder for folder in self.root.rglob("templates") if folder.is_dir())
        return sorted(
            name
            for folder in folders
            for path in folder.rglob("*")
            if path.is_file() and (name := self._name(folder, path))
        )

    def path_of(self, template: str) -> Path | None:
        """The file behind a template's name, or None."""
        parts = template.split("/")
        if any(part in ("", ".", "..") or "\\" in part for part in parts):
            return None
        owned = [*ALIASES.get(parts[0], parts[0]).split("/"), *parts[1:]]
        places = [
            self.root.joinpath(*owned[:cut], "templates", *owned[cut:])
            for cut in range(len(owned) - 1, 0, -1)
        ]
        places += [folder.joinpath(*parts) for folder in self.plain]
        return next((place for place in places if place.is_file()), None)

    def _name(self, folder: Path, path: Path) -> str:
        inner = PurePosixPath(path.relative_to(folder).as_posix())
        if folder in self.plain and self.path_of(str(inner)) == path:
            return str(inner)
        owner = folder.parent.relative_to(self.root).as_posix()
        alias = next((short for short, long in ALIASES.items() if long == owner), owner)
        return f"{alias}/{inner}"


def _mtime(path: Path) -> float | None:
    return path.stat().st_mtime if path.exists() else None
