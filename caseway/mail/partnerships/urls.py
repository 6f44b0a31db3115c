"""`/accounts/partner-invitation/…`: the link of an invitation."""

from django.urls import path

from . import views

urlpatterns = [path("partner-invitation/<str:key>/", views.partner_invitation, name="partner_invitation")]
