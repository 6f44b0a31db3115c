"""The last step: subject, words and files, and what comes of sending them."""

from collections.abc import Mapping

from django.http import HttpResponse
from django.shortcuts import redirect

from caseway.cases import portal
from caseway.cases.drafting.steps import Step
from caseway.cases.files.actions import limits_for
from caseway.cases.files.forms import as_rows
from caseway.cases.files.queries import unsent_files
from caseway.core.errors import Invalid
from caseway.shipments.answers import answers_for

from .begun import Begun
from .queries import active_cases_on
from .step_pages import led_on, shown
from .submitting import submit

LONGEST_SUBJECT = 120


def content_page(begun: Begun, errors: Mapping[str, str] | None = None) -> HttpResponse:
    """The step as a page."""
    viewer, entered = begun.request.viewer, begun.entered
    limits = limits_for(viewer)
    text = f"{entered.subject}\n{entered.description}"
    return shown(
        begun,
        dict(errors or {}),
        files=as_rows(unsent_files(viewer, entered.attachments), "portal"),
        limits={"files": limits.files, "bytes": limits.total_bytes, "extensions": limits.types},
        longest_subject=LONGEST_SUBJECT,
        answers=answers_for(viewer, chosen=entered.shipment, text=text),
        earlier=active_cases_on(begun.shipment, viewer) if begun.shipment else [],
    )


def submitted(begun: Begun) -> HttpResponse:
    """Send it, and on to the number; back to the step where something is wrong."""
    request = begun.request
    try:
        case = submit(
            begun.entered.as_case(),
            by=request.viewer,
            token=begun.key,
            brand=portal.brand_of(request),
            follow_up_of=begun.entered.follow_up,
        )
    except Invalid as invalid:
        if "category" in invalid.errors:
            return led_on(begun, Step.TOPIC)
        return content_page(begun, invalid.errors)
    return redirect("portal:created", case.number)
