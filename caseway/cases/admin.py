"""The lists that cases refer to, in the admin. Cases themselves are not shown there."""

from django.contrib import admin

from caseway.accounts.administration.forms import SameOrganisationForm

from .models import Category, ContactMethod, Priority, Reason, Tag

COLUMNS: tuple[str, ...] = ("label", "organisation", "position", "is_active")
FILTERS: tuple[str, ...] = ("organisation", "is_active")


class ListAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """A list of one organisation, in its order."""

    form = SameOrganisationForm
    list_display = COLUMNS
    list_filter = FILTERS
    list_select_related = ("organisation",)


@admin.register(Priority)
class PriorityAdmin(ListAdmin):
    """How pressing cases are."""

    list_display = (*COLUMNS, "rank", "is_default")


@admin.register(Category)
class CategoryAdmin(ListAdmin):
    """Topics shown to customers, and their items."""

    list_display = (*COLUMNS, "parent", "case_type")


@admin.register(Reason)
class ReasonAdmin(ListAdmin):
    """Reasons to close, reopen, cancel, withdraw and suspend."""

    list_display = (*COLUMNS, "kind")
    list_filter = (*FILTERS, "kind")


@admin.register(ContactMethod)
class ContactMethodAdmin(ListAdmin):
    """How customers reach the organisation."""


@admin.register(Tag)
class TagAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Words on cases."""

    form = SameOrganisationForm
    list_display = ("name", "organisation")
    list_filter = ("organisation",)
