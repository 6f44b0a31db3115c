"""What the system administrator sees of accounts; found by Django's admin under this name."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.contrib.auth.models import Group

from .administration import organisations, people

__all__ = ["organisations", "people"]

# Rights come from roles, a person has one address; second factors and sessions are their owner's.
for unused in (Group, EmailAddress, Authenticator, UserSession):
    if admin.site.is_registered(unused):
        admin.site.unregister(unused)
