"""The admin for system administrators: one way in, the same sign-in as everybody's."""

from typing import Any

from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from caseway.accounts.sign_in.redirects import sign_in_address
from caseway.core.errors import NotFound


class AdministrationSite(AdminSite):
    """Only system administrators come in. Cases' contents are not shown here."""

    site_header = _("Caseway system administration")
    site_title = _("Caseway")
    index_title = _("Set-up")
    site_url = None

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Send anonymous people to the sign-in page, which counts attempts; others see nothing here."""
        if request.user.is_authenticated:
            raise NotFound
        return HttpResponseRedirect(sign_in_address(reverse("admin:index", current_app=self.name)))

    def logout(  # type: ignore[override]  # the stubs know Django's own answer only
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Sign out as everywhere."""
        return HttpResponseRedirect(reverse("account_logout"))

    def password_change(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Change one's password as everywhere."""
        return HttpResponseRedirect(reverse("account_change_password"))
