"""`/accounts/…`: signing in and out, passwords. The names are those that django-allauth looks up.

Sign-up, addresses and connections of allauth have no page here, hence no address either.
"""

from allauth.account import views as allauth
from django.urls import path, re_path

from caseway.accounts.access import public_page, signed_in_page

from . import views

urlpatterns = [
    path("login/", public_page(views.SignInView.as_view()), name="account_login"),
    path("logout/", public_page(allauth.logout), name="account_logout"),
    path(
        "password/change/", signed_in_page(views.ChangePasswordView.as_view()), name="account_change_password"
    ),
    path("password/reset/", public_page(views.AskForPasswordView.as_view()), name="account_reset_password"),
    path(
        "password/reset/done/", public_page(allauth.password_reset_done), name="account_reset_password_done"
    ),
    path("desk/", signed_in_page(views.choose_desk), name="choose_desk"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]{1,13})-(?P<key>[0-9A-Za-z-]{1,200})/$",
        public_page(allauth.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        public_page(allauth.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
]
