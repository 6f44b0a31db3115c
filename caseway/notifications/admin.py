"""SMS in the admin: what went out, what waits, what failed."""

from django.contrib import admin

from caseway.mail.admin import WrittenByMachine

from .models import Sms


@admin.register(Sms)
class SmsAdmin(WrittenByMachine):
    """SMS on their way, with the provider's last answer; not what they say, nor of which case."""

    list_display = ("pk", "written_at", "organisation", "person", "purpose", "state", "trouble", "last_error")
    list_filter = ("state", "trouble", "organisation")
    search_fields = ("=person__email", "=provider_id")
    exclude = ("text", "case", "claim")
    list_select_related = ("organisation", "person")
