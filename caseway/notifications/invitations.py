"""What people are mailed before they can sign in, in the name of the brand that they come to."""

from django.urls import reverse

from caseway.accounts.brands.sites import site_of
from caseway.accounts.models import Person
from caseway.customers.invitations.keys import Invited
from caseway.customers.models import Contact
from caseway.mail.models import Delivery
from caseway.mail.outbox.actions import write
from caseway.mail.outbox.letters import Letter, Recipient

from .words import language_for, said_in, say, sign_in_link


def invite_by_mail(invited: Invited) -> None:
    """Mail the link of an invitation, or of a sign-up, to the address that it is for."""
    invitation = invited.invitation
    house = invitation.brand.name if invitation.brand else invitation.organisation.name
    by = invitation.invited_by
    context = {
        "brand": invitation.brand,
        "house": house,
        "reader": invitation.name,
        "inviter": str(by) if by else "",
        "account": invitation.account.name,
        "address": invitation.email,
        "link": site_of(invitation.brand) + reverse("invitation", args=[invited.key]),
    }
    person = Person.objects.filter(email=invitation.email).first()
    template = "invitation" if by else "sign_up"
    chosen = said_in(invitation.language) or language_for(person, invitation.organisation)
    write(
        Letter(
            purpose=Delivery.Purpose.ACCOUNT,
            to=Recipient(invitation.email, invitation.name),
            words=say(template, chosen, context),
            organisation=invitation.organisation,
            brand=invitation.brand,
        )
    )


def tell_of_known_sign_in(contact: Contact) -> None:
    """Tell somebody who asked to join that they come in already."""
    brand = contact.account.brand if contact.account else None
    context = {
        "brand": brand,
        "house": brand.name if brand else contact.organisation.name,
        "reader": contact.name,
        "link": sign_in_link(brand),
    }
    write(
        Letter(
            purpose=Delivery.Purpose.ACCOUNT,
            to=Recipient(contact.email, contact.name),
            words=say("known", language_for(contact.person, contact.organisation), context),
            organisation=contact.organisation,
            brand=brand,
        )
    )
