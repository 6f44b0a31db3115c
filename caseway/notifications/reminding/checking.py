"""What may be wrong with the words of a rule and the ways that they go."""

from django.conf import settings
from django.utils.translation import gettext as _

from caseway.cases.canned.variables import objection_to
from caseway.notifications.models import ReminderRule
from caseway.notifications.models.reminder import LONGEST_SMS, LONGEST_TEXT


def errors_of_words(rule: ReminderRule, *, had_sms: bool) -> dict[str, str]:
    """By field; "" where nothing is. `had_sms`: the rule as stored goes by SMS, and may stay so."""
    return {
        "by_mail": "" if rule.by_mail or rule.by_sms else _("Choose e-mail, SMS, or both."),
        "by_sms": no_provider() if rule.by_sms and not had_sms else "",
        "text": _error_of(rule.text, LONGEST_TEXT, is_needed=rule.by_mail),
        "sms_text": _error_of(rule.sms_text, LONGEST_SMS, is_needed=rule.by_sms),
    }


def no_provider() -> str:
    """What to do where this installation sends no SMS; "" where it does."""
    if settings.SENDS_SMS:
        return ""
    return _("No SMS provider is set. The system administrator names one in CASEWAY_SMS_URL.")


def _error_of(text: str, longest: int, *, is_needed: bool) -> str:
    if is_needed and not text:
        return _("Write something first.")
    if len(text) > longest:
        return _("Keep it under %(limit)s characters.") % {"limit": longest}
    return objection_to(text)
