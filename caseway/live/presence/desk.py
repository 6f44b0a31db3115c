"""The beat of a browser at a case."""

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from caseway.accounts.access import desk_page
from caseway.accounts.requests import ViewerRequest
from caseway.cases.models import Case
from caseway.core.errors import NotFound

from .actions import be_here, leave
from .forms import PresenceForm


@desk_page
@require_POST
def presence(request: ViewerRequest, number: str) -> HttpResponse:
    """Keep that the reader is here, writes, or has gone."""
    case = Case.objects.visible_to(request.viewer).filter(number=number.upper()).first()
    form = PresenceForm(request.POST)
    if case is None:
        raise NotFound
    if not form.is_valid():
        return HttpResponse(status=422)
    doing = form.cleaned_data["doing"]
    if doing == "gone":
        leave(case, by=request.viewer)
    else:
        be_here(case, by=request.viewer, writing=doing == "writing")
    return HttpResponse(status=204)
