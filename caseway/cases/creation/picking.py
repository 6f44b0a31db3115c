"""The step of the shipment: those found by a number, the chosen one, and where it is just now."""

from typing import Any

from django.utils.translation import gettext as _

from caseway.accounts.viewer import Viewer
from caseway.core.text import clean_line
from caseway.shipments.answers import answers_for
from caseway.shipments.numbers import recognise
from caseway.shipments.wording import found_by, taken_for

from .begun import Begun
from .queries import active_cases_on, shipment_chosen, shipments_found

QUERY = "p-shipment-q"


def picked(
    begun: Begun | None,
    typed: str = "",
    *,
    viewer: Viewer | None = None,
    number: str = "",
    goes_on: bool = False,
) -> dict[str, Any]:
    """What the picker shows of a draft, or (as a fragment) of the chosen `number`.

    With `goes_on` there may be an error at `shipment`: nothing is passed over by accident.
    """
    seen = begun.request.viewer if begun else viewer
    if seen is None:
        raise ValueError("picked: a draft or a viewer is needed")
    number = begun.entered.shipment if begun else number
    wanted, chosen = recognise(typed), shipment_chosen(seen, number)
    found = shipments_found(seen, typed)
    matches = len(found)
    if chosen and chosen not in found:
        found.insert(0, chosen)
    return {
        "typed": typed,
        "matches": matches,
        "chosen": chosen,
        "found": found,
        "found_by": {one.pk: found_by(one, wanted) for one in found},
        "taken_for": taken_for(wanted),
        "answers": answers_for(seen, chosen=number) if begun else None,
        "earlier": active_cases_on(chosen, seen) if chosen and begun else [],
        "errors": _errors(begun, typed if goes_on else "", chosen=bool(chosen)) if begun else {},
    }


def _errors(begun: Begun, typed: str, *, chosen: bool) -> dict[str, str]:
    """Chosen, but not theirs; or typed a number and chosen none: asked once whether that is meant."""
    if begun.entered.shipment and not chosen:
        return {"shipment": _("No shipment has this number.")}
    asked = clean_line(begun.request.POST.get("asked", ""))
    if typed.strip() and not chosen and clean_line(typed) != asked:
        return {"shipment": _("Choose your shipment below, or continue without one.")}
    return {}
