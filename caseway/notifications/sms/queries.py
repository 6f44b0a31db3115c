"""Which SMS did not arrive, and whom none can reach."""

from datetime import timedelta

from django.db.models import QuerySet

from caseway.accounts.viewer import Viewer
from caseway.core.clock import now
from caseway.notifications.models import Sms

TOLD_FOR = timedelta(days=7)


def failed_of(viewer: Viewer) -> QuerySet[Sms]:
    """The SMS of the agent's organisation that failed in the last week, newest first."""
    failed = Sms.objects.filter(state=Sms.State.FAILED, written_at__gt=now() - TOLD_FOR)
    ours = failed.filter(organisation=viewer.organisation_id) if viewer.is_agent else failed.none()
    return ours.select_related("person").defer("text").order_by("-pk")
