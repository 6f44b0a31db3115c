"""What an operation left to be told on the page that follows it."""

from dataclasses import dataclass

from django.contrib.messages import get_messages
from django.http import HttpRequest

from caseway.cases.desk import FOCUS, NOTICE


@dataclass(frozen=True)
class Told:
    """Warnings to be read before writing, and (for htmx) the words to announce and where to go on."""

    notices: list[str]
    words: str = ""
    focus: str = ""


def told_to(request: HttpRequest, *, renewed: bool) -> Told:
    """What the last operation said. `renewed`: the page is there already and changes under its reader."""
    notices, words, focus = [], "", ""
    for message in get_messages(request):
        tags = message.extra_tags or ""
        if tags == NOTICE:
            notices.append(str(message))
        elif tags.startswith(FOCUS) and renewed:
            words, focus = str(message), tags.split()[0].removeprefix(FOCUS)
    return Told(notices, words, focus)
