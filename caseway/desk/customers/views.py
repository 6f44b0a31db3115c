"""The pages of a customer account."""

from dataclasses import replace

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from caseway.accounts.access import desk_page
from caseway.accounts.requests import ViewerRequest
from caseway.cases.views.filters import CaseFilter
from caseway.cases.views.named import View
from caseway.cases.views.queries import listing_of
from caseway.core.errors import Invalid, NotFound
from caseway.customers.colleagues.queries import account_visible_to
from caseway.desk.case.page import side_to_show
from caseway.desk.case.told import told_to
from caseway.desk.queue.columns import words_of

from .case import AccountCase
from .chips import chips_for
from .overview import Overview, cases_of


@require_safe
@desk_page
def customer(request: ViewerRequest, key: int) -> HttpResponse:
    """The account: its latest open cases, its people, its shipments."""
    account = account_visible_to(request.viewer, key)
    page = Overview(account, request.viewer)
    return render(request, "desk/customers/overview.html", {"account": account, "page": page})


@require_safe
@desk_page
def cases(request: ViewerRequest, key: int) -> HttpResponse:
    """All of the account's cases, filtered as the address says."""
    account = account_visible_to(request.viewer, key)
    begin, errors = cases_of(account), {}
    try:
        wanted = _asked(request, begin)
        listing = listing_of(wanted, request.viewer, cursor=request.GET.get("cursor"))
    except Invalid as invalid:
        wanted, listing, errors = begin, None, invalid.errors
    context = {
        "account": account,
        "wanted": wanted,
        "chips": chips_for(wanted, request.viewer),
        "listing": listing,
        "errors": errors,
        "sorted_by": words_of(wanted),
        "has_filters": wanted.query_string(sort=None) != "",
    }
    return render(request, "desk/customers/cases.html", context, status=422 if errors else 200)


@require_safe
@desk_page
def case(request: ViewerRequest, key: int, number: str) -> HttpResponse:
    """One case of the account, to read; its edit panel rises from here."""
    side, account = side_to_show(request.viewer, number), account_visible_to(request.viewer, key)
    if side.case.account_id != account.pk:
        raise NotFound
    context = {
        "page": AccountCase(account, side, request.viewer),
        "told": told_to(request, renewed=bool(request.htmx)),
        "query": request.GET.urlencode(),
    }
    return render(request, "desk/customers/case.html", context)


def _asked(request: ViewerRequest, begin: CaseFilter) -> CaseFilter:
    """The filter that the address asks for, within what the list is fixed to. Raises Invalid."""
    given = {name: values for name, values in request.GET.lists() if name not in {"q", *begin.fixed}}
    asked = CaseFilter.from_query({"sort": [begin.sort]} | given, view=View.ALL)
    return replace(asked.having({"customer": begin.values("customer")}), fixed=begin.fixed)
