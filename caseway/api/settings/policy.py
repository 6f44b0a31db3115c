"""`/policies`: the organisation's choices."""

from typing import Any

from django.http import HttpResponse
from pydantic import Field

from caseway.accounts.changing import demand
from caseway.accounts.models import Organisation
from caseway.accounts.permissions import Permission
from caseway.accounts.policies.actions import change, version_of
from caseway.accounts.policies.wording import CHOICES
from caseway.accounts.policy import Policy
from caseway.api.http.answers import In, Out, answer
from caseway.api.http.operations import Operations
from caseway.api.http.requests import ApiRequest
from caseway.api.http.versions import etag_of
from caseway.api.people.versions import VersionedOut, demand_version
from caseway.api.tokens.scopes import Scope

policy = Operations("Settings")
DEFAULT = Policy()
Value = bool | int | str | list[str]


class PolicyOut(Out):
    """One choice of the organisation."""

    id: str
    name: str
    meaning: str
    value: Value
    default: Value


class PoliciesOut(VersionedOut):
    """All of them."""

    items: list[PolicyOut]
    next: None = None


class PolicyChanges(In):
    """What to change."""

    values: dict[str, Value] = Field(description="By id; what is left out stays")


@policy.get("/policies", scope=Scope.SETTINGS_READ, answer=PoliciesOut)
def list_policies(request: ApiRequest) -> HttpResponse:
    """List the organisation's policy, each choice with its meaning and default; nothing in a portal."""
    return _answer(_shown(request.viewer.policy, hidden=not request.viewer.is_agent))


@policy.patch("/policies", scope=Scope.SETTINGS_WRITE, answer=PoliciesOut)
def change_policies(request: ApiRequest, body: PolicyChanges) -> HttpResponse:
    """Change some of the organisation's choices; they hold at once."""
    demand(request.viewer, Permission.SETTINGS)
    stored = Organisation.objects.get(pk=request.viewer.us).policy
    demand_version(request, _shown(stored))
    changed = change(body.values, by=request.viewer, version=version_of(stored))
    return _answer(_shown(changed))


def _answer(value: PoliciesOut) -> HttpResponse:
    return answer(value, headers={"ETag": etag_of(value.version)})


def _shown(stored: Policy, *, hidden: bool = False) -> PoliciesOut:
    items = [
        PolicyOut(
            id=name,
            name=str(choice.label),
            meaning=str(choice.sentence),
            value=_plain(getattr(stored, name)),
            default=_plain(getattr(DEFAULT, name)),
        )
        for name, choice in CHOICES.items()
    ]
    return PoliciesOut(items=[] if hidden else items, version=version_of(Policy() if hidden else stored))


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value
