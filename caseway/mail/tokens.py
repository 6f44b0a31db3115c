"""Signed addresses: what a reply or a bounce is about, in the local part of the address it goes to.

`support+c.<token>@…` names a conversation, `support+b.<token>@…` (the envelope sender) one
delivery. A token is a few numbers and a MAC of 80 bits over them, in Base32: mail servers may
change the case of a local part (RFC 5321 forbids it, and it happens), and 64 characters is all
that a local part may have.
"""

import base64
import binascii
import hmac
import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.utils.crypto import salted_hmac

from caseway.cases.types import Audience

MAC_BYTES = 10
AUDIENCES = (Audience.CUSTOMER, Audience.PARTNER, Audience.TEAM, Audience.RECORD)
TAG = re.compile(r"\+([cb])\.([a-z2-7]{16,60})\Z", re.IGNORECASE)
LONGEST_LOCAL_PART = 64


@dataclass(frozen=True)
class Conversation:
    """What a reply belongs to. `participant_id` is 0 for a colleague, who is told by a notice."""

    case_id: int
    organisation_id: int
    audience: Audience
    participant_id: int = 0


def reply_address(mailbox: str, conversation: Conversation) -> str:
    """`mailbox` as the address whose mails land in `conversation`.

    A mailbox whose name is too long to carry a token stays as it is: replies to it are
    recognised by the Message-ID that they refer to.
    """
    numbers = (
        conversation.case_id,
        conversation.organisation_id,
        AUDIENCES.index(conversation.audience),
        conversation.participant_id,
    )
    return _tagged(mailbox, "c", numbers)


def bounce_address(mailbox: str, delivery_id: int) -> str:
    """`mailbox` as the address to which reports about one delivery come back."""
    return _tagged(mailbox, "b", (delivery_id,))


def conversation_in(addresses: Iterable[str]) -> Conversation | None:
    """What the first address with a valid token names; a forged or damaged token names nothing."""
    for address in addresses:
        numbers = _numbers_in(address, "c")
        if numbers is not None and len(numbers) == 4 and numbers[2] < len(AUDIENCES):
            return Conversation(numbers[0], numbers[1], AUDIENCES[numbers[2]], numbers[3])
    return None


def delivery_id_in(addresses: Iterable[str]) -> int | None:
    """The delivery that the first valid bounce address names."""
    for address in addresses:
        numbers = _numbers_in(address, "b")
        if numbers is not None and len(numbers) == 1:
            return numbers[0]
    return None


def is_tagged(address: str) -> bool:
    """Whether the address has the form of a signed one, valid or not."""
    return TAG.search(address.rpartition("@")[0]) is not None


def untagged(address: str) -> str:
    """The mailbox behind an address with a tag (`support+anything@…`); without one, the address."""
    local, at, domain = address.rpartition("@")
    return f"{local.partition('+')[0]}{at}{domain}"


def _tagged(mailbox: str, use: str, numbers: tuple[int, ...]) -> str:
    local, _, domain = mailbox.rpartition("@")
    packed = _pack(numbers)
    token = base64.b32encode(packed + _mac(use, packed, settings.SECRET_KEY)).decode().rstrip("=").lower()
    tagged = f"{local}+{use}.{token}"
    return f"{tagged}@{domain}" if len(tagged) <= LONGEST_LOCAL_PART else mailbox


def _numbers_in(address: str, use: str) -> tuple[int, ...] | None:
    found = TAG.search(address.rpartition("@")[0])
    if found is None or found[1].lower() != use:
        return None
    token = found[2].upper()
    try:
        raw = base64.b32decode(token + "=" * (-len(token) % 8))
    except binascii.Error:
        return None
    # Base32's last character has spare bits: only the spelling that we write is ours.
    if base64.b32encode(raw).decode().rstrip("=") != token:
        return None
    packed, mac = raw[:-MAC_BYTES], raw[-MAC_BYTES:]
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    if not any(hmac.compare_digest(mac, _mac(use, packed, key)) for key in keys):
        return None
    return _unpack(packed)


def _mac(use: str, packed: bytes, key: str | bytes) -> bytes:
    salt = f"caseway.mail.tokens.{use}"
    return salted_hmac(salt, packed, secret=key, algorithm="sha256").digest()[:MAC_BYTES]


def _pack(numbers: Iterable[int]) -> bytes:
    """Numbers in seven-bit groups, the lowest first, the high bit saying that more follow."""
    packed = bytearray()
    for number in numbers:
        rest = number
        while rest > 0x7F:
            packed.append(rest & 0x7F | 0x80)
            rest >>= 7
        packed.append(rest)
    return bytes(packed)


def _unpack(packed: bytes) -> tuple[int, ...]:
    numbers, number, shift = [], 0, 0
    for byte in packed:
        number |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            numbers.append(number)
            number, shift = 0, 0
    return tuple(numbers)
