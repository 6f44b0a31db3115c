"""The lists that cases refer to, in the admin. Cases themselves are not shown there."""

from django.contrib import admin

from caseway.accounts.administration.forms import SameOrganisationForm
from caseway.accounts.administration.lasting import Lasting

from .models import Category, ContactMethod, NoteSubject, Priority, Reason, Tag, TaskType
from .reference.forms import CategoryForm, LabelledForm, ReasonForm

COLUMNS: tuple[str, ...] = ("label", "organisation", "position", "is_active")
ORDER: tuple[str, ...] = ("organisation__name", "position", "pk")
LISTED_WITH: tuple[str, ...] = ("organisation",)
FILTERS: tuple[str, ...] = ("organisation", "is_active")


class ListAdmin(Lasting, admin.ModelAdmin):  # type: ignore[type-arg]
    """A list of one organisation, in its order. Rows are switched off, not deleted: cases have them."""

    form = LabelledForm
    list_display = COLUMNS
    list_filter = FILTERS
    search_fields = ("name", "organisation__name")
    ordering = ORDER
    list_select_related = LISTED_WITH


@admin.register(Priority)
class PriorityAdmin(ListAdmin):
    """How pressing cases are."""

    list_display = (*COLUMNS, "rank", "is_default")


@admin.register(Category)
class CategoryAdmin(ListAdmin):
    """Topics shown to customers, and their items."""

    form = CategoryForm
    list_display = (*COLUMNS, "parent", "case_type", "default_priority", "default_team")
    list_filter = (*FILTERS, "case_type")
    list_select_related = (*LISTED_WITH, "parent", "default_priority", "default_team")


@admin.register(Reason)
class ReasonAdmin(ListAdmin):
    """Reasons to close, reopen, cancel, withdraw and suspend."""

    form = ReasonForm
    list_display = (*COLUMNS, "kind")
    list_filter = (*FILTERS, "kind")
    ordering = ("organisation__name", "kind", *ORDER[1:])


@admin.register(ContactMethod)
class ContactMethodAdmin(ListAdmin):
    """How customers reach the organisation."""


@admin.register(NoteSubject)
class NoteSubjectAdmin(ListAdmin):
    """What notes are about."""


@admin.register(TaskType)
class TaskTypeAdmin(ListAdmin):
    """Kinds of work that tasks are."""


@admin.register(Tag)
class TagAdmin(Lasting, admin.ModelAdmin):  # type: ignore[type-arg]
    """Words on cases."""

    form = SameOrganisationForm
    list_display = ("name", "organisation", "is_active")
    list_filter = ("organisation", "is_active")
    search_fields = ("name", "organisation__name")
    list_select_related = ("organisation",)
