"""Which provider the settings name."""

from functools import lru_cache

from django.conf import settings

from .development import DevelopmentLog, Missing
from .provider import Provider
from .twilio import Twilio


@lru_cache
def the_provider() -> Provider:
    """The provider that CASEWAY_SMS_URL names; without it the log in development, else none."""
    if settings.SMS_ACCOUNT is not None:
        return Twilio(settings.SMS_ACCOUNT)
    return DevelopmentLog() if settings.SENDS_SMS else Missing()
