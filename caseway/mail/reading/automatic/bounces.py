"""Whether a message says that another one could not be delivered."""

from caseway.mail.reading.automatic.delivery_status import original_message_id, reported_bounce
from caseway.mail.reading.automatic.replies import DAEMON
from caseway.mail.reading.automatic.told_bounces import told_bounce
from caseway.mail.reading.body.contents import DELIVERY_STATUS, Contents
from caseway.mail.reading.mime.part import Part
from caseway.mail.reading.model import Bounce

# What servers send besides delivery reports; none of them is an answer.
REPORT_TYPES = frozenset({"delivery-status", "disposition-notification", "feedback-report"})


def is_report(root: Part, contents: Contents) -> bool:
    """Say whether a message is a machine's report about a message (RFC 6522)."""
    kind = root.content_type.get("report-type").lower()
    if root.type == "multipart/report":
        return True
    return kind in REPORT_TYPES or any(part.type in DELIVERY_STATUS for part in contents.reports)


def bounce_of(
    root: Part,
    contents: Contents,
    *,
    sender: str,
    envelope_from: str | None,
    subject: str,
    text: str,
) -> Bounce | None:
    """Read what bounced; plain words are believed of mail servers only."""
    if is_report(root, contents):
        found = reported_bounce(contents)
        if found or any(part.type in DELIVERY_STATUS for part in contents.reports):
            return found
    from_server = (
        bool(DAEMON.match(sender.partition("@")[0]))
        or envelope_from == ""
        or "x-failed-recipients" in root.headers
    )
    if not from_server:
        return None
    return told_bounce(root.headers, subject, text, original_message_id(contents))
