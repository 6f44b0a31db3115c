"""People in the admin: passwords are given, never read; nobody locks themselves out."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminPasswordChangeForm, AdminUserCreationForm, UserChangeForm
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from caseway.accounts.models import Membership, Person
from caseway.accounts.second_factor.actions import remove_all
from caseway.accounts.sign_in.actions import end_sessions, give_password
from caseway.core.text import normal_address

from .forms import ReaderForm, SameOrganisationForm
from .lasting import Lasting

RIGHTS = frozenset({"is_active", "is_staff", "is_superuser"})


class NewPersonForm(AdminUserCreationForm):  # type: ignore[type-arg]
    """A new person, with a password that they must change."""

    instance: Person

    class Meta:
        model = Person
        fields = ("email", "name")

    def clean_email(self) -> str:
        """In lower case, as it is stored."""
        return normal_address(self.cleaned_data["email"])

    def save(self, commit: bool = True) -> Person:
        """Store them."""
        self.instance.must_change_password = True
        super().save(commit)
        return self.instance


class GivePasswordForm(AdminPasswordChangeForm):  # type: ignore[type-arg]
    """Another password for somebody, who must change it."""

    user: Person

    def save(self, commit: bool = True) -> Person:
        """Give it, and end their sessions."""
        super().save(commit=False)
        if self.cleaned_data["set_usable_password"]:
            give_password(self.user, self.cleaned_data["password1"])
        else:
            end_sessions(self.user)
            self.user.save(update_fields=["password"])
        return self.user


class PersonForm(ReaderForm, UserChangeForm):  # type: ignore[type-arg]
    """A person; the password is changed on a page of its own."""

    by: Person

    class Meta:
        model = Person
        fields = ("email", "name", "language", "time_zone", "must_change_password", *sorted(RIGHTS))

    def clean(self) -> dict[str, Any]:
        """Nobody takes their own rights: there might be nobody left to give them back."""
        cleaned = super().clean() or self.cleaned_data
        if self.instance.pk == self.by.pk:
            for name in RIGHTS & set(self.changed_data):
                self.add_error(
                    name, ValidationError(_("Ask another system administrator to take your rights."))
                )
        return cleaned


class MembershipInline(admin.TabularInline):  # type: ignore[type-arg]
    """At which desks the person sits."""

    model = Membership
    form = SameOrganisationForm
    extra = 0
    can_delete = False


@admin.register(Person)
class PersonAdmin(Lasting, UserAdmin):  # type: ignore[type-arg]
    """Everyone who can sign in. People are disabled, never deleted: history keeps its shape."""

    form = PersonForm
    add_form = NewPersonForm
    change_password_form = GivePasswordForm
    inlines = (MembershipInline,)
    list_display = ("email", "name", "is_active", "is_staff", "must_change_password", "last_login")
    list_filter = ("is_active", "is_staff", "must_change_password", "memberships__organisation")
    search_fields = ("email", "name")
    ordering = ("email",)
    filter_horizontal = ()
    readonly_fields = ("last_login", "date_joined")
    actions = ("reset_second_factor",)
    fieldsets = (
        (None, {"fields": ("email", "name", "password", "must_change_password")}),
        (gettext_lazy("Reads"), {"fields": ("language", "time_zone")}),
        (gettext_lazy("May"), {"fields": ("is_active", "is_staff", "is_superuser")}),
        (gettext_lazy("Dates"), {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = ((None, {"fields": ("email", "name", "usable_password", "password1", "password2")}),)

    @admin.action(description=gettext_lazy("Reset the second factor of the chosen people"))
    def reset_second_factor(self, request: HttpRequest, chosen: QuerySet[Person]) -> None:
        """Let people who lost theirs sign in with their password alone; kept in the audit log."""
        by = request.user if isinstance(request.user, Person) else None
        for person in chosen:
            remove_all(person, by=by, organisation=None)
        self.message_user(request, _("Their second factors are reset; they were told by mail."))

    def get_form(
        self, request: HttpRequest, obj: Person | None = None, change: bool = False, **kwargs: Any
    ) -> Any:
        """The form, which must know whose hand is on it."""
        form = super().get_form(request, obj, change=change, **kwargs)
        form.by = request.user  # type: ignore[attr-defined]
        return form

    def save_model(self, request: HttpRequest, obj: Person, form: Any, change: bool) -> None:
        """Store, and end the sessions of somebody whose rights or address changed."""
        super().save_model(request, obj, form, change)
        if change and (RIGHTS | {"email"}) & set(form.changed_data):
            end_sessions(obj)
