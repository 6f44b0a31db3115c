"""`kill -9` of the process that fetches, at any step, while mails come in: none lost, none double."""

from random import Random

import pytest

from caseway.cases.models import Message
from caseway.cases.types import Source
from caseway.core.clock import now
from caseway.mail.fetching.progress import CLAIM
from caseway.mail.incoming.jobs import process_waiting
from caseway.mail.models import ImapAccount, RawMail
from caseway.mail.reading import content_hash
from tests.faults.flood import flood
from tests.faults.processes import environment, forked, wait_until

pytestmark = [pytest.mark.fault, pytest.mark.django_db(transaction=True)]

STEPS_OF_A_MAIL = 1900
"""Calls and returns, roughly, of reading one and putting it away; signing in takes half as many."""
MAILS_A_LIFE = 5


def waiting_in(server, account):
    with server.mailbox(account.user) as box:
        return len(box.search("UNSEEN"))


def let_the_claim_end():
    """As after a minute and a half, when somebody else may read in the dead one's place.

    Nor is the mail blamed that it died at: whoever ends three processes is left in its folder.
    """
    dead = ImapAccount.objects.filter(reader__isnull=False)
    dead.update(reader_seen_at=now() - CLAIM * 2, begun_times=0)


def outlive(server, account, lives, seconds, log):
    mails, chance = list(flood(lives * MAILS_A_LIFE, lives, [])), Random(lives)
    died = 0
    env = environment(CASEWAY_PRIVATE_NETWORKS="127.0.0.0/8")
    with forked("mail_fetch", env, log) as start:
        for life in range(lives):
            new = mails[life * MAILS_A_LIFE : (life + 1) * MAILS_A_LIFE]
            server.put(account.user, *new[:3])
            let_the_claim_end()
            with start(chance.randint(1, STEPS_OF_A_MAIL * MAILS_A_LIFE)) as gone:
                server.put(account.user, *new[3:])
                wait_until(lambda gone=gone: gone() or not waiting_in(server, account), seconds)
                died += gone()
            server.put("witness", *new)
        let_the_claim_end()
        with start():
            wait_until(lambda: not waiting_in(server, account), seconds)
    assert died > lives * 2 / 3, "most were amid something"
    check(server, account)


def check(server, account):
    """What came to the witness has one outcome each."""
    account.refresh_from_db()
    assert (account.left_uids, account.waiting) == ([], {})
    with server.mailbox("witness") as box:
        brought = [content_hash(one[b"RFC822"]) for one in box.fetch(box.search(), ["RFC822"]).values()]
    while RawMail.objects.filter(state=RawMail.State.RECEIVED).exists():
        process_waiting(0)
    stored = list(RawMail.objects.values_list("content_hash", flat=True))
    assert len(stored) == len(set(brought)), "each content once"
    assert set(stored) == set(brought), "none lost"
    outcomes = RawMail.objects.exclude(state__in=[RawMail.State.RECEIVED, RawMail.State.REJECTED])
    assert outcomes.count() == len(stored)
    posted = Message.objects.filter(source=Source.EMAIL).count()
    assert posted == outcomes.filter(state=RawMail.State.PROCESSED).count(), "no message twice"


@pytest.fixture
def log(tmp_path):
    return tmp_path / "fetcher.log"


def test_six_kills(server, account, log):
    ImapAccount.objects.update(afterwards="delete")
    outlive(server, account, 6, 60, log)


@pytest.mark.endurance
@pytest.mark.parametrize("afterwards", ["seen", "move", "delete"])
def test_two_hundred_kills(server, account, afterwards, log):
    ImapAccount.objects.update(afterwards=afterwards, target="Taken")
    outlive(server, account, 200, 600, log)
