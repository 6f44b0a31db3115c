"""Partnerships among the desk's settings."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from caseway.accounts.access import desk_page
from caseway.accounts.changing import demand
from caseway.accounts.models import Organisation, Partnership
from caseway.accounts.permissions import Permission
from caseway.accounts.requests import ViewerRequest
from caseway.accounts.viewer import Viewer
from caseway.core.errors import Conflict, DomainError, Invalid, TooMany
from caseway.core.http.forms import ActionForm

from . import actions, inviting
from .actions import Saved
from .forms import AddressesForm, ByMailForm, InvitePartnerForm, ProposalForm
from .queries import keeps_addresses_of, partnership_of, partnerships_of, version_of, waiting_invitations

FORM_METHODS = ["GET", "HEAD", "POST"]
REFUSALS = (Invalid, Conflict, TooMany)
DEEDS: dict[str, Callable[..., Partnership]] = {
    "accept": actions.accept,
    "pause": actions.pause,
    "end": actions.end,
}


@require_http_methods(FORM_METHODS)
@desk_page(permission=Permission.SETTINGS)
def partnerships(request: ViewerRequest) -> HttpResponse:
    """Whom we work with, and how to begin with somebody else (`do=` says in which way)."""
    posted, way = request.POST if request.method == "POST" else None, request.POST.get("do")
    proposal = ProposalForm(posted if way == "propose" else None)
    by_mail = ByMailForm(posted if way == "mail" else None)
    form = by_mail if way == "mail" else proposal
    if form.is_bound and form.is_valid():
        try:
            return _began(request, form)
        except REFUSALS as refused:
            _tell(form, refused)
    pairs = [(pair, pair.partner_of(request.viewer.us)) for pair in partnerships_of(request.viewer)]
    context = {"pairs": pairs, "proposal": proposal, "by_mail": by_mail}
    status = 422 if form.is_bound else 200
    return render(request, "mail/partnerships/list.html", context, status=status)


def _reasons(refused: dict[str, str]) -> list[str]:
    """Why each line was not taken, beginning with the line where its words don't name it."""
    return [words if line in words else f"“{line}”: {words}" for line, words in refused.items()]


def _began(request: ViewerRequest, form: ActionForm) -> HttpResponse:
    if isinstance(form, ByMailForm):
        saved = actions.start_by_mail(form.cleaned_data["name"], form.lines, by=request.viewer)
        pair, words = saved.partnership, _("%(partner)s is there. They take part by e-mail.")
        for words in _reasons(saved.refused):
            messages.warning(request, words)
    else:
        pair = actions.propose(form.cleaned_data["code"], by=request.viewer)
        words = _("%(partner)s is asked. Nothing is shared before they accept.")
    messages.success(request, words % {"partner": pair.partner_of(request.viewer.us)})
    return redirect("desk:partnership", pair.pk)


@require_http_methods(FORM_METHODS)
@desk_page
def partnership(request: ViewerRequest, key: int) -> HttpResponse:
    """One of them: the addresses that are ours to keep, and where it stands."""
    pair = _to_change(request.viewer, key)
    if request.method != "POST":
        return _page(request, pair)
    of_partner = request.POST.get("do") == "partner"
    side = pair.partner_of(request.viewer.us) if of_partner else _ours(request.viewer)
    form = _form(pair, side, request.viewer, request)
    if not form.is_valid():
        return _page(request, pair, {side.pk: form}, status=422)
    try:
        saved = actions.set_addresses(
            pair, form.lines, by=request.viewer, of_partner=of_partner, version=form.cleaned_data["version"]
        )
    except DomainError as refused:
        _tell(form, refused)
        return _page(request, pair, {side.pk: form}, status=refused.status)
    return _saved(request, saved, side)


def _saved(request: ViewerRequest, saved: Saved, side: Organisation) -> HttpResponse:
    """What is good is stored; what was refused stays in the field, with why."""
    if not saved.refused:
        messages.success(request, _("Saved"))
        return redirect("desk:partnership", saved.partnership.pk)
    kept = [*saved.partnership.addresses_of(side.pk), *saved.refused]
    form = AddressesForm(
        {"addresses": "\n".join(kept), "version": version_of(saved.partnership, request.viewer)},
        addresses=[],
        version=0,
    )
    form.auto_id = f"{side.slug}-%s"
    form.is_valid()
    for words in _reasons(saved.refused):
        form.add_error("addresses", words)
    return _page(request, saved.partnership, {side.pk: form}, status=422, saved=side)


@require_POST
@desk_page
def partnership_state(request: ViewerRequest, key: int) -> HttpResponse:
    """Accept, pause, go on, end (`do=`)."""
    pair = _to_change(request.viewer, key)
    deed = DEEDS.get(request.POST.get("do", ""))
    try:
        if deed is not None:
            deed(pair, by=request.viewer)
            messages.success(request, _("Saved"))
    except Conflict as conflict:
        messages.error(request, conflict.message)
    return redirect("desk:partnership", key)


@require_POST
@desk_page
def partner_invitations(request: ViewerRequest, key: int) -> HttpResponse:
    """Invite somebody at the partner to a desk of their own, or (`take_back=`) let their link die."""
    pair = _to_change(request.viewer, key)
    if request.POST.get("take_back", "").isdecimal():
        inviting.take_back(pair, int(request.POST["take_back"]), by=request.viewer)
        return redirect("desk:partnership", key)
    form = InvitePartnerForm(request.POST)
    try:
        if form.is_valid():
            inviting.invite(pair, by=request.viewer, **form.cleaned_data)
            messages.success(request, _("The invitation is on its way."))
            return redirect("desk:partnership", key)
    except REFUSALS as refused:
        _tell(form, refused)
    return _page(request, pair, invite=form, status=422)


def _page(
    request: ViewerRequest,
    pair: Partnership,
    forms: dict[int, AddressesForm] | None = None,
    *,
    invite: InvitePartnerForm | None = None,
    saved: Organisation | None = None,
    status: int = 200,
) -> HttpResponse:
    viewer, partner = request.viewer, pair.partner_of(request.viewer.us)
    ours, forms = _ours(viewer), forms or {}
    context = {
        "pair": pair,
        "partner": partner,
        "standing": pair.standing,
        "asked_us": pair.waits_for_id == viewer.us,
        "we_paused": pair.paused_by_id in (None, viewer.us),
        "ours": forms.get(ours.pk) or _form(pair, ours, viewer),
        "theirs": (forms.get(partner.pk) or _form(pair, partner, viewer))
        if keeps_addresses_of(viewer, pair, partner)
        else None,
        "count": len(pair.addresses_of(partner.pk)),
        "may_invite": inviting.may_be_invited(partner),
        "invite": invite or InvitePartnerForm(),
        "waiting": waiting_invitations(pair),
        "saved": saved,
    }
    return render(request, "mail/partnerships/partnership.html", context, status=status)


def _form(
    pair: Partnership, side: Organisation, viewer: Viewer, request: ViewerRequest | None = None
) -> AddressesForm:
    data = request.POST if request else None
    form = AddressesForm(data, addresses=pair.addresses_of(side.pk), version=version_of(pair, viewer))
    form.auto_id = f"{side.slug}-%s"  # the partner's may stand below ours
    return form


def _to_change(viewer: Viewer, key: int) -> Partnership:
    """One of the viewer's. Raises NotFound for any other, NotAllowed where it isn't theirs to look after."""
    pair = partnership_of(viewer, key)
    demand(viewer, Permission.SETTINGS)
    return pair


def _ours(viewer: Viewer) -> Organisation:
    return Organisation.objects.get(pk=viewer.us)


def _tell(form: ActionForm, refused: DomainError) -> None:
    """Say at the field, or above the form, why not."""
    if isinstance(refused, Invalid):
        form.take(refused)
    else:
        form.add_error(None, refused.message)
