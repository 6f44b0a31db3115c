"""The reader's language and country, for dates and numbers."""

from functools import cache

from babel import Locale, UnknownLocaleError
from django.utils.translation import get_language, to_locale

# Plain English writes day before month and twenty-four hours, which nobody misreads;
# a reader who asks for `en-us` gets the American way.
PREFERRED = {"en": "en_GB"}


def reader_locale() -> Locale:
    """The locale of the active language; English when it is none that Babel knows."""
    return _locale(get_language() or "en")


@cache
def _locale(language: str) -> Locale:
    name = to_locale(language)
    try:
        return Locale.parse(PREFERRED.get(name, name))
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en_GB")
