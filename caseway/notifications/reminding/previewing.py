"""How a rule would read, of a case that its writer may open."""

from dataclasses import dataclass

from caseway.accounts.viewer import Viewer
from caseway.cases.models import Side
from caseway.notifications.sms.actions import worded_sms
from caseway.notifications.sms.segments import Length, length_of

from .actions import Written
from .wording import worded


@dataclass(frozen=True)
class Preview:
    """The words of each way, "" where the rule doesn't go it, and how long the SMS is."""

    mail: str
    sms: str

    @property
    def length(self) -> Length:
        """Of the SMS, with the address of the case."""
        return length_of(self.sms)


def preview_of(written: Written, viewer: Viewer) -> Preview | None:
    """Of the latest case with a deadline; None where the viewer sees none. The texts have no objections."""
    sides = Side.objects.visible_to(viewer).filter(deadline__isnull=False)
    side = sides.select_related("case__brand", "organisation").order_by("-updated_at").first()
    if side is None or viewer.person is None:
        return None
    mail = worded(written.text, side, viewer.person) if written.by_mail else ""
    sms = worded_sms(worded(written.sms_text, side, viewer.person), side) if written.by_sms else ""
    return Preview(mail, sms)
