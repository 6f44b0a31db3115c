"""What is given of a file."""

from pydantic import Field

from caseway.api.http.answers import Out
from caseway.cases.models import Attachment


class AttachmentOut(Out):
    """A file; its bytes are at `/attachments/{id}/content`."""

    id: str
    name: str
    type: str = Field(description="Found from the content")
    size: int = Field(description="In bytes")
    inline: bool = Field(description="Part of a mail's text rather than added to it")
    held: bool = Field(description="Held back, since it may do harm: its content is not given")


def attachment_of(attachment: Attachment) -> AttachmentOut:
    """The file, with its stored file joined."""
    return AttachmentOut(
        id=str(attachment.pk),
        name=attachment.name,
        type=attachment.file.type,
        size=attachment.file.size,
        inline=attachment.is_inline,
        held=is_held(attachment),
    )


def is_held(attachment: Attachment) -> bool:
    """Whether the content must not be passed on: a check objected, or the scanner has not been."""
    return bool(attachment.quarantined) or attachment.file.state != attachment.file.State.CLEAN
