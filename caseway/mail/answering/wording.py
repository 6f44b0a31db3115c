"""What the message says that an answer becomes: in the language of those who asked."""

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import override

from caseway.accounts.reader import zone_named
from caseway.cases.types import AnswerKind
from caseway.core.ui.calendar import clock_at, whole_date
from caseway.core.ui.locales import reader_locale

from .given import Given
from .links import Link


def words_of(link: Link, given: Given) -> str:
    """The whole text of the message: what was done, then what was written to it."""
    with override(link.asker.language):
        told = _told(link, given)
    return "\n\n".join(part for part in (told, given.note) if part)


def _told(link: Link, given: Given) -> str:
    match link.kind:
        case AnswerKind.ACCEPTED:
            return _("Accepted. We are working on it.")
        case AnswerKind.ETA:
            return _("ETA: %(moment)s") % {"moment": moment_in_zone_of(link, given)}
        case AnswerKind.PROOF:
            return _("The proof of delivery is attached.")
        case AnswerKind.SOLVED:
            return _("For us this is solved. Please check, and close the case if you agree.")
    return ""


def moment_in_zone_of(link: Link, given: Given) -> str:
    """The ETA as it was given: in the partner's own time zone, which is named."""
    assert given.eta is not None  # noqa: S101 - an ETA is checked before it is told
    zone = zone_named(link.partner.time_zone)
    at = localtime(given.eta, zone)
    day = whole_date(at.date(), reader_locale())
    return f"{day}, {clock_at(at.hour, at.minute, reader_locale())} ({zone.key})"
