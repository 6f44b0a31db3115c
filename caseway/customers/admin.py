"""Customers in the admin."""

from django.contrib import admin

from caseway.accounts.administration.forms import SameOrganisationForm
from caseway.accounts.administration.lasting import Lasting
from caseway.core.text import normal_address

from .models import Contact, CustomerAccount


@admin.register(CustomerAccount)
class CustomerAccountAdmin(Lasting, admin.ModelAdmin):  # type: ignore[type-arg]
    """An organisation's clients."""

    form = SameOrganisationForm
    list_display = ("name", "number", "organisation", "segment")
    list_filter = ("organisation", "segment")
    search_fields = ("name", "number", "organisation__name")
    list_select_related = ("organisation",)


class ContactForm(SameOrganisationForm):
    """A contact, the address as mail is compared by."""

    def clean_email(self) -> str:
        """In lower case."""
        return normal_address(self.cleaned_data["email"])


@admin.register(Contact)
class ContactAdmin(Lasting, admin.ModelAdmin):  # type: ignore[type-arg]
    """Their people."""

    form = ContactForm
    list_display = ("email", "name", "organisation", "account", "person", "administers_account")
    list_filter = ("organisation", "administers_account")
    search_fields = ("email", "name", "account__name")
    autocomplete_fields = ("account", "person")
    list_select_related = ("organisation", "account", "person")
