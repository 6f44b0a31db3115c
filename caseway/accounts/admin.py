"""What the system administrator sees of accounts; found by Django's admin under this name."""

from allauth.account.models import EmailAddress
from django.contrib import admin
from django.contrib.auth.models import Group

from .administration import organisations, people

__all__ = ["organisations", "people"]

# Not used here: rights come from roles, and a person has one address.
for unused in (Group, EmailAddress):
    if admin.site.is_registered(unused):
        admin.site.unregister(unused)
