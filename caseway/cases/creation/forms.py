"""The form of a new case in the portal: what was entered, kept through every step and error."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Self

from django.http import QueryDict

from caseway.accounts.viewer import Viewer
from caseway.cases.conversation.drafts import drafts_of
from caseway.cases.models import Attachment, Case, Draft, Side
from caseway.cases.types import Audience
from caseway.core.text import clean_line
from caseway.shipments.models import Shipment

from .fields import NewCase

FIELDS = ("category", "shipment", "subject", "description", "follow_up")
# Those that name something stored, by its number.
NAMING = ("category", "shipment", "follow_up")


@dataclass(frozen=True)
class Entered:
    """What a customer has entered so far. `shipment` and `follow_up` are numbers, `category` an id."""

    category: str = ""
    shipment: str = ""
    subject: str = ""
    description: str = ""
    follow_up: str = ""
    attachments: tuple[str, ...] = ()

    @classmethod
    def sent(cls, data: QueryDict) -> Self:
        """What a browser sent."""
        given = {name: data.get(name, "") for name in FIELDS}
        given |= {name: clean_line(given[name]) for name in NAMING}
        return cls(**given, attachments=tuple(data.getlist("attachments")))

    @classmethod
    def kept(cls, draft: Draft | None) -> Self:
        """What was entered earlier and kept."""
        if draft is None:
            return cls()
        content: dict[str, Any] = draft.content
        given = {name: str(content.get(name, "")) for name in FIELDS}
        return cls(**given, attachments=tuple(str(key) for key in content.get("attachments", [])))

    @classmethod
    def following(cls, case: Case, viewer: Viewer) -> Self:
        """What a follow-up of a solved case begins with."""
        side = Side.objects.get(case=case, organisation=viewer.organisation_id)
        shipment = Shipment.objects.visible_to(viewer).filter(cases=case).first()
        return cls(
            category=str(side.category_id or ""),
            shipment=shipment.number if shipment else "",
            subject=side.subject,
            follow_up=case.number,
        )

    def but(self, query: Mapping[str, str]) -> Self:
        """The same with what the address says: the item, shipment or case that a link led from."""
        item, shipment = query.get("item", ""), query.get("shipment", "")
        return replace(self, category=item or self.category, shipment=shipment or self.shipment)

    def with_files(self, files: Iterable[Attachment]) -> Self:
        """The same with files added."""
        return replace(self, attachments=(*self.attachments, *(str(file.pk) for file in files)))

    @property
    def has_words(self) -> bool:
        """Whether something would be lost with it."""
        return bool(self.subject.strip() or self.description.strip() or self.attachments)

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


def draft_of(viewer: Viewer) -> Draft | None:
    """The case that the viewer began and did not send."""
    return drafts_of(viewer, None).get(Audience.CUSTOMER)
