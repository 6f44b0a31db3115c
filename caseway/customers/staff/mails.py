"""The mail that invites somebody to a desk."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from caseway.accounts.models import Membership
from caseway.accounts.sign_in.tokens import reset_link


def mail_desk_invitation(seat_id: int) -> None:
    """Mail the link, if the seat still waits for its person."""
    seat = Membership.objects.select_related("person", "organisation").filter(pk=seat_id).first()
    if seat is None or not seat.person.is_active or not seat.is_waiting:
        return
    base = settings.BASE_URL.rstrip("/")
    chooses = not seat.person.has_usable_password()
    words = {
        "name": seat.invited_name,
        "house": seat.organisation.name,
        "colour": "",
        "chooses": chooses,
        "link": reset_link(seat.person) if chooses else base + reverse("desk_invitation", args=[seat.pk]),
        "again": base + reverse("account_reset_password"),
        "hours": settings.PASSWORD_RESET_TIMEOUT // 3600,
    }
    with translation.override(seat.person.language or seat.organisation.language):
        subject, text = render_to_string("customers/staff/mail/invitation.txt", words).split("\n", 1)
        html = render_to_string("customers/staff/mail/invitation.html", words | {"subject": subject})
    headers = {"Auto-Submitted": "auto-generated"}
    mail = EmailMultiAlternatives(
        subject.strip(), text.strip() + "\n", to=[seat.person.email], headers=headers
    )
    mail.attach_alternative(html, "text/html")
    mail.send()
