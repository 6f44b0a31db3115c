"""`/accounts/…`: joining, and one's own profile."""

from django.urls import path

from .invitations import views as invitations
from .profile import views as profile
from .signing_up import views as signing_up
from .staff import views as staff

urlpatterns = [
    path("signup/", signing_up.sign_up, name="sign_up"),
    path("signup/done/", signing_up.sign_up_done, name="sign_up_done"),
    path("invitation/<str:key>/", invitations.invitation, name="invitation"),
    path("desk-invitation/<int:key>/", staff.desk_invitation, name="desk_invitation"),
    path("profile/", profile.profile, name="profile"),
    path("profile/sessions/", profile.sessions, name="sessions"),
]
