"""What somebody at a partner by e-mail is mailed when a desk of their own is offered to them."""

from django.conf import settings
from django.urls import reverse

from caseway.accounts.models import Person
from caseway.mail.models import Delivery
from caseway.mail.outbox.actions import write
from caseway.mail.outbox.letters import Letter, Recipient
from caseway.mail.partnerships.inviting import InvitedPartner

from .words import language_for, say


def invite_partner_by_mail(invited: InvitedPartner) -> None:
    """Mail the link, in the name of the organisation that works with them."""
    invitation = invited.invitation
    house = invitation.partnership.partner_of(invitation.organisation_id)
    person = Person.objects.filter(email=invitation.email).first()
    context = {
        "brand": None,
        "house": house.name,
        "reader": invitation.name,
        "inviter": str(invitation.invited_by),
        "partner": invitation.organisation.name,
        "link": settings.BASE_URL.rstrip("/") + reverse("partner_invitation", args=[invited.key]),
    }
    write(
        Letter(
            purpose=Delivery.Purpose.ACCOUNT,
            to=Recipient(invitation.email, invitation.name),
            words=say("partner_invitation", language_for(person, invitation.organisation), context),
            organisation=house,
        )
    )
