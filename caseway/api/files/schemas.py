"""What is given of a file."""

from pydantic import Field

from caseway.api.http.answers import In, Out
from caseway.cases.files.queries import missing_offsets
from caseway.cases.models import Attachment, Upload


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


class UploadIn(In):
    """A file that is to be sent by part."""

    name: str = Field(min_length=1, max_length=5000)
    size: int = Field(ge=1, le=10**12, description="Of the whole, in bytes")
    sha256: str = Field(
        "",
        pattern="^([0-9a-f]{64})?$",
        description="Of the whole, in hexadecimal digits; then one that arrives changed is refused",
    )


class UploadOut(Out):
    """A file on its way."""

    id: str
    name: str
    size: int = Field(description="Of the whole, in bytes")
    part_size: int = Field(description="Bytes of every part but the last")
    missing: list[int] = Field(description="Where the parts begin that have not arrived yet")
    attachment: str | None = Field(description="The id of the attachment that it has become, if it has")


def upload_of(upload: Upload) -> UploadOut:
    """The file, as far as it has come."""
    return UploadOut(
        id=str(upload.pk),
        name=upload.name,
        size=upload.size,
        part_size=upload.part_size,
        missing=missing_offsets(upload),
        attachment=str(upload.attachment_id) if upload.attachment_id else None,
    )
