"""Who calls: a bearer token, and nothing else. No cookie opens the API, so no other site can use it."""

from typing import cast

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.security.http import HttpAuthBase

from caseway.accounts.viewer import Viewer
from caseway.api.models import Token
from caseway.api.tokens.check import note_use, token_presented
from caseway.api.tokens.queries import seat_of
from caseway.api.tokens.scopes import Scope
from caseway.core.errors import NotAllowed, TooMany

from .budgets import REQUESTS, Allowance
from .requests import ApiRequest


class BearerToken(HttpAuthBase):
    """Checks the token, counts the request and demands one of the operation's scopes."""

    openapi_scheme = "bearer"

    def __init__(self, scopes: frozenset[Scope], allowances: tuple[Allowance, ...] = (REQUESTS,)) -> None:
        super().__init__()
        self.scopes, self.allowances = scopes, allowances

    def __call__(self, request: HttpRequest) -> Viewer | None:
        """The viewer, also as `request.viewer`; None where no valid token was sent.

        Raises TooMany, and NotAllowed for a token without the scope.
        """
        scheme, _blank, presented = request.headers.get("Authorization", "").partition(" ")
        token = token_presented(presented.strip()) if scheme.lower() == "bearer" else None
        if token is None:
            return None
        viewer = seat_of(token.person, token.organisation_id, frozenset(token.scopes))
        if viewer is None:
            return None
        self._admit(cast("ApiRequest", request), token, viewer)
        return viewer

    def _admit(self, request: ApiRequest, token: Token, viewer: Viewer) -> None:
        request.token, request.viewer = token, viewer
        for allowance in self.allowances:
            request.budget = allowance.spend(token)
            if request.budget.is_exceeded:
                wait = request.budget.seconds_left
                raise TooMany(_("This token has called too often. Wait a little."), retry_after=wait)
        note_use(token)
        if token.scopes and self.scopes and not self.scopes & set(token.scopes):
            wanted = _(" or ").join(sorted(self.scopes))
            raise NotAllowed(_("This token lacks the scope %(scope)s.") % {"scope": wanted})
