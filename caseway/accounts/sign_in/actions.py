"""Passwords and sessions of people."""

from procrastinate.contrib.django import app

from caseway.accounts.models import PasswordResetRequest, Person
from caseway.core import limits
from caseway.core.text import normal_address
from caseway.core.transactions import action

from .lockout import locked_out

RESETS_BY_ADDRESS = 3
RESETS_BY_CLIENT = 20
HOUR = 3600


def ask_for_new_password(address: str, *, client: str, language: str) -> None:
    """Take a request for a new password; the worker mails the link if we know the address.

    Does the same for every address. Raises TooMany after three requests for one address, or
    twenty of one client, within an hour.
    """
    for key, most in (
        (f"reset address {normal_address(address)}", RESETS_BY_ADDRESS),
        (f"reset client {client}", RESETS_BY_CLIENT),
    ):
        if limits.count(key, HOUR) > most:
            raise locked_out(limits.seconds_left(key))
    _keep_request(address, language)


@action
def _keep_request(address: str, language: str) -> None:
    request = PasswordResetRequest.objects.create(address=normal_address(address), language=language)
    app.configure_task("accounts.mail_reset_link", queue="mail").defer(request_id=request.pk)


@action
def choose_password(person: Person, password: str) -> None:
    """Set the password that the person chose themselves; ends all of their sessions and API tokens."""
    end_sessions(person)
    person.set_password(password)
    person.must_change_password = False
    person.save(update_fields=["password", "must_change_password"])


@action
def give_password(person: Person, password: str) -> None:
    """Set a password for somebody, who must change it at the next sign-in; ends sessions and API tokens."""
    end_sessions(person)
    person.set_password(password)
    person.must_change_password = True
    person.save(update_fields=["password", "must_change_password"])


@action
def end_sessions(person: Person) -> None:
    """Sign the person out everywhere; API tokens made before open nothing any more."""
    stored = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    person.session_epoch = stored.session_epoch + 1
    person.save(update_fields=["session_epoch"])


@action
def disable(person: Person) -> None:
    """Let the person sign in no more. Enabling them later brings no old session back."""
    end_sessions(person)
    person.is_active = False
    person.save(update_fields=["is_active"])
