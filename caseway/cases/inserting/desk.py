"""What the composer offers to put in: a box under the writer's hands, and a page without scripts.

The box asks for the list as a fragment and for the text of what was chosen; without scripts the
text goes into the draft, and the writer back to the case.
"""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from caseway.accounts.access import desk_page
from caseway.accounts.requests import ViewerRequest
from caseway.cases import desk
from caseway.cases.canned.queries import canned_answer_visible_to, fill, offered_for
from caseway.cases.conversation.audiences import audiences_of
from caseway.cases.conversation.drafts import add_to_draft
from caseway.cases.conversation.mentions import NOTES, colleagues_who_read
from caseway.cases.models import Side
from caseway.cases.types import Audience
from caseway.core.errors import NotFound

from .actions import insert_guide
from .guides import choice_for
from .rows import Row, rows_of_canned, rows_of_colleagues, rows_of_guides


@require_GET
@desk_page
def case_guides(request: ViewerRequest, number: str) -> HttpResponse:
    """Guides that the readers of the chosen audience may read; those for this case first."""
    side, audience = _writing(request, number)
    choice = choice_for(side, audience, request.viewer, request.GET.get("q", ""))
    return _listed(request, side, audience, rows_of_guides(choice, side), _("Insert a guide"))


@require_POST
@desk_page
def guide_insertion(request: ViewerRequest, number: str, key: int) -> HttpResponse:
    """The text of a guide."""
    side, audience = _writing(request, number)
    token = request.POST.get("token", "")[:64]
    return _given(
        request, side, audience, insert_guide(side, audience, key, by=request.viewer, composer=token)
    )


@require_GET
@desk_page
def case_canned(request: ViewerRequest, number: str) -> HttpResponse:
    """Canned answers that tell the readers nothing they may not know."""
    side, audience = _writing(request, number)
    found = offered_for(audience, request.viewer, request.GET.get("q", ""))
    return _listed(request, side, audience, rows_of_canned(found, side), _("Insert a canned answer"))


@require_POST
@desk_page
def canned_insertion(request: ViewerRequest, number: str, key: int) -> HttpResponse:
    """The text of a canned answer, filled in for this case."""
    side, audience = _writing(request, number)
    found = fill(canned_answer_visible_to(request.viewer, key), side, audience, request.viewer)
    answer = _given(request, side, audience, found.text)
    answer["X-Blanks"] = str(found.blanks)
    return answer


@require_GET
@desk_page
def case_colleagues(request: ViewerRequest, number: str) -> HttpResponse:
    """Colleagues who can be named in a note. Without scripts they are named by typing."""
    side, audience = _writing(request, number)
    if audience not in NOTES:
        raise NotFound
    rows = rows_of_colleagues(colleagues_who_read(side, audience), request.viewer, request.GET.get("q", ""))
    return _listed(request, side, audience, rows, _("Mention a colleague"))


def _writing(request: ViewerRequest, number: str) -> tuple[Side, Audience]:
    """The case and who will read what is written. Raises NotFound for readers whom it hasn't."""
    side = desk.load(request, number)
    given = request.POST if request.method == "POST" else request.GET
    audience = next((one for one in audiences_of(side, request.viewer) if one == given.get("audience")), None)
    if audience is None:
        raise NotFound
    return side, audience


def _listed(
    request: ViewerRequest, side: Side, audience: Audience, rows: list[Row], heading: str
) -> HttpResponse:
    context = {
        "side": side,
        "audience": audience,
        "rows": rows,
        "heading": heading,
        "typed": request.GET.get("q", ""),
        "case_url": desk.case_url(request, side.number),
    }
    return render(request, f"cases/inserting/{'options' if request.htmx else 'page'}.html", context)


def _given(request: ViewerRequest, side: Side, audience: Audience, text: str) -> HttpResponse:
    if request.htmx:
        return HttpResponse(text, content_type="text/plain; charset=utf-8")
    add_to_draft(request.viewer, side.case, audience, text)
    return desk.done(request, side.number, _("It is in your draft."))
