"""Whether a link opens anything still, asked at each request and again under the case's lock."""

from datetime import datetime, timedelta
from enum import Enum

from django.utils.translation import gettext as _

from caseway.accounts.models import Partnership
from caseway.cases.lifecycle.going_on import survivor_of
from caseway.cases.models import Case, Participant, Side
from caseway.cases.types import Sharing
from caseway.core.clock import now
from caseway.mail.blocking.queries import block_on

from .links import Link


class Ended(Enum):
    """Why a link opens nothing any more."""

    LATE = "late"
    SOLVED = "solved"
    LEFT = "left"
    SILENT = "silent"
    PAUSED = "paused"

    def told(self, link: Link) -> str:
        """The reason for whoever opened the link, and what to do."""
        words = {
            Ended.LATE: _("This link is too old. Reply to the mail instead: your answer lands on the case."),
            Ended.SOLVED: _(
                "The case is solved. If it isn't for you, reply to the mail: %(asker)s reads it."
            ),
            Ended.LEFT: _(
                "Your address takes no part in this case any more. Reply to the mail if it should."
            ),
            Ended.SILENT: _("You get no more mails about this case. Reply to the mail to take part again."),
            Ended.PAUSED: _(
                "%(asker)s and your organisation share no cases at the moment. Reply to the mail."
            ),
        }[self]
        return words % {"asker": link.asker.name}


def goes_on_at(link: Link) -> Case:
    """The case on which the conversation with the partner goes on: another one after a merge."""
    return survivor_of(link.case)


def ended(link: Link, case: Case) -> Ended | None:
    """Why the link opens nothing on `case`, where its conversation goes on; None where it does.

    Asks anew about everything that may have changed since the mail.
    """
    who = Participant.objects.filter(pk=link.participant.pk, is_approved=True).first()
    if who is None or not _takes_part(link, case) or block_on(link.asker.pk, who.address):
        return Ended.LEFT
    if not who.is_subscribed:
        return Ended.SILENT
    if not are_partners(link.asker.pk, link.partner.pk):
        return Ended.PAUSED
    if not case.is_active:
        return Ended.SOLVED
    return Ended.LATE if now() > _last_day(link) else None


def _takes_part(link: Link, case: Case) -> bool:
    pair = {link.partner.pk, link.asker.pk}
    shared = Side.objects.filter(case=case, organisation__in=pair, sharing=Sharing.SHARED)
    return shared.count() == len(pair)


def are_partners(one: int, other: int) -> bool:
    """Whether the two organisations share cases at the moment: while they don't, no link opens anything."""
    pair = {one, other}
    return Partnership.objects.filter(shipper__in=pair, carrier__in=pair, is_active=True).exists()


def _last_day(link: Link) -> datetime:
    return link.made_at + timedelta(days=link.asker.policy.partner_links_days)
