"""`/accounts/2fa/…`. The names are those that django-allauth looks up."""

from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.urls import path

from caseway.accounts.access import public_page, signed_in_page

from . import views

urlpatterns = [
    path("", signed_in_page(views.IndexView.as_view()), name="mfa_index"),
    path("authenticate/", public_page(views.CodeView.as_view()), name="mfa_authenticate"),
    path("reauthenticate/", signed_in_page(views.CodeAgainView.as_view()), name="mfa_reauthenticate"),
    path("password/", signed_in_page(views.PasswordAgainView.as_view()), name="account_reauthenticate"),
    path("app/", signed_in_page(views.ActivateAppView.as_view()), name="mfa_activate_totp"),
    path("app/removal/", signed_in_page(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("codes/", signed_in_page(codes.view_recovery_codes), name="mfa_view_recovery_codes"),
    path("codes/new/", signed_in_page(codes.generate_recovery_codes), name="mfa_generate_recovery_codes"),
    path("passkeys/new/", signed_in_page(views.AddPasskeyView.as_view()), name="mfa_add_webauthn"),
    path(
        "passkeys/<int:pk>/removal/",
        signed_in_page(views.RemovePasskeyView.as_view()),
        name="mfa_remove_webauthn",
    ),
    path(
        "passkeys/again/",
        signed_in_page(webauthn.reauthenticate_webauthn),
        name="mfa_reauthenticate_webauthn",
    ),
    path("passkeys/login/", public_page(webauthn.login_webauthn), name="mfa_login_webauthn"),
]
