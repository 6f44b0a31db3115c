"""Files in a form: those that wait to be sent, and those that a browser without scripts sends with it."""

from collections.abc import Iterable, Sequence
from typing import Any, BinaryIO, cast

from django.core.files.uploadedfile import UploadedFile
from django.urls import reverse

from caseway.accounts.viewer import Viewer
from caseway.cases.models import Attachment
from caseway.core.errors import Invalid, Unavailable

from .actions import upload
from .naming import safe_name


def keep_all(sent: Sequence["UploadedFile[Any]"], by: Viewer) -> tuple[list[Attachment], dict[str, str]]:
    """Keep each file that policy takes; gives those, and at `attachments` why others were refused."""
    kept: list[Attachment] = []
    refusals: list[str] = []
    for file in sent:
        try:
            kept.append(upload(cast("BinaryIO", file.file), file.name or "", by=by))
        except Invalid as refused:
            refusals.append(refused.message)
        except Unavailable as away:
            refusals.append(f"{safe_name(file.name or '')}: {away.message}")
    return kept, {"attachments": " ".join(refusals)} if refusals else {}


def as_rows(files: Iterable[Attachment], space: str) -> list[dict[str, object]]:
    """Unsent files as `ui/upload.html` shows them; `space` is "portal" or "desk"."""
    return [
        {
            "id": str(file.pk),
            "name": file.name,
            "size": file.file.size,
            "remove_url": reverse(f"{space}:file", args=[file.pk]),
        }
        for file in files
    ]
