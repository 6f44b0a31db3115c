"""The partnerships of an organisation, and what it may know of each."""

from typing import Any

from django.db.models import Q, QuerySet

from caseway.accounts.models import Organisation, PartnerInvitation, Partnership
from caseway.accounts.viewer import Viewer
from caseway.core.clock import now
from caseway.core.errors import NotFound
from caseway.core.fingerprints import fingerprint
from caseway.mail.models import Mailbox


def partnerships_of(viewer: Viewer) -> QuerySet[Partnership]:
    """Those of the agent's organisation, the oldest first; none for anybody else."""
    us = viewer.organisation_id or 0
    pairs = Partnership.objects.filter(Q(shipper=us) | Q(carrier=us))
    joined = pairs.select_related("shipper", "carrier").order_by("pk")
    return joined if viewer.is_agent else joined.none()


def partnership_of(viewer: Viewer, key: int) -> Partnership:
    """One of them. Raises NotFound for any other."""
    found = partnerships_of(viewer).filter(pk=key).first()
    if found is None:
        raise NotFound
    return found


def keeps_addresses_of(viewer: Viewer, pair: Partnership, organisation: Organisation) -> bool:
    """Whether the viewer's organisation may read and change that side's addresses: its own, and those
    of a partner by e-mail alone, who has no desk to do it at."""
    return organisation.pk == viewer.organisation_id or not organisation.signs_in


def waiting_invitations(pair: Partnership) -> QuerySet[PartnerInvitation]:
    """The invitations of the partner that still open something."""
    found = PartnerInvitation.objects.filter(partnership=pair, ended_at=None, expires_at__gt=now())
    return found.filter(organisation__signs_in=False).select_related("organisation", "invited_by")


def is_received_here(address: str) -> bool:
    """Whether the address is a mailbox of Caseway itself: a mail to it would come back to us."""
    return Mailbox.objects.filter(address=address).exists()


def state_of(pair: Partnership, viewer: Viewer) -> dict[str, Any]:
    """All that the viewer's organisation may change of it, as JSON values."""
    partner = pair.partner_of(viewer.us)
    theirs = pair.addresses_of(partner.pk) if keeps_addresses_of(viewer, pair, partner) else None
    return {
        "standing": pair.standing.value,
        "addresses": pair.addresses_of(viewer.us),
        "partner_addresses": theirs,
    }


def version_of(pair: Partnership, viewer: Viewer) -> int:
    """A number that moves with what the viewer's organisation knows of it, and with nothing else."""
    return fingerprint(pair.pk, state_of(pair, viewer))
