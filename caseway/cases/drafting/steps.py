"""The steps in which a case is entered, and the fields of each."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Step(TextChoices):
    """In their order; the value stands in the address."""

    TOPIC = "topic", _("Topic")
    GUIDANCE = "guidance", _("Guidance")
    SHIPMENT = "shipment", _("Shipment")
    CONTENT = "content", _("Your case")

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of what is entered here."""
        return FIELDS.get(self, ())

    @property
    def before(self) -> "Step":
        """The step that *Back* leads to."""
        return ORDER[max(0, ORDER.index(self) - 1)]

    @property
    def after(self) -> "Step":
        """The step that *Continue* leads to."""
        return ORDER[min(len(ORDER) - 1, ORDER.index(self) + 1)]


ORDER = tuple(Step)
FIELDS: dict[Step, tuple[str, ...]] = {
    Step.TOPIC: ("category",),
    Step.SHIPMENT: ("shipment",),
    Step.CONTENT: ("subject", "description", "attachments"),
}
