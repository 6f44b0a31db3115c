"""Somebody who comes by a link and has no sign-in yet."""

from collections.abc import Mapping
from typing import Any, Protocol

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from caseway.accounts.models import Person
from caseway.accounts.reader import known_zone
from caseway.core.errors import Conflict, Invalid

from .forms import JoinForm
from .rules import good_name


class Joining(Protocol):
    """Makes the sign-in and lets its person join: an action."""

    def __call__(self, *, name: str, password: str, language: str, time_zone: str) -> Person: ...


def new_sign_in(email: str, *, name: str, password: str, language: str, time_zone: str) -> Person:
    """Make a sign-in for the address, in the caller's transaction.

    Raises Invalid at `name` or `password1`, Conflict where somebody signs in with the address already:
    they join signed in.
    """
    if Person.objects.filter(email=email).exists():
        raise Conflict(_("You have a sign-in already. Sign in to join."))
    person = Person(email=email, name=good_name(name), language=language, time_zone=time_zone)
    try:
        validate_password(password, person)
    except ValidationError as error:
        raise Invalid({"password1": " ".join(error.messages)}) from error
    person.set_password(password)
    person.save(force_insert=True)
    return person


def joined_by_form(
    posted: Mapping[str, Any] | None, name: str, join: Joining
) -> tuple[JoinForm, Person | None]:
    """The form for a newcomer, with what is wrong in it, and who joined by it; None as long as nobody has.

    `posted` is what was sent, if anything was; `name` stands there to begin with.
    """
    form = JoinForm(posted, initial={"name": name})
    if not form.is_bound or not form.is_valid():
        return form, None
    typed = form.cleaned_data
    try:
        person = join(
            name=typed["name"],
            password=typed["password1"],
            language=get_language() or "",
            time_zone=known_zone(typed["zone"]),
        )
    except Invalid as invalid:
        for field, message in invalid.errors.items():
            form.add_error(field if field in form.fields else None, message)
        return form, None
    except Conflict as conflict:
        form.add_error(None, conflict.message)
        return form, None
    return form, person
