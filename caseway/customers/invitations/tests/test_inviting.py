"""Inviting, inviting again, taking back: by whom, and what the inviter learns."""

import pytest
from django.core.cache import cache

from caseway.accounts.models import AuditEntry, Membership, Person
from caseway.core.errors import Conflict, Invalid, NotAllowed, NotFound, TooMany
from caseway.customers.invitations.actions import invite, invite_again, revoke
from caseway.customers.invitations.keys import digest_of
from caseway.customers.models import Contact, Invitation
from caseway.demo.cast import Cast
from caseway.mail.models import Delivery

from .links import NEW, invite_noa, last_mail, mailed_path


def test_an_administrator_invites_by_a_mail_in_the_brands_name(cast: Cast) -> None:
    invitation = invite_noa(cast, brand=cast.larkfield_brand)
    mail = last_mail()
    assert (mail.organisation, mail.sender_name) == (cast.larkfield, "Larkfield")
    assert "Kim Tran invites you to join Orchid Hotels" in mail.text
    assert "http://larkfield.localhost:8000/accounts/invitation/" in mail.text
    assert mail.subject == "You are invited to the customer portal of Larkfield"
    entry = AuditEntry.objects.get(kind="contact.invited")
    assert (entry.actor, entry.payload["invitation_id"]) == (cast.kim, invitation.pk)


def test_the_links_secret_is_stored_nowhere_but_in_its_mail(cast: Cast) -> None:
    invitation = invite_noa(cast)
    key = mailed_path().rstrip("/").rpartition("/")[2]
    assert invitation.key_digest == digest_of(key) != key
    assert not [entry for entry in AuditEntry.objects.all() if key in str(entry.payload)]
    assert key not in str(cache)


@pytest.mark.parametrize("name", ["ana", "sam", "lea", "admin"])
def test_agents_with_the_permission_invite(cast: Cast, name: str) -> None:
    invite(cast.orchid, by=cast.at_desk(getattr(cast, name)), name="Noa", email=NEW)
    assert last_mail().purpose == Delivery.Purpose.ACCOUNT


def test_an_agent_without_the_permission_does_not(cast: Cast) -> None:
    role = Membership.objects.get(person=cast.ben).role
    role.permissions = [p for p in role.permissions if p != "customers.manage"]
    role.save()
    seat = Membership.objects.select_related("person", "organisation", "role").get(person=cast.ben)
    cast.memberships[cast.ben.email] = seat
    with pytest.raises(NotAllowed):
        invite(cast.orchid, by=cast.at_desk(cast.ben), name="Noa", email=NEW)


def test_plain_contacts_and_strangers_do_not(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        invite(cast.orchid, by=cast.in_portal(cast.jo), name="Noa", email=NEW)
    for viewer in (cast.in_portal(cast.max), cast.at_desk(cast.pia), cast.at_desk(cast.omar)):
        with pytest.raises(NotFound):
            invite(cast.orchid, by=viewer, name="Noa", email=NEW)
    assert not Invitation.objects.exists()


def test_the_inviter_learns_nothing_of_an_address(cast: Cast) -> None:
    """Whether nobody has it, an agent, or another account's contact: the same is kept and said."""
    kim = cast.in_portal(cast.kim)
    for address in (NEW, cast.pia.email, cast.max.email, "x.y@elsewhere.example"):
        invitation = invite(cast.orchid, by=kim, name="Noa", email=address)
        assert (invitation.is_open, invitation.contact) == (True, None)
    assert Contact.objects.filter(account=cast.orchid).count() == 2
    assert Contact.objects.get(email=cast.max.email).account == cast.fernwood


def test_twice_is_told_and_mailed_once(cast: Cast) -> None:
    invite_noa(cast)
    with pytest.raises(Invalid, match="invited already"):
        invite_noa(cast)
    with pytest.raises(Invalid, match="comes in already"):
        invite(cast.orchid, by=cast.in_portal(cast.kim), name="Jo", email="JO@orchid.example ")
    assert Delivery.objects.filter(address=NEW).count() == 1


@pytest.mark.parametrize("name", ["", "See http://evil.example", "a@b.example", "www evil", "Call<b>"])
def test_a_name_carries_no_link_into_our_mail(cast: Cast, name: str) -> None:
    with pytest.raises(Invalid):
        invite(cast.orchid, by=cast.in_portal(cast.kim), name=name, email=NEW)


def test_again_makes_the_link_before_worthless(cast: Cast) -> None:
    invitation = invite_noa(cast)
    first = mailed_path()
    invite_again(invitation, by=cast.in_portal(cast.kim))
    assert mailed_path() != first
    assert not Invitation.objects.filter(key_digest=digest_of(first.split("/")[3])).exists()


def test_a_revoked_one_is_not_sent_again(cast: Cast) -> None:
    invitation, kim = invite_noa(cast), cast.in_portal(cast.kim)
    revoke(invitation, by=kim)
    revoke(invitation, by=kim)
    with pytest.raises(Conflict):
        invite_again(invitation, by=kim)
    assert AuditEntry.objects.filter(kind="contact.invitation_revoked").count() == 1
    invite_noa(cast)


def test_strangers_neither_send_again_nor_revoke(cast: Cast) -> None:
    invitation = invite_noa(cast)
    for viewer in (cast.in_portal(cast.max), cast.at_desk(cast.pia)):
        for act in (invite_again, revoke):
            with pytest.raises(NotFound):
                act(invitation, by=viewer)


def test_an_address_gets_three_mails_an_hour(cast: Cast) -> None:
    invitation, kim = invite_noa(cast), cast.in_portal(cast.kim)
    invite_again(invitation, by=kim)
    invite_again(invitation, by=kim)
    with pytest.raises(TooMany):
        invite_again(invitation, by=kim)
    assert Delivery.objects.filter(address=NEW).count() == 3


def test_what_was_done_is_never_changed(cast: Cast) -> None:
    invite_noa(cast)
    with pytest.raises(Exception, match="never changed"):
        AuditEntry.objects.update(kind="nothing")


def test_nobody_is_made_by_inviting(cast: Cast) -> None:
    before = Person.objects.count()
    invite_noa(cast)
    assert Person.objects.count() == before
