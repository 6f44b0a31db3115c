"""What the two ways to a mail server have in common: where it is, and how one signs in."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from caseway.core.sealing import seal, unseal

PASSWORD = "mail.server.password"  # noqa: S105 - the use that it is sealed for


class ServerAccount(models.Model):
    """An account at a mail server. Its password is sealed: neither shown again nor logged."""

    class Security(models.TextChoices):
        TLS = "tls", _("TLS from the beginning")
        STARTTLS = "starttls", _("STARTTLS")
        NONE = "none", _("No encryption (within one's own network only)")

    class SignIn(models.TextChoices):
        PASSWORD = "password", _("User and password")
        GRANT = "grant", _("Permission given at the provider (OAuth 2)")

    host = models.CharField(max_length=253)
    port = models.PositiveIntegerField(validators=[MinValueValidator(1), MaxValueValidator(65535)])
    security = models.CharField(max_length=8, choices=Security, default=Security.TLS)
    user = models.CharField(max_length=254, blank=True)
    sign_in = models.CharField(max_length=8, choices=SignIn, default=SignIn.PASSWORD)
    sealed_password = models.TextField(blank=True)
    is_active = models.BooleanField(_("active"), default=True)
    version = models.PositiveIntegerField(default=1, help_text=_("Moves when somebody changes the account"))

    class Meta:
        abstract = True

    @property
    def password(self) -> str:
        """The password. Raises Unreadable (caseway.core.sealing) after the secret key was lost."""
        return unseal(self.sealed_password, PASSWORD)

    @password.setter
    def password(self, secret: str) -> None:
        self.sealed_password = seal(secret, PASSWORD)

    @property
    def uses_grant(self) -> bool:
        """Whether it signs in by a permission that was given at the provider."""
        return self.sign_in == self.SignIn.GRANT
