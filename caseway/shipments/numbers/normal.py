"""The form in which numbers are stored for search and compared."""

import re
import unicodedata

LONGEST = 60

_SEPARATORS = re.compile(r"[\s./()#]+")
# Dashes of every script, and what nobody sees: soft hyphens, zero widths, control signs, halves of signs.
_UNSEEN = frozenset({"Pd", "Cf", "Cc", "Cs"})


def normal_number(typed: str) -> str:
    """A number as it is stored for search: upper case, full-width characters made plain, and
    without blanks, dashes, dots, slashes, brackets and number signs; at most `LONGEST` long."""
    plain = unicodedata.normalize("NFKC", typed[: 4 * LONGEST].upper()).upper().replace("\u2212", "")
    seen = "".join(sign for sign in plain if unicodedata.category(sign) not in _UNSEEN)
    return unicodedata.normalize("NFKC", _SEPARATORS.sub("", seen))[:LONGEST]
