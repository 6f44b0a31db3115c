"""Every choice of the policy in words, by group. A field of `Policy` that is missing here fails a test."""

from collections.abc import Sequence
from dataclasses import dataclass, fields

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from caseway.accounts.policy import MEGABYTE, PORTAL_TYPES, Policy

from .choices import Amount, Choice, OneOf, Several, Switch


@dataclass(frozen=True)
class Group:
    """Choices that belong together."""

    title: Promise
    choices: Sequence[Choice]


_GROUPS = (
    Group(
        _("Who sees what"),
        [
            Switch(
                name="agents_see_all",
                label=_("Agents see all cases"),
                sentence=_(
                    "Off: only those of their teams and of the brands that these serve,"
                    " and those that they own or follow."
                ),
            ),
            Amount(
                name="cases_reach_back_months",
                label=_("Lists reach back"),
                sentence=_(
                    "Older cases are found under All cases; active ones are never hidden without a word."
                ),
                least=1,
                most=240,
                unit="months",
            ),
            OneOf(
                name="second_factor",
                label=_("Second factor at the desk"),
                sentence=_("Whether people confirm their sign-in with an app or a passkey."),
                options=[
                    ("off", _("Not offered")),
                    ("optional", _("Whoever wants to")),
                    ("required", _("Everybody")),
                ],
            ),
        ],
    ),
    Group(
        _("Answering"),
        [
            Switch(
                name="operations_need_claim",
                label=_("Cases are claimed before they are worked on"),
                sentence=_(
                    "Whoever wants to answer, change or close a case that nobody owns claims it first."
                    " Notes, tasks and following go without."
                ),
            ),
            Switch(
                name="reply_sets_pending",
                label=_("An answer waits for the customer"),
                sentence=_(
                    "A reply to the customer sets Pending from customer, unless the agent chooses otherwise."
                ),
            ),
            Amount(
                name="undo_send_seconds",
                label=_("A message can be taken back for"),
                sentence=_("What agents send leaves only then. 0: at once."),
                most=120,
                unit="seconds",
            ),
            Amount(
                name="partner_links_days",
                label=_("Partners answer by links of mails for"),
                sentence=_(
                    "Without a sign-in. Afterwards the link says so, and a reply by mail still lands."
                ),
                least=1,
                most=365,
                unit="days",
            ),
            Switch(
                name="urging_by_mail",
                label=_("Owners can be urged by mail"),
                sentence=_("Off: whoever urges is told that reminders are not configured."),
            ),
            Switch(
                name="urging_by_sms",
                label=_("Owners can be urged by SMS"),
                sentence=_("Reaches owners with a mobile number in their profile, if a provider is set."),
            ),
        ],
    ),
    Group(
        _("Closing and reopening"),
        [
            Switch(
                name="closing_needs_reason",
                label=_("Closing needs a reason"),
                sentence=_("One of your closure reasons, shown on the case."),
            ),
            Switch(
                name="closing_needs_note",
                label=_("Closing needs a note"),
                sentence=_("A few words for colleagues, kept in the history."),
            ),
            Switch(
                name="partner_closing_needs_reason",
                label=_("Also on a partner's cases"),
                sentence=_("Whether reason and note are asked for where the case came from a partner."),
            ),
            Switch(
                name="closing_needs_tasks_done",
                label=_("Closing needs all tasks done"),
                sentence=_("A case stays open until each of your tasks on it is done or cancelled."),
            ),
            Switch(
                name="reopening_needs_reason",
                label=_("Reopening needs a reason"),
                sentence=_("A reopening reason and a note, when an agent takes a solved case up again."),
            ),
            Amount(
                name="customer_reopens_within_days",
                label=_("Customers may reopen for"),
                sentence=_("After a case is solved. Later a follow-up case is made and linked."),
                most=365,
                unit="days",
            ),
            Switch(
                name="asks_satisfaction",
                label=_("Ask customers whether they are satisfied"),
                sentence=_("One click in the mail that tells of a closing, once for each closing."),
            ),
            Amount(
                name="satisfaction_days",
                label=_("The question may be answered for"),
                sentence=_("Afterwards its link says that it is too late."),
                least=1,
                most=365,
                unit="days",
            ),
        ],
    ),
    Group(
        _("Files that agents send"),
        [
            Amount(
                name="desk_files",
                label=_("Files in one message"),
                sentence=_("At the desk."),
                least=1,
                most=500,
                unit="files",
            ),
            Amount(
                name="desk_total_bytes",
                label=_("Size of one message's files"),
                sentence=_("All of them together."),
                least=1,
                most=500,
                unit="MB",
                factor=MEGABYTE,
            ),
            Several(
                name="desk_types",
                label=_("Types of files"),
                sentence=_("Checked by content, not only by name."),
                known=PORTAL_TYPES,
            ),
        ],
    ),
    Group(
        _("Files that customers send"),
        [
            Amount(
                name="portal_files",
                label=_("Files at once"),
                sentence=_("In the portal."),
                least=1,
                most=500,
                unit="files",
            ),
            Amount(
                name="portal_total_bytes",
                label=_("Size of the files sent at once"),
                sentence=_("All of them together."),
                least=1,
                most=500,
                unit="MB",
                factor=MEGABYTE,
            ),
            Several(
                name="portal_types",
                label=_("Types of files in the portal"),
                sentence=_("What is refused is refused before it is sent, with the reason."),
                known=PORTAL_TYPES,
            ),
        ],
    ),
    Group(
        _("Files in mails"),
        [
            Amount(
                name="mail_files",
                label=_("Files in one mail"),
                sentence=_("A mail with more is held for you, never lost."),
                least=1,
                most=5000,
                unit="files",
            ),
            Amount(
                name="mail_total_bytes",
                label=_("Size of one mail"),
                sentence=_("A larger one is held for you, never lost."),
                least=1,
                most=500,
                unit="MB",
                factor=MEGABYTE,
            ),
            Amount(
                name="storage_total_bytes",
                label=_("Room for all files"),
                sentence=_("The system administrator gives it; 0 is as much as there is."),
                most=100_000_000,
                unit="MB",
                factor=MEGABYTE,
                given=True,
            ),
        ],
    ),
)
_KNOWN = {field.name for field in fields(Policy)}
GROUPS = tuple(
    Group(group.title, [choice for choice in group.choices if choice.name in _KNOWN]) for group in _GROUPS
)
CHOICES = {choice.name: choice for group in GROUPS for choice in group.choices}
