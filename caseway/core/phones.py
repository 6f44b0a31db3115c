"""Mobile numbers: read as people type them, kept in E.164, shown in international form."""

import phonenumbers
from django.utils.translation import gettext as _
from phonenumbers import NumberParseException, PhoneNumberFormat, PhoneNumberType

from .errors import Invalid

MOBILE = frozenset({PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE})
"""In North America mobile and fixed numbers look the same."""


def knows_region(region: str) -> bool:
    """Whether numbers without country code can be read as that country's (ISO 3166, two letters)."""
    return region in phonenumbers.SUPPORTED_REGIONS


def read_mobile(typed: str, region: str = "") -> str:
    """The number in E.164, such as +4915123456789; "" where nothing was typed.

    Without a country code it is read as one of `region`, as somebody there would dial it. Raises
    Invalid at `mobile`, with words that say what to do, for what no SMS reaches.
    """
    if not typed.strip():
        return ""
    try:
        number = phonenumbers.parse(typed, region if knows_region(region) else None)
    except NumberParseException as problem:
        nowhere = problem.error_type == NumberParseException.INVALID_COUNTRY_CODE
        raise _refusal(_begin_with_plus() if nowhere else _check_digits()) from None
    if not phonenumbers.is_valid_number(number):
        raise _refusal(_check_digits())
    if number.extension or phonenumbers.number_type(number) not in MOBILE:
        raise _refusal(_("No SMS reaches this number. Enter that of a mobile phone."))
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def shown(e164: str) -> str:
    """The number as people read it, such as +49 1512 3456789; "" for none."""
    if not e164:
        return ""
    return phonenumbers.format_number(phonenumbers.parse(e164), PhoneNumberFormat.INTERNATIONAL)


def _begin_with_plus() -> str:
    return _("Begin with + and the country code, as in +49 1512 3456789.")


def _check_digits() -> str:
    return _("There is no such number. Check its digits, and begin with + and the country code.")


def _refusal(words: str) -> Invalid:
    return Invalid(words, field="mobile")
