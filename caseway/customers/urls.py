"""`/accounts/…`: joining, and one's own profile."""

from django.urls import path

from .invitations import views as invitations
from .profile import views as profile
from .signing_up import views as signing_up

urlpatterns = [
    path("signup/", signing_up.sign_up, name="sign_up"),
    path("signup/done/", signing_up.sign_up_done, name="sign_up_done"),
    path("invitation/<str:key>/", invitations.invitation, name="invitation"),
    path("profile/", profile.profile, name="profile"),
    path("profile/sessions/", profile.sessions, name="sessions"),
]
