"""The virus scanner's place. Without one by setting, types are checked and the test string is known."""

from collections.abc import Callable
from typing import BinaryIO

from django.conf import settings
from django.utils.module_loading import import_string

Scanner = Callable[[BinaryIO], str]


def no_scanner(content: BinaryIO) -> str:
    """Find nothing: the default, beside the checks of `kinds`."""
    return ""


def scan(content: BinaryIO) -> str:
    """What the scanner found, in words; empty where the file is clean. The position is reset."""
    scanner: Scanner = import_string(getattr(settings, "FILE_SCANNER", f"{__name__}.no_scanner"))
    content.seek(0)
    finding = scanner(content)
    content.seek(0)
    return finding
