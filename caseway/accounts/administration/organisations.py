"""Organisations and their staff's structure in the admin."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from caseway.accounts import organisations
from caseway.accounts.brands.hosts import normal_host
from caseway.accounts.models import Brand, Membership, Organisation, Partnership, Role, Team
from caseway.accounts.permissions import Permission
from caseway.core.errors import Invalid

from .forms import LastingForm, OrganisationForm, ReaderForm, SameOrganisationForm
from .lasting import Lasting


class BrandForm(forms.ModelForm):  # type: ignore[type-arg]
    """A brand, its host name as browsers ask for it."""

    def clean_host(self) -> str | None:
        """In its normal form; None for none. The operator may give any name, the installation's too."""
        try:
            return normal_host(self.cleaned_data["host"] or "")
        except Invalid as invalid:
            raise forms.ValidationError(invalid.errors["host"]) from invalid

    def save(self, commit: bool = True) -> Any:
        """Store, as a new version: whoever has the brand open at the desk is told."""
        if self.instance.pk:
            self.instance.version += 1
        return super().save(commit)


class BrandInline(admin.TabularInline):  # type: ignore[type-arg]
    """The organisation's faces. They stay: cases and their mails bear them."""

    model = Brand
    form = BrandForm
    fields = ("name", "slug", "colour", "host", "sender_name", "sender_address")
    extra = 0
    can_delete = False


@admin.register(Organisation)
class OrganisationAdmin(Lasting, admin.ModelAdmin):  # type: ignore[type-arg]
    """Tenants. A new one gets default roles and lists. They stay: cases hang on them."""

    form = OrganisationForm
    inlines = (BrandInline,)
    list_display = ("name", "slug", "kind", "signs_in", "language", "time_zone")
    list_filter = ("kind", "signs_in")
    search_fields = ("name", "slug")
    prepopulated_fields = {"slug": ("name",)}

    def save_model(self, request: HttpRequest, obj: Organisation, form: Any, change: bool) -> None:
        """Store, or add a new one with all that it begins with."""
        if change:
            super().save_model(request, obj, form, change)
        else:
            organisations.add(obj)


class PartnershipForm(LastingForm):
    """A partnership: of the same two for good."""

    lasting = ("shipper", "carrier")


@admin.register(Partnership)
class PartnershipAdmin(Lasting, admin.ModelAdmin):  # type: ignore[type-arg]
    """Who may share cases with whom. Switched off, not deleted: shared cases go on."""

    form = PartnershipForm
    list_display = ("__str__", "shipper_addresses", "carrier_addresses", "is_active")
    exclude = ("waits_for", "paused_by")
    list_filter = ("is_active",)
    search_fields = ("shipper__name", "carrier__name")
    list_select_related = ("shipper", "carrier")

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Offer shippers as shippers and carriers as carriers."""
        kwargs["queryset"] = Organisation.objects.filter(kind=db_field.name)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class RoleForm(SameOrganisationForm):
    """A role, its permissions as boxes."""

    permissions = forms.MultipleChoiceField(
        choices=Permission.choices, widget=forms.CheckboxSelectMultiple, required=False
    )


@admin.register(Role)
class RoleAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Sets of permissions."""

    form = RoleForm
    list_display = ("name", "organisation", "allows")
    list_filter = ("organisation",)
    search_fields = ("name", "organisation__name")
    list_select_related = ("organisation",)

    @admin.display(description=_("permissions"))
    def allows(self, role: Role) -> str:
        """How many of all permissions it has."""
        return _("%(some)s of %(all)s") % {"some": len(role.permissions), "all": len(Permission)}


class TeamForm(ReaderForm, SameOrganisationForm):
    """A team, in a time zone that there is."""


@admin.register(Team)
class TeamAdmin(Lasting, admin.ModelAdmin):  # type: ignore[type-arg]
    """People who share a queue. It stays: cases are given to it."""

    form = TeamForm
    list_display = ("name", "organisation", "time_zone")
    list_filter = ("organisation",)
    search_fields = ("name", "organisation__name")
    list_select_related = ("organisation",)


class SeatForm(SameOrganisationForm):
    """A seat: of the same person for good."""

    lasting = ("organisation", "person")


@admin.register(Membership)
class MembershipAdmin(Lasting, admin.ModelAdmin):  # type: ignore[type-arg]
    """Seats at desks. Switched off, not deleted."""

    form = SeatForm
    list_display = ("person", "organisation", "role", "is_active")
    list_filter = ("organisation", "role__name", "is_active")
    search_fields = ("person__email", "person__name")
    autocomplete_fields = ("person",)
    filter_horizontal = ("teams",)
    list_select_related = ("person", "organisation", "role")
