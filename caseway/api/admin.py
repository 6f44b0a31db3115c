"""Tokens in the admin: looked at and revoked, never read and never made."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from .models import Token
from .tokens.actions import revoke


@admin.register(Token)
class TokenAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Whose tokens there are and when each was last used."""

    list_display = ("handle", "name", "person", "organisation", "created_at", "last_used_at", "revoked_at")
    list_filter = ("organisation",)
    search_fields = ("=handle", "=person__email")
    list_select_related = ("person", "organisation")
    exclude = ("digest",)
    actions = ("revoke_tokens",)

    @admin.action(description=_("Revoke"), permissions=["view"])
    def revoke_tokens(self, request: HttpRequest, tokens: QuerySet[Token]) -> None:
        """End the chosen tokens at once."""
        for token in tokens:
            revoke(token)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Made by `caseway token`, which shows the secret once."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Token | None = None) -> bool:
        """Nothing of a token changes but by revoking it."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Token | None = None) -> bool:
        """A revoked token stays, so that it is known whose it was."""
        return False
