"""Every address of Caseway, by shell."""

from django.contrib import admin
from django.urls import include, path

from caseway.notifications.stopping.views import stop

handler400 = "caseway.core.http.pages.bad_request"
handler403 = "caseway.core.http.pages.not_allowed"
handler404 = "caseway.core.http.pages.not_found"
handler500 = "caseway.core.http.pages.unexpected"

urlpatterns = [
    path("", include("caseway.core.ui.urls")),
    path("", include("caseway.core.urls")),
    path("accounts/", include("caseway.accounts.sign_in.urls")),
    path("accounts/", include("caseway.customers.urls")),
    path("accounts/", include("caseway.mail.partnerships.urls")),
    path("accounts/2fa/", include("caseway.accounts.second_factor.urls")),
    path("admin/", admin.site.urls),
    path("api/", include("caseway.api.urls")),
    path("brands/", include("caseway.accounts.brands.urls")),
    path("desk/", include("caseway.desk.urls")),
    path("dev/outbox/", include("caseway.mail.outbox.urls")),
    path("p/", include("caseway.mail.answering.urls")),
    path("hooks/mail/", include("caseway.mail.webhooks.urls")),
    path("stop/<str:token>/", stop, name="stop"),
    path("", include("caseway.portal.urls")),
]
