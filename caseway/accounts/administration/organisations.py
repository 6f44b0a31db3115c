"""Organisations and their staff's structure in the admin."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest

from caseway.accounts import organisations
from caseway.accounts.models import Brand, Membership, Organisation, Partnership, Role, Team
from caseway.accounts.permissions import Permission

from .forms import OrganisationForm, SameOrganisationForm


class BrandInline(admin.TabularInline):  # type: ignore[type-arg]
    """The organisation's faces."""

    model = Brand
    extra = 0


@admin.register(Organisation)
class OrganisationAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Tenants. A new one gets default roles and lists."""

    form = OrganisationForm
    inlines = (BrandInline,)
    list_display = ("name", "slug", "kind", "signs_in", "time_zone")
    list_filter = ("kind", "signs_in")
    search_fields = ("name", "slug")
    prepopulated_fields = {"slug": ("name",)}

    def save_model(self, request: HttpRequest, obj: Organisation, form: Any, change: bool) -> None:
        """Store, or add a new one with all that it begins with."""
        if change:
            super().save_model(request, obj, form, change)
        else:
            organisations.add(obj)

    def has_delete_permission(self, request: HttpRequest, obj: Organisation | None = None) -> bool:
        """Organisations stay: cases hang on them."""
        return False


@admin.register(Partnership)
class PartnershipAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Who may share cases with whom."""

    list_display = ("shipper", "carrier", "is_active")
    list_filter = ("is_active",)
    search_fields = ("shipper__name", "carrier__name")

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Offer shippers as shippers and carriers as carriers."""
        kwargs["queryset"] = Organisation.objects.filter(kind=db_field.name)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class RoleForm(forms.ModelForm):  # type: ignore[type-arg]
    """A role, its permissions as boxes."""

    permissions = forms.MultipleChoiceField(
        choices=Permission.choices, widget=forms.CheckboxSelectMultiple, required=False
    )


@admin.register(Role)
class RoleAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Sets of permissions."""

    form = RoleForm
    list_display = ("name", "organisation")
    list_filter = ("organisation",)


@admin.register(Team)
class TeamAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """People who share a queue."""

    list_display = ("name", "organisation", "time_zone")
    list_filter = ("organisation",)


@admin.register(Membership)
class MembershipAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Seats at desks."""

    form = SameOrganisationForm
    list_display = ("person", "organisation", "role", "is_active")
    list_filter = ("organisation", "role__name", "is_active")
    search_fields = ("person__email", "person__name")
    autocomplete_fields = ("person",)
    filter_horizontal = ("teams",)
    list_select_related = ("person", "organisation", "role")
