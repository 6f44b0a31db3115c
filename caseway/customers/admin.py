"""Customers in the admin."""

from django.contrib import admin

from caseway.accounts.administration.forms import SameOrganisationForm

from .models import Contact, CustomerAccount


@admin.register(CustomerAccount)
class CustomerAccountAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """An organisation's clients."""

    form = SameOrganisationForm
    list_display = ("name", "number", "organisation", "segment")
    list_filter = ("organisation", "segment")
    search_fields = ("name", "number")


@admin.register(Contact)
class ContactAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Their people."""

    form = SameOrganisationForm
    list_display = ("email", "name", "organisation", "account", "person", "administers_account")
    list_filter = ("organisation", "administers_account")
    search_fields = ("email", "name")
    autocomplete_fields = ("account", "person")
    list_select_related = ("organisation", "account", "person")
