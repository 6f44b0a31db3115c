"""Who has a second factor, and who must."""

from collections.abc import Iterable

from allauth.mfa.models import Authenticator
from django.db.models import QuerySet

from caseway.accounts.models import Person
from caseway.accounts.seats import seats_of
from caseway.accounts.viewer import Viewer

GUARDS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
"""What makes a second factor; recovery codes alone are none."""


def has_second_factor(person: Person) -> bool:
    """Whether signing in as the person takes more than their password; one query."""
    return _guards_of([person.pk]).exists()


def lacks_second_factor(viewer: Viewer) -> bool:
    """Whether the viewer's seat asks for one that they don't have; no query where it asks for none."""
    return viewer.needs_second_factor and viewer.person is not None and not has_second_factor(viewer.person)


def with_second_factor(person_ids: Iterable[int]) -> set[int]:
    """Those of these people who have one; one query."""
    return set(_guards_of(person_ids).values_list("user_id", flat=True))


def _guards_of(person_ids: Iterable[int]) -> "QuerySet[Authenticator]":
    found: QuerySet[Authenticator] = Authenticator.objects.filter(user__in=list(person_ids), type__in=GUARDS)
    return found


def is_offered_to(person: Person) -> bool:
    """Whether the person may set one up: not where every desk of theirs has it off."""
    policies = {seat.organisation.policy.second_factor for seat in seats_of(person)}
    return policies != {"off"}


def is_needed_by(person: Person) -> bool:
    """Whether a desk of the person's lets them in with one only."""
    return any(
        seat.organisation.policy.second_factor == "required" or seat.role.needs_second_factor
        for seat in seats_of(person)
    )
