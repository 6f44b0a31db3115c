"""HTML that a program sends: made safe as a mail's is, and read as text."""

from dataclasses import dataclass

from caseway.core.text import clean
from caseway.mail.reading.markup.plain import lines_of_markup
from caseway.mail.reading.markup.sanitise import sanitised
from caseway.mail.reading.markup.tokens import written


@dataclass(frozen=True)
class SafeHtml:
    """The same words twice."""

    html: str
    text: str


def safe_html(source: str) -> SafeHtml:
    """`source` without anything that runs, fetches or poses as ours."""
    tokens, _gave_up = sanitised(clean(source))
    lines = "\n".join(line.text for line in lines_of_markup(tokens)).strip()
    return SafeHtml(written(tokens), lines)
