"""Customer accounts at the desk: their people, and who may join by themselves.

Every agent may look; changing asks for the permission, after the account was looked for, so that a
foreign one is not there rather than forbidden.
"""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from caseway.accounts.access import desk_page
from caseway.accounts.permissions import Permission
from caseway.accounts.requests import ViewerRequest
from caseway.accounts.second_factor.queries import with_second_factor
from caseway.core.errors import Invalid, NotFound
from caseway.core.paging import Order, page_of
from caseway.core.text import clean_line
from caseway.customers.invitations.forms import InvitationForm
from caseway.customers.invitations.rules import may_manage
from caseway.customers.lost_factor.actions import reset_lost_factor
from caseway.customers.models import CustomerAccount
from caseway.customers.signing_up.domains import choose_domains
from caseway.customers.signing_up.forms import SignUpDomainsForm

from .deeds import do_to_contact, do_to_invitation, invite_from
from .queries import account_visible_to, contact_of, history_of, invitation_to, invitations_of, people_of

BY_NAME = Order("name", descending=False)


@require_safe
@desk_page
def customers(request: ViewerRequest) -> HttpResponse:
    """The organisation's customer accounts by name; `?q=` is how a name, or the number, begins."""
    sought = clean_line(request.GET.get("q", ""))
    rows = CustomerAccount.objects.visible_to(request.viewer)
    if sought:
        rows = rows.filter(name__istartswith=sought) | rows.filter(number__istartswith=sought)
    bound_to = f"customers:{request.viewer.organisation_id}:{sought}"
    try:
        page = page_of(rows, BY_NAME, cursor=request.GET.get("cursor"), bound_to=bound_to)
    except Invalid:
        page = page_of(rows, BY_NAME, bound_to=bound_to)
    return render(request, "customers/colleagues/customers.html", {"page": page, "sought": sought})


@require_safe
@desk_page
def people(request: ViewerRequest, key: int) -> HttpResponse:
    """The people of an account, invitations, and what was done to them."""
    return _show(request, account_visible_to(request.viewer, key))


@require_POST
@desk_page
def invitations(request: ViewerRequest, key: int) -> HttpResponse:
    """Invite somebody into the account."""
    account = account_visible_to(request.viewer, key)
    form = InvitationForm(request.POST)
    if words := invite_from(request, account, form):
        messages.success(request, words)
        return redirect("desk:customer_people", account.pk)
    return _show(request, account, form=form)


@require_POST
@desk_page
def contact(request: ViewerRequest, key: int, contact: int) -> HttpResponse:
    """Do something to one of the account's contacts: `do` is the verb."""
    account = account_visible_to(request.viewer, key)
    found, verb = contact_of(account, request.viewer, contact), request.POST.get("do", "")
    if verb == "reset-second-factor":
        if found.person is None:
            raise NotFound
        reset_lost_factor(found.person, by=request.viewer)
        words = _("%(name)s signs in with their password alone now.") % {"name": found}
    else:
        words = do_to_contact(found, verb, request.viewer)
    messages.success(request, words)
    return redirect("desk:customer_people", account.pk)


@require_POST
@desk_page
def invitation(request: ViewerRequest, key: int, invitation: int) -> HttpResponse:
    """Send an invitation again, or take it back: `do` is the verb."""
    account = account_visible_to(request.viewer, key)
    found = invitation_to(account, request.viewer, invitation)
    messages.success(request, do_to_invitation(found, request.POST.get("do", ""), request.viewer))
    return redirect("desk:customer_people", account.pk)


@require_POST
@desk_page
def sign_up_domains(request: ViewerRequest, key: int) -> HttpResponse:
    """Choose who may join the account by themselves."""
    account = account_visible_to(request.viewer, key)
    form = SignUpDomainsForm(request.POST)
    if not form.is_valid():
        return _show(request, account, domains=form)
    try:
        choose_domains(account, form.cleaned_data["domains"], by=request.viewer)
    except Invalid as invalid:
        form.add_error("domains", invalid.message)
        return _show(request, account, domains=form)
    messages.success(request, _("Saved."))
    return redirect("desk:customer_people", account.pk)


def _show(
    request: ViewerRequest,
    account: CustomerAccount,
    *,
    form: InvitationForm | None = None,
    domains: SignUpDomainsForm | None = None,
) -> HttpResponse:
    """The account's page; with a form that wasn't taken it is a 422."""
    allowed = "\n".join(account.sign_up_domains.values_list("domain", flat=True))
    contacts = list(people_of(account, request.viewer))
    context = {
        "account": account,
        "people": contacts,
        "protected": with_second_factor(one.person_id for one in contacts if one.person_id),
        "may_reset": request.viewer.has(Permission.PEOPLE),
        "invitations": invitations_of(account, request.viewer),
        "told": history_of(account),
        "may_manage": may_manage(account, request.viewer),
        "form": form or InvitationForm(),
        "domains": domains or SignUpDomainsForm(initial={"domains": allowed}),
    }
    status = 422 if form or domains else 200
    return render(request, "customers/colleagues/customer.html", context, status=status)
