"""Mail in the admin: mailboxes, what came in and waits for somebody, what went out and failed."""

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from caseway.accounts.administration.forms import SameOrganisationForm
from caseway.accounts.administration.lasting import Lasting
from caseway.core.text import normal_address

from .incoming.processing import run_again
from .models import Delivery, Mailbox, RawMail


class MailboxForm(SameOrganisationForm):
    """A mailbox, the address as mail is compared by."""

    def clean_address(self) -> str:
        """In lower case."""
        return normal_address(self.cleaned_data["address"])


@admin.register(Mailbox)
class MailboxAdmin(Lasting, admin.ModelAdmin):  # type: ignore[type-arg]
    """The addresses that take mail. Switched off, not deleted: what came in says to which."""

    form = MailboxForm
    list_display = ("address", "organisation", "brand", "use", "is_active")
    list_filter = ("organisation", "use", "is_active")
    search_fields = ("address", "organisation__name")
    list_select_related = ("organisation", "brand")


class WrittenByMachine(admin.ModelAdmin):  # type: ignore[type-arg]
    """Rows to look at: mail writes them, and nobody else."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody adds one."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: object | None = None) -> bool:
        """Nobody changes one."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object | None = None) -> bool:
        """Nobody deletes one."""
        return False


@admin.register(RawMail)
class RawMailAdmin(WrittenByMachine):
    """Mails as they came, with what became of them. What could not be processed is run again here.

    What a mail says is its readers' business: neither its words nor its subject are shown.
    """

    list_display = ("pk", "received_at", "organisation", "mailbox", "sender", "state", "reason", "attempts")
    list_filter = ("state", "organisation")
    search_fields = ("=sender", "=header_id")
    exclude = ("content", "subject")
    actions = ("process_again",)
    list_select_related = ("organisation", "mailbox")

    def get_queryset(self, request: HttpRequest) -> QuerySet[RawMail]:
        """Without the bytes, which may be many."""
        return super().get_queryset(request).defer("content")

    @admin.action(description=_("Process again"), permissions=["view"])
    def process_again(self, request: HttpRequest, mails: QuerySet[RawMail]) -> None:
        """Run the chosen mails again, whatever they were set aside for."""
        done = [run_again(key) for key in mails.values_list("pk", flat=True)]
        ended = sum(outcome is not None for outcome in done)
        self.message_user(
            request,
            _("%(ended)s of %(all)s mails were processed.") % {"ended": ended, "all": len(done)},
            messages.SUCCESS if ended == len(done) else messages.WARNING,
        )


@admin.register(Delivery)
class DeliveryAdmin(WrittenByMachine):
    """Mails on their way, with the server's last answer; not what they say, nor of which case."""

    list_display = (
        "pk",
        "written_at",
        "organisation",
        "purpose",
        "address",
        "state",
        "attempts",
        "last_error",
    )
    list_filter = ("state", "purpose", "organisation")
    search_fields = ("=address", "=header_id")
    exclude = ("subject", "text", "html", "case", "message", "participant", "references")
    list_select_related = ("organisation",)
