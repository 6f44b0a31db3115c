"""Lines such as "On Monday, Kim wrote:" that stand before a quote, by language."""

import re

# The present position may be anywhere in a long text: every pattern is anchored at both ends
# and sees at most LONGEST characters.
LONGEST = 400
DATE_FIRST = r"(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4})"
PATTERNS = (
    # English
    r"On\b.+\bwrote ?:",
    r"At \d{4}-.+\bwrote ?:",
    r".{1,100}\bwrote (?:on|at) .*\d.*:",
    r".{0,60}<[^<> ]+@[^<> ]+> wrote ?:",
    # German
    r"Am\b.+\bschrieb\b.*:",
    r".{1,100}\bschrieb am\b.*\d.*:",
    r".{0,60}<[^<> ]+@[^<> ]+> (?:schrieb|hat geschrieben) ?:",
    # Spanish, Portuguese
    r"El\b.+\bescribió ?:",
    r".{1,100}\bescribió el\b.*\d.*:",
    r"Em\b.+\bescreveu ?:",
    # French
    r"Le\b.+\ba écrit ?:",
    r".{1,100}\ba écrit le\b.*\d.*:",
    # Vietnamese
    r"(?:Vào|Ngày|Lúc)\b.+\b(?:đã )?viết ?:",
    # Chinese
    r"(?:在|于|於)?.*\d{4} ?[年/.-].*(?:写道|寫道|写到|編寫)[:：]",
    r".{1,100}(?:在|于|於).*\d{4} ?[年/.-].*(?:写道|寫道|写到)[:：]",
    # Italian, Dutch, Polish
    r"Il\b.+\bha scritto ?:",
    r"Op\b.+\bschreef\b.*:",
    r"(?:W dniu|Dnia)\b.+\b(?:napisał|napisała|pisze|napisał\(a\)) ?:",
    # Any language: date, time, name and address
    DATE_FIRST + r"[, ].*\d{1,2}:\d{2}.*<[^<> ]+@[^<> ]+> ?[:：]",
)
ATTRIBUTION = re.compile("|".join(f"(?:{pattern})" for pattern in PATTERNS), re.IGNORECASE)
# What makes an attribution certain where no quote mark follows it: an address, a time, a year.
CERTAIN = re.compile(r"@|\d{1,2} ?[:.hH时時点點] ?\d{2}|\b(?:19|20)\d{2}|\d{4}年")
SPACES = re.compile(r"[\s\u00a0\u202f]+")
INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff*_]")

MOST_LINES = 4


def normalised(text: str) -> str:
    """Give a line without invisible characters and emphasis, with single spaces."""
    return SPACES.sub(" ", INVISIBLE.sub("", text)).strip()


def is_attribution(text: str) -> bool:
    """Say whether a line (or some, joined by spaces) tells who wrote what follows."""
    if len(text) > LONGEST or not text.rstrip().endswith((":", "：")):
        return False
    return ATTRIBUTION.fullmatch(normalised(text)) is not None


def is_certain(text: str) -> bool:
    """Say whether an attribution names a time or an address, as programs write them."""
    return CERTAIN.search(text) is not None


def attribution_ending_at(texts: list[str], last: int) -> int | None:
    """Give the first line of the attribution whose last line is `last`, None if it is none.

    Programs break attributions over up to four lines. Where the end alone is one already ("Ana <ana@…>
    wrote:"), lines above belong to it only if they name the time.
    """
    if not texts[last].rstrip().endswith((":", "：")):
        return None
    joined, above, found = "", "", None
    for first in range(last, max(-1, last - MOST_LINES), -1):
        if not texts[first].strip() or texts[first].startswith(">"):
            break
        joined, above = f"{texts[first]} {joined}", f"{texts[first]} {above}"
        if is_attribution(joined) and (found is None or is_certain(above)):
            found, above = first, ""
    return found
