"""The reply box of the portal: what a customer is writing on a case, and what will come of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Self
from uuid import UUID

from django.http import QueryDict

from caseway.accounts.viewer import Viewer
from caseway.cases.conversation.drafts import drafts_of
from caseway.cases.files.actions import Limits, limits_for
from caseway.cases.files.forms import as_rows
from caseway.cases.files.queries import unsent_files
from caseway.cases.lifecycle.going_on import GoingOn, going_on
from caseway.cases.models import Attachment, Case
from caseway.cases.once import form_token
from caseway.cases.types import Audience

ANSWERS = {"yes": True, "no": False}


@dataclass(frozen=True)
class Reply:
    """The box on one case, as it is shown and as it was sent."""

    case: Case
    limits: Limits
    text: str = ""
    files: list[Attachment] = field(default_factory=list)
    attachments: tuple[str, ...] = ()
    """The ids as they were sent: the action refuses them whole where one is foreign or gone."""
    reopen: str = ""
    token: UUID = field(default_factory=form_token)
    errors: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def begun(cls, case: Case, viewer: Viewer) -> Self:
        """The box with what the viewer has been writing."""
        draft = drafts_of(viewer, case).get(Audience.CUSTOMER)
        kept = draft.content if draft else {}
        files = unsent_files(viewer, kept.get("attachments", []))
        return cls(case, limits_for(viewer), text=str(kept.get("text", "")), files=files)

    @classmethod
    def sent(cls, case: Case, viewer: Viewer, data: QueryDict, more: Iterable[Attachment] = ()) -> Self:
        """The box as a browser sent it, with `more` files. It lists only the viewer's own of them."""
        ids = (*data.getlist("attachments"), *(str(file.pk) for file in more))
        return cls(
            case,
            limits_for(viewer),
            text=data.get("text", ""),
            files=unsent_files(viewer, ids),
            attachments=ids,
            reopen=data.get("reopen", ""),
            token=form_token(data.get("token", "")),
        )

    def refused(self, errors: Mapping[str, str]) -> Self:
        """The same, with what is wrong."""
        return replace(self, errors=errors)

    @property
    def is_merged(self) -> bool:
        """Whether the conversation goes on in another case."""
        return going_on(self.case) is GoingOn.ELSEWHERE

    @property
    def asks_to_reopen(self) -> bool:
        """Whether the case was solved not long ago, so that sending asks what to do with it."""
        return going_on(self.case) is GoingOn.MAY_REOPEN

    @property
    def makes_follow_up(self) -> bool:
        """Whether the case was solved long ago, so that sending makes another one."""
        return going_on(self.case) is GoingOn.FOLLOW_UP

    @property
    def says_reopen(self) -> bool | None:
        """What was answered to that; None for nothing."""
        return ANSWERS.get(self.reopen)

    @property
    def file_rows(self) -> list[dict[str, object]]:
        """The files as the box lists them."""
        return as_rows(self.files, "portal")
