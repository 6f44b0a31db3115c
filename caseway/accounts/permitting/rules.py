"""What holds for every change of rights: nobody gives or takes what they lack; somebody stays in charge."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from caseway.accounts.models import Membership
from caseway.accounts.permissions import Permission
from caseway.accounts.viewer import Viewer
from caseway.core.errors import Conflict, NotAllowed

IN_CHARGE = (Permission.PEOPLE.value, Permission.SETTINGS.value)


def refuse_beyond(by: Viewer, permissions: Iterable[str]) -> None:
    """Raise NotAllowed where one of the permissions is not the viewer's own."""
    beyond = set(permissions) - by.permissions
    if beyond:
        names = ", ".join(sorted(str(Permission(name).label) for name in beyond))
        words = _("You can't give or take what you may not do yourself: %(permissions)s.")
        raise NotAllowed(words % {"permissions": names})


def keep_somebody_in_charge(organisation_id: int) -> None:
    """Raise Conflict, which undoes the change, where nobody could manage people and settings any more.

    Who was invited and has not accepted yet doesn't count.
    """
    seats = Membership.objects.filter(
        organisation=organisation_id,
        is_active=True,
        person__is_active=True,
        role__permissions__contains=list(IN_CHARGE),
    )
    if not seats.exists():
        raise Conflict(_("Nobody could manage people and settings any more. Make somebody else one first."))
