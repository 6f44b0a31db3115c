"""Letters for tests of the outbox."""

from caseway.mail.models import Delivery
from caseway.mail.outbox.actions import write
from caseway.mail.outbox.letters import Letter, Recipient, Words


def letter(address="kim@orchid.example", *, subject="Hello", text="Text", html="", **more) -> Delivery:
    """One mail, written into the outbox."""
    fields = {"purpose": Delivery.Purpose.OWNER, **more}
    name = fields.pop("name", "Kim Tran")
    return write(Letter(to=Recipient(address, name), words=Words(subject, text, html), **fields))
