"""Rows that the admin never deletes, since history refers to them."""

from typing import Any

from django.http import HttpRequest


class Lasting:
    """For an admin of such rows: what is no longer wanted is switched off, and cases keep their shape."""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False
