"""Customer accounts, as every part of the API about people finds and gives them."""

from caseway.api.cases.schemas import CustomerOut
from caseway.api.http.ids import id_of
from caseway.api.http.requests import ApiRequest
from caseway.customers.colleagues.queries import account_visible_to
from caseway.customers.models import CustomerAccount


def account_for(request: ApiRequest, key: str) -> CustomerAccount:
    """The account with this id. Raises NotFound for one that the caller doesn't see."""
    return account_visible_to(request.viewer, id_of(key))


def customer_of(request: ApiRequest, account: CustomerAccount) -> CustomerOut:
    """The account; its segment is the organisation's own word about it, not the customer's to read."""
    segment = account.segment if request.viewer.is_agent else ""
    return CustomerOut(id=str(account.pk), name=account.name, number=account.number, segment=segment)
