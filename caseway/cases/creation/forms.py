"""What a customer enters of a new case in the portal: kept through every step and error."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from typing import Any, Self

from django.http import QueryDict

from caseway.accounts.viewer import Viewer
from caseway.cases.drafting.steps import Step
from caseway.cases.models import Attachment, Case, CaseDraft, Category, Side
from caseway.core.text import clean_line
from caseway.shipments.models import Shipment

from .fields import NewCase

LINES = ("category", "shipment", "subject", "description", "follow_up")
# Those that name something stored, by its number.
NAMING = ("category", "shipment", "follow_up")


@dataclass(frozen=True)
class Entered:
    """What has been entered so far. `shipment` and `follow_up` are numbers, `category` an id."""

    category: str = ""
    shipment: str = ""
    subject: str = ""
    description: str = ""
    follow_up: str = ""
    attachments: tuple[str, ...] = ()

    @classmethod
    def kept(cls, draft: CaseDraft) -> Self:
        """What a draft holds."""
        content: dict[str, Any] = draft.content
        given = {name: str(content.get(name, "")) for name in LINES}
        return cls(**given, attachments=tuple(str(key) for key in content.get("attachments", [])))

    @classmethod
    def begun(cls, data: QueryDict) -> Self:
        """What the address of the first page says, or its form: an item, a shipment, a case to follow up."""
        category, shipment, follow_up = (clean_line(data.get(name, "")) for name in NAMING)
        item = clean_line(data.get("item", ""))
        return cls(category=category or item, shipment=shipment, follow_up=follow_up)

    def following(self, case: Case, viewer: Viewer) -> Self:
        """The same with what a follow-up of a solved case begins with."""
        side = Side.objects.get(case=case, organisation=viewer.organisation_id)
        shipment = Shipment.objects.visible_to(viewer).filter(cases=case).first()
        return replace(
            self,
            category=self.category or str(side.category_id or ""),
            shipment=self.shipment or (shipment.number if shipment else ""),
            subject=side.subject,
            follow_up=case.number,
        )

    def sent(self, step: Step, data: QueryDict) -> Self:
        """The same with what a browser sent of a step."""
        given: dict[str, Any] = {name: data.get(name, "") for name in step.fields}
        given |= {name: clean_line(given[name]) for name in NAMING if name in given}
        if "attachments" in given:
            given["attachments"] = tuple(data.getlist("attachments"))
        return replace(self, **given)

    def with_files(self, files: Iterable[Attachment]) -> Self:
        """The same with files added."""
        return replace(self, attachments=(*self.attachments, *(str(file.pk) for file in files)))

    def suggesting(self, item: Category | None) -> Self:
        """The same with the item's usual subject, where none was written."""
        return replace(self, subject=self.subject or (item.default_subject if item else ""))

    def as_draft(self) -> dict[str, Any]:
        """The content of a draft."""
        return asdict(self) | {"attachments": list(self.attachments)}

    def as_case(self) -> NewCase:
        """The case to be made."""
        return NewCase(
            subject=self.subject,
            description=self.description,
            category=self.category,
            shipment=self.shipment,
            attachments=self.attachments,
        )
