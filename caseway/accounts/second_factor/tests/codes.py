"""What people with an authenticator app do in these tests."""

import time
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.test import Client

from caseway.accounts.models import Person
from caseway.accounts.sign_in.tests.people import sign_in

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
CODE_PAGE = "/accounts/2fa/authenticate/"


def set_up(person: Person) -> Authenticator:
    """Give the person an authenticator app, as if set up some time ago."""
    found: Authenticator = TOTP.activate(person, SECRET).instance
    return found


def recovery_codes(person: Person) -> list[str]:
    codes: list[str] = RecoveryCodes.activate(person).get_unused_codes()
    return codes


def code_of(secret: str = SECRET, steps: int = 0) -> str:
    """What the app shows now, or `steps` half minutes from now."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps)))


def wrong_code() -> str:
    taken = {code_of(steps=n) for n in (-2, -1, 0, 1, 2)}
    return next(code for code in map(str, range(100_000, 100_010)) if code not in taken)


def send_code(client: Client, code: str) -> Any:
    return client.post(CODE_PAGE, {"code": code})


def sign_in_with_code(client: Client, person: Person, code: str) -> Any:
    assert sign_in(client, person.email)["Location"] == CODE_PAGE
    return send_code(client, code)
