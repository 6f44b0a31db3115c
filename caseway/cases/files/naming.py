"""Names of files as they can be shown and offered for download."""

from django.utils.translation import gettext as _

from caseway.core.text import clean_line

from .kinds import ending_of

LONGEST_NAME = 200


def safe_name(name: str) -> str:
    """A name that can be shown and offered for download: no path, no control or direction marks."""
    last = clean_line(name.replace("\\", "/").rsplit("/", 1)[-1], len(name)).strip(". ")
    ending = ending_of(last)[:10]
    if len(last) > LONGEST_NAME:
        last = f"{last[: LONGEST_NAME - 20]}….{ending}" if ending else last[:LONGEST_NAME]
    return last or _("file")
