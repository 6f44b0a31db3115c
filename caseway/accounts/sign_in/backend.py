"""Address and password, checked."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.hashers import make_password
from django.db.models import QuerySet
from django.http import HttpRequest

from caseway.accounts.models import Person
from caseway.core.database.statements import Slot, Statement
from caseway.core.text import normal_address


class AddressBackend(AuthenticationBackend):
    """One query and one hash, whether or not the address is known or the person may sign in."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> Person | None:
        """The person whose address (as `email`, or `username` from Django) and password these are."""
        password = credentials.get("password")
        address = credentials.get("email") or credentials.get("username")
        if not password or not address:
            return None
        person = Person.objects.filter(email=normal_address(address)).first()
        if person is None:
            make_password(password)
            return None
        return person if person.check_password(password) and person.is_active else None

    def get_user(self, user_id: int) -> Person | None:
        """The person of a session, who is asked for by every page; None who may not sign in any more."""
        return next((one for one in _people.rows(key=user_id) if self.user_can_authenticate(one)), None)


@Statement
def _people() -> QuerySet[Person]:
    return Person.objects.filter(pk=Slot("key"))
