"""The pages of signing in, made of django-allauth's."""

from allauth.account import views as allauth
from django.forms import Form
from django.http import HttpResponse
from django.views.decorators.http import require_POST

from caseway.accounts.requests import ViewerRequest, signed_in
from caseway.accounts.seats import CHOSEN_DESK, seats_of
from caseway.core.errors import NotFound, TooMany

from .forms import Refusal
from .redirects import go
from .sessions import renew_key


class LimitedMixin:
    """Answers 429 with `Retry-After` when the form was refused for too many attempts."""

    def form_invalid(self, form: Form) -> HttpResponse:
        """The page again, with what is wrong."""
        response: HttpResponse = super().form_invalid(form)  # type: ignore[misc]
        return limited(response, form)


def limited(response: HttpResponse, form: Form) -> HttpResponse:
    """`response`, as a 429 with `Retry-After` where the form holds a Refusal."""
    for error in (e for errors in form.errors.as_data().values() for e in errors):
        if isinstance(error, Refusal):
            response.status_code = 429
            response.headers["Retry-After"] = str(error.retry_after)
    return response


class SignInView(LimitedMixin, allauth.LoginView):
    """Sign in."""


class ChangePasswordView(LimitedMixin, allauth.PasswordChangeView):
    """Choose another password; then sign in with it."""


class AskForPasswordView(LimitedMixin, allauth.PasswordResetView):
    """Ask for a link that sets a new password."""

    def form_valid(self, form: Form) -> HttpResponse:
        """The same answer whether or not we know the address."""
        try:
            response: HttpResponse = super().form_valid(form)
        except TooMany as error:
            form.add_error(None, Refusal(error))
            return self.form_invalid(form)
        return response


@require_POST
def choose_desk(request: ViewerRequest) -> HttpResponse:
    """Sit at the desk of another organisation (its slug in `organisation`) where one has a seat."""
    slug = request.POST.get("organisation", "")
    seat = seats_of(signed_in(request)).filter(organisation__slug=slug).first()
    if seat is None:
        raise NotFound
    renew_key(request)
    request.session[CHOSEN_DESK] = seat.organisation_id
    return go(request, "/desk/")
