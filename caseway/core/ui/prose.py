"""Plain text as markup: paragraphs, line breaks, links and moments, nothing else."""

import re
from datetime import UTC, datetime

from django.utils.html import linebreaks, urlize
from django.utils.timezone import localtime
from markupsafe import Markup

from .times import stamp

MOMENT = re.compile(r"\b(\d{4}-\d\d-\d\d \d\d:\d\d) UTC\b")


def prose(text: str) -> Markup:
    """Escaped text in `<p>`, with web addresses as links that tell nothing to their targets.

    A moment in UTC, as invitations have them ("2024-05-06 08:30 UTC"), is told in the reader's zone too.
    """
    linked = urlize(text.strip(), nofollow=True, autoescape=True)
    linked = linked.replace('rel="nofollow"', 'rel="nofollow noopener noreferrer"')
    linked = MOMENT.sub(_with_local_time, linked)
    return Markup(linebreaks(linked, autoescape=False))  # noqa: S704 - urlize has escaped it


def _with_local_time(found: re.Match[str]) -> str:
    try:
        moment = datetime.strptime(found[1], "%Y-%m-%d %H:%M").replace(tzinfo=UTC)
        is_elsewhere = bool(localtime(moment).utcoffset())
    except (OverflowError, ValueError):
        return found[0]
    return f"{found[0]} ({stamp(moment, inside=True)})" if is_elsewhere else found[0]
