"""The pages of the second factor, made of django-allauth's."""

from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as base
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse_lazy

from caseway.accounts.requests import ViewerRequest, signed_in
from caseway.accounts.sign_in.views import LimitedMixin, limited
from caseway.core.errors import NotFound

from .queries import has_second_factor, is_needed_by, is_offered_to


class OfferedMixin:
    """Only where the person's desks offer a second factor, or they have one already."""

    def dispatch(self, request: ViewerRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer `request`. Raises NotFound where there is none to be had."""
        person = signed_in(request)
        if not is_offered_to(person) and not has_second_factor(person):
            raise NotFound
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        return response


class IndexView(OfferedMixin, base.IndexView):
    """What the person signs in with."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With whether one is needed and still missing."""
        person = signed_in(self.request)
        found = super().get_context_data(**kwargs)
        return {**found, "is_missing": is_needed_by(person) and not has_second_factor(person)}


class CodeView(base.AuthenticateView):
    """The code, or the passkey, after the password."""

    def form_invalid(self, form: Any) -> HttpResponse:
        """The page again; 429 where too many were tried."""
        return limited(super().form_invalid(form), form)


class CodeAgainView(LimitedMixin, base.ReauthenticateView):
    """The code before something is changed."""


class PasswordAgainView(LimitedMixin, account.ReauthenticateView):
    """The password before something is changed."""


class ActivateAppView(OfferedMixin, LimitedMixin, totp.ActivateTOTPView):
    """Set up an authenticator app."""


class AddPasskeyView(OfferedMixin, webauthn.AddWebAuthnView):
    """Set up a passkey."""


class RemovePasskeyView(webauthn.RemoveWebAuthnView):
    """Remove a passkey."""

    success_url = reverse_lazy("mfa_index")

    def get_queryset(self) -> Any:
        """One's own."""
        return Authenticator.objects.filter(user=self.request.user, type=Authenticator.Type.WEBAUTHN)
