"""One signed-in connection to an IMAP server, with the mailbox's folder open (RFC 9051, RFC 3501)."""

import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date
from typing import Any

from imapclient import SEEN

from caseway.mail.models import ImapAccount, Trouble
from caseway.mail.troubles import Troubled, troubled

from .client import Client

PART = 1_000_000
"""Bytes asked for at a time: a mail of 25 MB comes in 25 answers, none of which stalls the line."""
WINDOW = 50_000
"""Mails asked for at a time: the answer is one line, of 11 bytes for each, and the client reads no line
beyond a megabyte."""
NEWS = frozenset({b"EXISTS", b"RECENT", b"EXPUNGE"})


Criteria = Sequence[str | date]
"""Search keys, such as UNSEEN (RFC 3501, 6.4.4)."""
UNREAD: Criteria = ("UNSEEN", "UNDELETED")


class TooLarge(Exception):
    """The mail has more bytes than are taken."""


class Gone(Exception):
    """There is no mail of this number any more."""


class Session:
    """What can be asked of an open folder. Every method may raise the client's own errors."""

    def __init__(self, client: Client, account: ImapAccount) -> None:
        self.client = client
        self.account = account
        folder = _opened(client, account.folder)
        self.uid_validity = int(folder[b"UIDVALIDITY"])
        self.uid_next = int(folder.get(b"UIDNEXT", 0)) or self.last() + 1
        self.mails = int(folder.get(b"EXISTS", 0))
        self.can_idle = client.has_capability("IDLE")

    def last(self) -> int:
        """The number of the newest mail; 0 where there is none (RFC 3501, 6.4.8)."""
        return max(self.client.search(["UID", "*"]), default=0)

    def windows(self, low: int, high: int) -> Iterator[tuple[int, int]]:
        """The numbers from `low` to `high` in ranges that hold WINDOW mails at most.

        Some servers leave gaps of millions: the numbers of a small folder are one range.
        """
        while low <= high:
            is_small = self.mails <= WINDOW and low < self.uid_next
            end = min(high, self.uid_next - 1 if is_small else low + WINDOW - 1)
            yield low, end
            low = end + 1

    def within(self, low: int, high: int, wanted: Criteria = ()) -> list[int]:
        """The mails from `low` to `high`, those that meet what is `wanted`, by number."""
        found = self.client.search([*wanted, "UID", f"{low}:{high}"])
        return sorted(one for one in found if low <= one <= high)

    def count(self, wanted: Criteria = ()) -> int:
        """How many mails meet what is `wanted`."""
        return sum(len(self.within(*window, wanted)) for window in self.windows(1, self.last()))

    def content(self, uid: int, most: int) -> bytes:
        """A mail's bytes, read in parts without marking it. Raises Gone, TooLarge beyond `most`."""
        whole = bytearray()
        while True:
            part = self._body(uid, f"BODY.PEEK[]<{len(whole)}.{PART}>")
            whole += part
            # Some servers tell sizes that are wrong: a short part is the last, and nothing else is.
            if len(part) < PART:
                return bytes(whole)
            if len(whole) > most:
                raise TooLarge

    def size(self, uid: int) -> int:
        """Its size, as the server tells it. Raises Gone."""
        return int(self._answer(uid, "RFC822.SIZE").get(b"RFC822.SIZE", 0))

    def head(self, uid: int) -> bytes:
        """Its header, at most a part of it. Raises Gone."""
        return self._body(uid, f"BODY.PEEK[HEADER]<0.{PART}>")

    def put_away(self, uid: int) -> None:
        """Do with a stored mail what the account says. Raises Troubled where the server refuses."""
        try:
            match self.account.afterwards:
                case ImapAccount.Afterwards.MOVE:
                    self._move(uid)
                case ImapAccount.Afterwards.DELETE:
                    self._remove(uid)
                case _:
                    self.client.add_flags([uid], [SEEN], silent=True)
        except self.client.AbortError:
            raise
        except self.client.Error as error:
            raise Troubled(Trouble.NO_TARGET, error) from error

    def has_news(self) -> bool:
        """Whether the server told of mails beside its answers since this was asked last.

        What it has told once it doesn't tell again when idling begins.
        """
        return self.client.pending("EXISTS")

    def idle(self) -> bool:
        """Have the server tell of news by itself (RFC 2177). True where it has some at once."""
        self.client.idle()
        at_once = self.client.idle_check(timeout=0)
        return self.has_news() or any(_is_news(one) for one in at_once)

    def heard(self, seconds: float) -> bool:
        """Whether the server told of news within so many seconds. Raises Troubled when it hung up."""
        began = time.monotonic()
        answers = self.client.idle_check(timeout=seconds)
        if any(isinstance(one, Sequence) and one and one[0] == b"BYE" for one in answers):
            raise Troubled(Trouble.UNREACHABLE, "BYE")
        # The client tells nothing of a connection that ended: it is there at once, with nothing.
        if not answers and time.monotonic() - began < seconds / 2:
            raise Troubled(Trouble.UNREACHABLE, "the connection was closed")
        return any(_is_news(one) for one in answers)

    def rest(self) -> None:
        """End idling, so that something else can be asked."""
        self.client.idle_done()

    def awake(self) -> None:
        """Ask for nothing, which makes the server look."""
        self.client.noop()

    def close(self) -> None:
        """Sign out, as far as the server listens."""
        try:
            self.client.socket().settimeout(3)
            self.client.logout()
        except Exception:  # noqa: BLE001 - whatever it is, the connection is of no use any more
            with suppress(Exception):
                self.client.shutdown()

    def _answer(self, uid: int, item: str) -> dict[bytes, Any]:
        found = self.client.fetch([uid], [item]).get(uid)
        if found is None:
            raise Gone
        return dict(found)

    def _body(self, uid: int, item: str) -> bytes:
        answer = self._answer(uid, item)
        found = next((value for key, value in answer.items() if key.startswith(b"BODY[")), None)
        return found if isinstance(found, bytes) else b""

    def _move(self, uid: int) -> None:
        target = self.account.target
        if not self.client.folder_exists(target):
            self.client.create_folder(target)
        if self.client.has_capability("MOVE"):
            self.client.move([uid], target)
        else:
            self.client.copy([uid], target)
            self._remove(uid)

    def _remove(self, uid: int) -> None:
        """Delete one mail and no other: a plain EXPUNGE would take what somebody else has marked."""
        self.client.delete_messages([uid], silent=True)
        if self.client.has_capability("UIDPLUS"):
            self.client.uid_expunge([uid])


def _opened(client: Client, folder: str) -> dict[bytes, Any]:
    try:
        return dict(client.select_folder(folder))
    except client.AbortError as error:
        raise troubled(error) from error
    except client.Error as error:
        raise Troubled(Trouble.NO_FOLDER, folder) from error


def _is_news(answer: object) -> bool:
    return isinstance(answer, Iterable) and any(word in NEWS for word in answer if isinstance(word, bytes))
