"""A delivery as the bytes that go over the wire: the same bytes at every try."""

import hashlib
from email.headerregistry import Address, HeaderRegistry, UniqueUnstructuredHeader
from email.message import EmailMessage
from email.policy import SMTP, Policy
from email.utils import format_datetime

from django.core.files.storage import default_storage

from caseway.cases.models import Attachment
from caseway.cases.types import Audience
from caseway.mail.models import Delivery
from caseway.mail.tokens import Conversation, bounce_address, reply_address

MOST_FILE_BYTES = 10_000_000
"""What the files of one mail may weigh; beyond it the reader finds them on the case's page."""


class Links(UniqueUnstructuredHeader):
    """Addresses in angle brackets (RFC 2369): one a line, never encoded as words are."""

    def fold(self, *, policy: Policy) -> str:
        """The header as it goes over the wire."""
        lines = str(self).replace(", <", f",{policy.linesep} <")
        return f"List-Unsubscribe: {lines}{policy.linesep}"


HEADERS = HeaderRegistry()
HEADERS.map_to_type("list-unsubscribe", Links)  # type: ignore[arg-type]  # as the library does itself
# Text with long lines or of other alphabets is encoded, so that any server can carry it.
WIRE = SMTP.clone(cte_type="7bit", max_line_length=76, header_factory=HEADERS)


def files_of(delivery: Delivery) -> list[Attachment]:
    """The files that go with the mail: none where they are too heavy together, none held back."""
    if not delivery.with_files or delivery.message_id is None:
        return []
    files = list(
        Attachment.objects.filter(message=delivery.message_id, quarantined="")
        .select_related("file")
        .order_by("created_at", "pk")
    )
    return files if sum(a.file.size for a in files) <= MOST_FILE_BYTES else []


def envelope_sender(delivery: Delivery) -> str:
    """Where reports about this mail go: an address that names the delivery."""
    if delivery.mailbox is None:
        return delivery.sender_address
    return bounce_address(delivery.mailbox.address, delivery.pk)


def reply_to(delivery: Delivery) -> str:
    """Where replies go: the conversation's signed address, "" where none is expected."""
    if delivery.mailbox is None or delivery.case_id is None or not delivery.audience:
        return ""
    conversation = Conversation(
        case_id=delivery.case_id,
        organisation_id=delivery.organisation_id or 0,
        audience=Audience(delivery.audience),
        participant_id=delivery.participant_id or 0,
    )
    return reply_address(delivery.mailbox.address, conversation)


def as_message(delivery: Delivery) -> EmailMessage:
    """The mail. Raises ValueError for an address that no header can carry."""
    mail = EmailMessage(policy=WIRE)
    mail["Message-ID"] = delivery.header_id
    mail["Date"] = format_datetime(delivery.written_at)
    mail["From"] = _address(delivery.sender_name, delivery.sender_address)
    mail["To"] = _address(delivery.name, delivery.address)
    mail["Subject"] = delivery.subject
    if replies := reply_to(delivery):
        mail["Reply-To"] = _address(delivery.sender_name, replies)
    if delivery.references:
        mail["In-Reply-To"] = delivery.references[-1]
        mail["References"] = " ".join(delivery.references)
    _tell_machines(mail, delivery)
    mail.set_content(delivery.text)
    if delivery.html:
        mail.add_alternative(delivery.html, subtype="html")
    for attachment in files_of(delivery):
        _attach(mail, attachment)
    _fix_boundaries(mail, delivery.header_id)
    return mail


def as_bytes(delivery: Delivery) -> bytes:
    """The mail as it goes over the wire, lines ended by CR LF."""
    return as_message(delivery).as_bytes()


def _tell_machines(mail: EmailMessage, delivery: Delivery) -> None:
    """Say what must not be answered by machines (RFC 3834), and how to get no more of it."""
    if delivery.is_automatic:
        mail["Auto-Submitted"] = "auto-generated"
    # Out-of-office replies of the Exchange family obey this one alone.
    mail["X-Auto-Response-Suppress"] = "All" if delivery.is_automatic else "OOF, AutoReply"
    ways = [f"<{delivery.stop_link}>"] if delivery.stop_link else []
    if delivery.is_automatic and delivery.participant_id and (replies := reply_to(delivery)):
        ways.append(f"<mailto:{replies}?subject=unsubscribe>")
    if ways:
        mail["List-Unsubscribe"] = ", ".join(ways)
    if delivery.stop_link:
        mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"


def _address(name: str, address: str) -> Address:
    return Address(display_name=name, addr_spec=address)


def _attach(mail: EmailMessage, attachment: Attachment) -> None:
    main, _, sub = attachment.file.type.partition("/")
    with default_storage.open(attachment.file.key) as content:
        data = content.read()
    if main in ("text", "message", "multipart") or not sub:
        # As bytes: what a text's charset or a message's parts are is the recipient's business.
        main, sub = "application", "octet-stream"
    mail.add_attachment(data, maintype=main, subtype=sub, filename=attachment.name)


def _fix_boundaries(mail: EmailMessage, header_id: str) -> None:
    """Boundaries from the Message-ID: the generator's own are random, and every try would differ."""
    seed = hashlib.sha256(header_id.encode()).hexdigest()[:24]
    for place, part in enumerate(mail.walk()):
        if part.is_multipart():
            part.set_boundary(f"=_{seed}_{place}")
