"""Mails about passwords, written by the worker."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from procrastinate.contrib.django import app

from caseway.accounts.models import PasswordResetRequest, Person

from .tokens import reset_link


def tell_of_new_password(person: Person) -> None:
    """Have the worker mail the person that their password was changed."""
    app.configure_task("accounts.mail_new_password_notice", queue="mail").defer(person_id=person.pk)


def mail_reset_link(request_id: int) -> None:
    """Answer one request for a new password, if somebody who may sign in has that address."""
    request = PasswordResetRequest.objects.filter(pk=request_id).first()
    if request is None:
        return
    person = Person.objects.filter(email=request.address, is_active=True).first()
    if person:
        with translation.override(person.language or request.language):
            _send(person, "reset", {"link": reset_link(person)})
    request.delete()


def mail_new_password_notice(person_id: int) -> None:
    """Tell the person that their password was changed, and what to do if it wasn't them."""
    person = Person.objects.filter(pk=person_id, is_active=True).first()
    if person:
        again = settings.BASE_URL.rstrip("/") + reverse("account_reset_password")
        with translation.override(person.language or settings.LANGUAGE_CODE):
            _send(person, "changed", {"link": again})


CHANGES: dict[str, Promise] = {
    "totp_activated": gettext_lazy("An authenticator app was set up."),
    "totp_deactivated": gettext_lazy("The authenticator app was removed."),
    "webauthn_added": gettext_lazy("A passkey was added."),
    "webauthn_removed": gettext_lazy("A passkey was removed."),
    "recovery_codes_generated": gettext_lazy("New recovery codes were made; the old ones work no more."),
    "reset": gettext_lazy("An administrator removed your second factor, since it was reported lost."),
}
"""What a mail tells of a change of the second factor."""


def tell_of_second_factor(person: Person, what: str) -> None:
    """Have the worker mail the person that their second factor changed; `what` is a key of `CHANGES`."""
    job = app.configure_task("accounts.mail_second_factor_notice", queue="mail")
    job.defer(person_id=person.pk, what=what)


def mail_second_factor_notice(person_id: int, what: str) -> None:
    """Tell the person what changed, and what to do if it wasn't them."""
    person = Person.objects.filter(pk=person_id, is_active=True).first()
    if person and what in CHANGES:
        again = settings.BASE_URL.rstrip("/") + reverse("account_reset_password")
        with translation.override(person.language or settings.LANGUAGE_CODE):
            _send(person, "second_factor", {"link": again, "change": str(CHANGES[what])})


def _send(person: Person, template: str, words: dict[str, object]) -> None:
    """Plain text with an HTML twin; the first line of the text is the subject."""
    words |= {"person": person, "hours": settings.PASSWORD_RESET_TIMEOUT // 3600}
    words |= {"house": "Caseway", "colour": ""}
    subject, text = render_to_string(f"accounts/sign_in/mail/{template}.txt", words).split("\n", 1)
    html = render_to_string(f"accounts/sign_in/mail/{template}.html", words | {"subject": subject})
    mail = EmailMultiAlternatives(
        subject.strip(), text.strip() + "\n", to=[person.email], headers={"Auto-Submitted": "auto-generated"}
    )
    mail.attach_alternative(html, "text/html")
    mail.send()
