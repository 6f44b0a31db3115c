"""Twilio's Messages resource, version 2010-04-01, which several providers speak as well.

Its documentation: twilio.com/docs/messaging/api/message-resource and twilio.com/docs/api/errors.
It knows no idempotency key: after a try without answer its list of messages is asked.
"""

import re
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any, Protocol
from urllib.parse import urlsplit

from caseway.notifications.models import Trouble

from .http import Answer, Line
from .provider import Fate, Refused, Unreachable, Unsure

CLOCKS_DIFFER_BY = timedelta(minutes=5)
LONGEST_REST = 300.0
TROUBLES: Mapping[int, Trouble] = {
    **dict.fromkeys((21211, 21214, 21217, 21265, 21614, 21635, 30005, 30006), Trouble.NUMBER),
    **dict.fromkeys((21610, 30004), Trouble.STOPPED),
    **dict.fromkeys((30003, 30008, 30017), Trouble.UNREACHED),
}
SERVICE = re.compile(r"MG[0-9a-f]{32}")
SENDER_IS_WRONG = frozenset({21212, 21603, 21606, 21659, 21660, 21661, 21703, 21704, 21705})
"""Codes about `From` and the messaging service: no SMS goes until the setting is right."""
NEVER_ARRIVES = frozenset({"failed", "undelivered", "canceled"})
ARRIVED = frozenset({"delivered", "read"})


class Account(Protocol):
    """Where Twilio answers and as whom we speak, as CASEWAY_SMS_URL says."""

    @property
    def base(self) -> str: ...
    @property
    def account(self) -> str: ...
    @property
    def user(self) -> str: ...
    @property
    def password(self) -> str: ...
    @property
    def sender(self) -> str: ...


class Twilio:
    """One account."""

    confirms = True

    def __init__(self, account: Account) -> None:
        self.name = urlsplit(account.base).netloc
        self._line = Line(user=account.user, password=account.password)
        self._account = f"{account.base}/2010-04-01/Accounts/{account.account}"
        is_service = SERVICE.fullmatch(account.sender)
        self._sender = {"MessagingServiceSid" if is_service else "From": account.sender}

    def send(self, number: str, text: str) -> str:
        """Create a message. Raises Refused, Unreachable, Unsure."""
        form = {"To": number, "Body": text, **self._sender}
        return _id_in(self._judged(self._line.post(f"{self._account}/Messages.json", form)))

    def taken(self, number: str, text: str, *, since: datetime, but: Collection[str]) -> str:
        """The newest message with these words to that number; a trial account puts some before them."""
        fields = {"To": number, "PageSize": "100"}
        found = self._judged(self._line.get(f"{self._account}/Messages.json", fields)).get("messages")
        for one in found if isinstance(found, list) else ():
            is_ours = isinstance(one, dict) and str(one.get("body")).endswith(text)
            if is_ours and one.get("sid") not in but and _made_after(one, since - CLOCKS_DIFFER_BY):
                return _id_in(one)
        return ""

    def fate(self, provider_id: str) -> Fate:
        """The message's status, and where it failed for good its error code."""
        told = self._judged(self._line.get(f"{self._account}/Messages/{provider_id}.json"))
        status, code = str(told.get("status")), _code(told.get("error_code"))
        if status in NEVER_ARRIVES:
            return Fate(trouble=TROUBLES.get(code, Trouble.REFUSED), said=f"{status} {code}")
        return Fate(arrived=status in ARRIVED)

    def check(self) -> None:
        """Read the account."""
        self._judged(self._line.get(f"{self._account}.json"))

    def _judged(self, answer: Answer) -> Mapping[str, Any]:
        """What a good answer says. Raises what a bad one means, with its code and never its words:
        those repeat the number."""
        code, status = _code(answer.body.get("code")), answer.status
        said = f"{self.name} answered {status}" + (f", error {code}" if code else "")
        if 200 <= status < 300:
            return answer.body
        if status == 429:
            raise Unreachable(said, rest=_rest(answer.retry_after))
        if status >= 500 or status == 408:
            raise Unsure(said)
        if status == 400 and code and code not in SENDER_IS_WRONG:
            raise Refused(TROUBLES.get(code, Trouble.REFUSED), said)
        raise Unreachable(f"{said}: see CASEWAY_SMS_URL")


def _id_in(told: Mapping[str, Any]) -> str:
    found = told.get("sid")
    if not isinstance(found, str) or not found or len(found) > 64 or not found.isalnum():
        raise Unsure("the answer names no message")
    return found


def _code(given: object) -> int:
    return given if isinstance(given, int) and 0 < given < 100_000 else 0


def _made_after(told: Mapping[str, Any], moment: datetime) -> bool:
    try:
        return parsedate_to_datetime(str(told.get("date_created"))) >= moment
    except (ValueError, TypeError):
        return False


def _rest(retry_after: str) -> float | None:
    if not (retry_after.isascii() and retry_after.isdigit()):
        return None
    return min(float(retry_after), LONGEST_REST)
