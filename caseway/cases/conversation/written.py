"""What the desk's composer sends, read from its form."""

from typing import Any

from django.utils.translation import gettext as _

from caseway.accounts.requests import ViewerRequest
from caseway.cases.files.forms import keep_all
from caseway.cases.types import Audience
from caseway.core.errors import Invalid

from .actions import Then
from .sending import Outgoing


def draft_audience(request: ViewerRequest) -> Audience:
    """The audience that was chosen. Raises Invalid at `audience`."""
    try:
        return Audience(request.POST.get("audience", ""))
    except ValueError:
        raise Invalid({"audience": _("Choose who will read this.")}) from None


def chosen_copies(request: ViewerRequest, audience: Audience) -> dict[str, Any] | None:
    """What was chosen of copies, to be kept: addresses `ticked`, and `typed` as it stands.

    None where the form asked for none.
    """
    name = f"cc-{audience.value}"
    if f"{name}-asked" not in request.POST:
        return None
    return {"ticked": request.POST.getlist(name), "typed": request.POST.get(f"{name}-more", "")}


def _copies(request: ViewerRequest, audience: Audience) -> list[str] | None:
    """The addresses that were ticked and typed; None where the form asked for none."""
    chosen = chosen_copies(request, audience)
    if chosen is None:
        return None
    typed = chosen["typed"].replace(";", ",").replace("\n", ",").split(",")
    return [*chosen["ticked"], *(one.strip() for one in typed if one.strip())]


def written(request: ViewerRequest) -> tuple[Outgoing, dict[str, str]]:
    """The message, with files that a browser without scripts sent along, and why some were refused."""
    audience = draft_audience(request)
    kept, errors = keep_all(request.FILES.getlist(f"files-{audience.value}"), request.viewer)
    ids = [*request.POST.getlist(f"attachments-{audience.value}"), *(str(file.pk) for file in kept)]
    latest = request.POST.get("latest", "")
    outgoing = Outgoing(
        audience=audience,
        text=request.POST.get("text", ""),
        attachments=ids,
        then=Then(request.POST.get("set_status") or None),
        latest=int(latest) if latest.isdecimal() else None,
        copies=_copies(request, audience),
    )
    return outgoing, errors
