"""A person: one sign-in, with one lower-cased address in the whole system."""

from collections.abc import Iterator
from typing import Any, ClassVar, Self

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from caseway.core.clock import now
from caseway.core.text import normal_address


class PersonManager(BaseUserManager["Person"]):
    """Makes people; Django's `createsuperuser` works with it."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Person":
        """Store a person with a hashed password; without one, nobody can sign in as them."""
        person = self.model(email=normal_address(email), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "Person":
        """Store a system administrator."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "Person":
        """The person with that address, however it is spelled in case."""
        return self.get(email=normal_address(username or ""))


class Person(AbstractBaseUser, PermissionsMixin):
    """Somebody who can sign in. What they may see follows from memberships and contacts."""

    email = models.EmailField(_("e-mail address"), unique=True, db_collation="C")
    name = models.CharField(_("name"), max_length=120)
    language = models.CharField(max_length=12, blank=True)
    time_zone = models.CharField(max_length=64, blank=True)
    mobile = models.CharField(max_length=16, blank=True, editable=False, db_collation="C")
    """For SMS, in E.164. Given by the person alone; without one they get none."""
    previews_cases = models.BooleanField(default=False)
    """Whether a case opens beside its list first, where there is room."""
    must_change_password = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    session_epoch = models.PositiveIntegerField(default=0, editable=False)
    """Raised to end every session at once; a change of password ends them too."""
    is_staff = models.BooleanField(_("system administrator"), default=False)
    uses_single_keys = models.BooleanField(default=True, editable=False)
    """Whether the desk listens to keys that are pressed alone."""
    date_joined = models.DateTimeField(default=now)

    objects: ClassVar[PersonManager] = PersonManager()

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="person_email_lower"),
            models.CheckConstraint(
                condition=models.Q(mobile__regex=r"^(\+[1-9][0-9]{6,14})?$"), name="person_mobile_e164"
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def clean(self: Self) -> None:
        """Normalise what was typed into a form."""
        self.email = normal_address(self.email)

    def get_session_auth_hash(self) -> str:
        """What a session must hold to be believed: moves with the password and the epoch."""
        return self._session_hash(None)

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        """The same under the secret keys used before."""
        return (self._session_hash(secret) for secret in settings.SECRET_KEY_FALLBACKS)

    def _session_hash(self, secret: str | bytes | None) -> str:
        value = f"{self.session_epoch}:{self.password}"
        return salted_hmac("caseway.accounts.session", value, secret=secret, algorithm="sha256").hexdigest()

    def get_short_name(self) -> str:
        """The first of the person's names, as a colleague would say it."""
        return self.name.split(" ", 1)[0]
