"""`GET /customers/{key}`: a customer account with its open cases and its people."""

from dataclasses import dataclass

from pydantic import Field

from caseway.api.cases import agents_view, customers_view
from caseway.api.cases.people import contact
from caseway.api.cases.schemas import AgentCaseRow, ContactOut, CustomerCaseRow, CustomerOut
from caseway.api.http.requests import ApiRequest
from caseway.api.tokens.scopes import Scope
from caseway.cases.models import Case, Side
from caseway.cases.status import ACTIVE
from caseway.cases.views.filters import CaseFilter
from caseway.cases.views.named import View
from caseway.customers.colleagues.queries import people_of
from caseway.customers.models import CustomerAccount

from .accounts import customer_of

MOST_CASES = 10
MOST_CONTACTS = 50


class CustomerPage(CustomerOut):
    """A customer account, its open cases and its people."""

    open_cases: list[AgentCaseRow] | list[CustomerCaseRow] | None = Field(
        description=f"The {MOST_CASES} open cases raised last, as `GET /cases?customer=…` lists them all; "
        "null for a token without the scope `cases:read`"
    )
    contacts: list[ContactOut] = Field(
        description=f"The first {MOST_CONTACTS}; `GET /contacts?customer=…` lists all"
    )


@dataclass(frozen=True)
class Reading:
    """A request about one account."""

    request: ApiRequest
    account: CustomerAccount

    def page(self) -> CustomerPage:
        """The account as this caller may know it."""
        people = people_of(self.account, self.request.viewer)[:MOST_CONTACTS]
        return CustomerPage(
            **customer_of(self.request, self.account).model_dump(),
            open_cases=self._open_cases() if self._may_read_cases else None,
            contacts=[one for person in people if (one := contact(person))],
        )

    @property
    def _may_read_cases(self) -> bool:
        scopes = self.request.token.scopes
        return not scopes or Scope.CASES_READ in scopes

    def _open_cases(self) -> list[AgentCaseRow] | list[CustomerCaseRow]:
        viewer = self.request.viewer
        if viewer.is_agent:
            asked = {"customer": [str(self.account.pk)], "status": ["active"]}
            wanted = CaseFilter(view=View.ALL).having(asked)
            narrow = wanted.sides(viewer).order_by("-created_at", "-pk").values_list("pk", flat=True)
            newest = list(narrow[:MOST_CASES])
            full = agents_view.joined(Side.objects.visible_to(viewer).defer("description")).in_bulk(newest)
            return agents_view.rows([full[key] for key in newest if key in full], viewer)
        cases = Case.objects.visible_to(viewer).filter(account=self.account, status__in=sorted(ACTIVE))
        found = customers_view.joined(cases).order_by("-created_at", "-pk")[:MOST_CASES]
        return customers_view.rows(list(found), viewer)
