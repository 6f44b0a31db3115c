"""Which customers a viewer sees."""

from typing import TYPE_CHECKING, Self

from django.db import models

from caseway.accounts.viewer import Seat, Viewer

if TYPE_CHECKING:
    from .models import Contact, CustomerAccount, Invitation  # noqa: F401 - named in the types below


class CustomerAccountQuerySet(models.QuerySet["CustomerAccount"]):
    """Customer accounts; `visible_to` is the only door."""

    def visible_to(self, viewer: Viewer) -> Self:
        """Agents see their organisation's accounts, a contact their own."""
        match viewer.seat:
            case Seat.AGENT:
                return self.filter(organisation=viewer.organisation_id)
            case Seat.CONTACT:
                return self.filter(organisation=viewer.organisation_id, pk=viewer.account_id)
            case _:
                return self.none()


class ContactQuerySet(models.QuerySet["Contact"]):
    """Contacts; `visible_to` is the only door."""

    def visible_to(self, viewer: Viewer) -> Self:
        """Agents see their organisation's, account administrators their account's, a contact itself."""
        match viewer.seat:
            case Seat.AGENT:
                return self.filter(organisation=viewer.organisation_id)
            case Seat.CONTACT if viewer.administers_account and viewer.account_id:
                return self.filter(organisation=viewer.organisation_id, account=viewer.account_id)
            case Seat.CONTACT:
                return self.filter(pk=viewer.contact_id)
            case _:
                return self.none()


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Invitations; `visible_to` is the only door but for the link's own secret."""

    def visible_to(self, viewer: Viewer) -> Self:
        """Agents see those that their organisation's people sent, account administrators their account's.

        What strangers asked for themselves is nobody's to see before they have proven their address.
        """
        sent = self.filter(organisation=viewer.organisation_id, invited_by__isnull=False)
        match viewer.seat:
            case Seat.AGENT:
                return sent
            case Seat.CONTACT if viewer.administers_account and viewer.account_id:
                return sent.filter(account=viewer.account_id)
            case _:
                return self.none()

    def waiting(self) -> Self:
        """Those that were neither accepted nor revoked; some may be too old by now."""
        return self.filter(accepted_at=None, revoked_at=None)
