"""Plain text as markup: paragraphs, line breaks and links, nothing else."""

from django.utils.html import linebreaks, urlize
from markupsafe import Markup


def prose(text: str) -> Markup:
    """Escaped text in `<p>`, with web addresses as links that tell nothing to their targets."""
    linked = urlize(text.strip(), nofollow=True, autoescape=True)
    linked = linked.replace('rel="nofollow"', 'rel="nofollow noopener noreferrer"')
    return Markup(linebreaks(linked, autoescape=False))  # noqa: S704 - urlize has escaped it
