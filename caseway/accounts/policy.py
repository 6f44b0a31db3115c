"""The policy of an organisation: its choices where organisations work differently."""

from dataclasses import asdict, dataclass, fields
from typing import Any, Self

DOCUMENTS = ("jpg", "jpeg", "png", "gif", "pdf", "doc", "docx")
PORTAL_TYPES = (*DOCUMENTS, "xls", "xlsx", "ppt", "pptx", "txt", "csv", "eml", "zip")
MEGABYTE = 1_000_000
CHOICES = {"second_factor": ("off", "optional", "required")}
"""What a policy that is a word may be."""


@dataclass(frozen=True)
class Policy:
    """Every choice with its default. Stored as the differences from the default only."""

    agents_see_all: bool = True
    """False: agents see only the cases of their teams and of the brands these serve, and their own."""
    operations_need_claim: bool = False
    """Whether agents answer, change and close only what somebody at their side owns."""
    reply_sets_pending: bool = True
    """An answer to the customer sets Pending from customer unless the agent chooses otherwise."""
    undo_send_seconds: int = 10
    """How long what an agent sends waits, so that they can take it back; 0: it is sent at once."""
    closing_needs_reason: bool = True
    closing_needs_note: bool = True
    partner_closing_needs_reason: bool = False
    """Whether we, taking part as a partner, must give reason and note as well."""
    reopening_needs_reason: bool = False
    closing_needs_tasks_done: bool = False
    """Whether our people close a case only when all our tasks on it are done or cancelled."""
    urging_by_mail: bool = False
    """Whether reminders are configured, so that an owner can be urged."""
    urging_by_sms: bool = False
    """Whether an owner can be urged by SMS; the installation needs an SMS provider."""
    customer_reopens_within_days: int = 14
    asks_satisfaction: bool = True
    """Whether customers are asked, once after each closing, if they are satisfied."""
    satisfaction_days: int = 30
    """For how many days after a closing its question may be answered."""
    partner_links_days: int = 30
    """For how many days a partner may answer by the links of our mails, without a sign-in."""
    cases_reach_back_months: int = 13
    portal_total_bytes: int = 40 * MEGABYTE
    portal_files: int = 50
    portal_types: tuple[str, ...] = PORTAL_TYPES
    desk_total_bytes: int = 5 * MEGABYTE
    desk_files: int = 5
    desk_types: tuple[str, ...] = DOCUMENTS
    mail_total_bytes: int = 50 * MEGABYTE
    mail_files: int = 500
    second_factor: str = "optional"
    """At the desk: `off` (not offered), `optional`, or `required` (enrolled before anything is shown)."""
    storage_total_bytes: int = 50_000 * MEGABYTE
    """What all files of the organisation may take together; 0: as much as there is."""

    @classmethod
    def from_stored(cls, stored: dict[str, Any]) -> Self:
        """The policy that `stored` differs to; unknown names are left alone."""
        known = {f.name for f in fields(cls)}
        values: dict[str, Any] = {
            k: tuple(v) if isinstance(v, list) else v for k, v in stored.items() if k in known
        }
        return cls(**values)

    def differences(self) -> dict[str, Any]:
        """What differs from the defaults, as JSON values."""
        default = asdict(type(self)())
        return {k: v for k, v in asdict(self).items() if v != default[k]}
