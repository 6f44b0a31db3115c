"""Who wrote: one of our own addresses, a colleague, somebody who writes too much."""

from dataclasses import dataclass
from datetime import timedelta
from email.utils import parseaddr

from django.conf import settings

from caseway.accounts.models import Brand, Membership
from caseway.cases.models import Case, Side
from caseway.core.clock import now
from caseway.core.text import normal_address
from caseway.mail.models import Mailbox, RawMail
from caseway.mail.reading import ReadMail
from caseway.mail.tokens import untagged

MOST_PER_HOUR = 60
"""Mails of one sender to one organisation; more are held, so that a loop of two machines ends."""
MOST_AUTOMATIC_PER_HOUR = 10
MOST_PER_HOUR_AND_CASE = 20


def sender_of(raw: RawMail, mail: ReadMail) -> str:
    """The address of From, "" where there is none.

    Of a mail without From that somebody accepted, the one to answer: Reply-To, or the envelope's.
    """
    if mail.from_ is not None and mail.from_.email:
        return normal_address(mail.from_.email)
    if not raw.is_accepted:
        return ""
    hints = [*(address.email for address in mail.reply_to), raw.envelope_from, mail.envelope_from or ""]
    return next((normal_address(hint) for hint in hints if "@" in hint), "")


def is_our_own(address: str) -> bool:
    """Whether the address is a mailbox or sender of ours, of whichever organisation."""
    plain = untagged(address)
    return (
        plain == parseaddr(settings.DEFAULT_FROM_EMAIL)[1].lower()
        or Mailbox.objects.filter(address__in={address, plain})
        .values("pk")
        .union(Brand.objects.filter(sender_address__iexact=plain).values("pk"))
        .exists()
    )


def seats_of(address: str, case_id: int) -> list[Membership]:
    """The seats of the person with this address at the desks that take part in the case."""
    return list(
        Membership.objects.filter(
            person__email=address,
            person__is_active=True,
            is_active=True,
            organisation__in=Side.objects.filter(case=case_id).values("organisation"),
            organisation__signs_in=True,
        ).select_related("person", "organisation", "role")
    )


@dataclass(frozen=True)
class Lately:
    """What one sender wrote to one organisation within the hour: the case of each mail."""

    cases: tuple[int | None, ...]
    most: int

    @property
    def is_too_much(self) -> bool:
        """Whether it is more than people write."""
        return len(self.cases) >= self.most

    def is_too_much_for(self, case: Case) -> bool:
        """Whether it is more than people write about one case: two machines may be answering each other."""
        return self.cases.count(case.pk) >= min(self.most, MOST_PER_HOUR_AND_CASE)


def written_lately(raw: RawMail, mail: ReadMail, sender: str) -> Lately:
    """What the sender wrote, but for this mail; one query. Of one that somebody accepted: nothing."""
    most = MOST_AUTOMATIC_PER_HOUR if mail.auto_reply else MOST_PER_HOUR
    if raw.is_accepted:
        return Lately((), most)
    recent = RawMail.objects.filter(
        organisation=raw.organisation_id,
        sender=sender,
        received_at__gte=now() - timedelta(hours=1),
        state__in=[RawMail.State.PROCESSED, RawMail.State.HELD],
    ).exclude(pk=raw.pk)
    return Lately(tuple(recent.order_by().values_list("case", flat=True)[: most + 1]), most)
