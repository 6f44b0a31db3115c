"""Whether a source file changed, for `bin/dev`."""

from config.values import ROOT

FOLDERS = ("caseway", "config")


def newest_change() -> float:
    """The time of the latest change to a Python file, in seconds since the epoch."""
    files = (path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py"))
    return max((path.stat().st_mtime for path in files), default=0.0)
