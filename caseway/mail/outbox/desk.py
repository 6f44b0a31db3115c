"""The desk's side of the outbox: sending again what did not arrive."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from caseway.accounts.access import desk_page
from caseway.accounts.requests import ViewerRequest
from caseway.cases import desk
from caseway.cases.family import family_of
from caseway.core.errors import NotFound
from caseway.mail.models import Delivery

from .actions import send_again
from .queries import deliveries_seen


def delivery_on(request: ViewerRequest, number: str, key: int) -> Delivery:
    """A mail about the case, or about one merged into it. Raises NotFound."""
    family = family_of(desk.load(request, number).case)
    mail = deliveries_seen(request.viewer).filter(pk=key, case__in=family).first()
    if mail is None:
        raise NotFound
    return mail


@desk_page
@require_POST
def again(request: ViewerRequest, number: str, key: int) -> HttpResponse:
    """Try a failed mail of this case once more; whoever comes second hears that it is on its way."""
    mail = delivery_on(request, number, key)
    words = _("The mail to %(address)s is sent again.") % {"address": mail.address}
    return desk.attempt(request, number, lambda: send_again(mail, by=request.viewer), words)
