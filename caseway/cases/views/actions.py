"""What somebody chooses about their lists."""

from caseway.accounts.models import Person
from caseway.accounts.viewer import Viewer


def keep_previews(by: Viewer, *, first: bool) -> None:
    """Open cases beside the list first from now on, in every browser of theirs, or no longer."""
    Person.objects.filter(pk=by.me).update(previews_cases=first)
