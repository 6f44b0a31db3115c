"""Team notes that come with an operation."""

from caseway.accounts.viewer import Viewer
from caseway.cases.access.locking import Locked
from caseway.cases.models import Message
from caseway.cases.types import Audience

from .authors import Author
from .writing import Content, tell, write


def add_note(locked: Locked, by: Viewer, note: str) -> Message | None:
    """Write what the agent gave as a note to their team; nothing where it is blank."""
    if not note.strip() or by.organisation_id is None:
        return None
    author = Author.of(by)
    message = write(locked, Audience.TEAM, by.organisation_id, author, Content(note))
    tell(message, author)
    return message
