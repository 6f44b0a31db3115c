"""How mails hang together in the recipient's mail program (RFC 5322, section 3.6.4)."""

import secrets

from django.conf import settings

from caseway.cases.models import Case
from caseway.mail.models import Delivery, RawMail

LATEST = 9


def new_message_id() -> str:
    """A Message-ID that nobody can guess: a reply that quotes it has seen the mail."""
    return f"<{secrets.token_hex(16)}@{settings.MAIL_DOMAIN}>"


def thread_of(case: Case, address: str) -> list[str]:
    """The Message-IDs of the mails that this address sent or got about the case, oldest first.

    The first one and the latest nine: the header stays short, and every mail program threads.
    Nobody's reference shows the mail of anybody else.
    """
    got = RawMail.objects.filter(case=case, sender=address, message__isnull=False).exclude(header_id="")
    sent = Delivery.objects.filter(case=case, address=address)
    both = sent.values_list("written_at", "header_id").union(got.values_list("received_at", "header_id"))
    ids = [header_id for _, header_id in sorted(both)]
    return ids if len(ids) <= LATEST + 1 else [ids[0], *ids[-LATEST:]]
