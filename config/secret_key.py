"""The secret key of an installation that names none: made once, kept in the data folder."""

import os
import secrets
import tempfile
from pathlib import Path

from config.environment import WrongSetting


def kept_secret_key(data_dir: Path) -> str:
    """The key in `data_dir`, made (readable for its owner alone) when there is none.

    Two first starts at once end with the same key. Raises `WrongSetting` where the folder
    can't be read or written.
    """
    path = data_dir / "secret_key"
    try:
        if not path.exists():
            data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
            _write_once(path, secrets.token_urlsafe(48))
        return path.read_text("ascii").strip()
    except OSError as problem:
        raise WrongSetting(
            f"the data folder {data_dir} can't be used: {problem.strerror} ({problem.filename})"
        ) from None


def _write_once(path: Path, key: str) -> None:
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=".secret_key-")  # 0600
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(key + "\n")
            file.flush()
            os.fsync(file.fileno())
        path.hardlink_to(draft)
    except FileExistsError:
        pass  # somebody else was quicker; theirs counts
    finally:
        Path(draft).unlink()
