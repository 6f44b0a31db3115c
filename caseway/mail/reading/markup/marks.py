"""The signs by which mail programs mark what they quote.

A sign is told by a class, an identifier or a style; all three are removed from the markup,
since they could pose as the page's own, and one class of ours stands for what they said.
"""

import re
from enum import StrEnum


class Mark(StrEnum):
    """What a marked element is; the value is the class that the page finds."""

    QUOTE = "mail-quote"
    """The element holds quoted text."""
    HISTORY = "mail-history"
    """From the element on, all is quoted text."""
    ATTRIBUTION = "mail-attribution"
    """The element says who wrote what follows."""
    SIGNATURE = "mail-signature"
    """The element is a signature."""
    CITE = "mail-cite"
    """The element holds quoted text if it is a block quote."""
    TIGHT = "mail-tight"
    """A paragraph without space before the next."""


BY_CLASS = {
    "gmail_quote": Mark.CITE,
    "gmail_attr": Mark.ATTRIBUTION,
    "gmail_signature": Mark.SIGNATURE,
    "gmail_signature_prefix": Mark.SIGNATURE,
    "moz-cite-prefix": Mark.ATTRIBUTION,
    "moz-signature": Mark.SIGNATURE,
    "moz-txt-sig": Mark.SIGNATURE,
    "yahoo_quoted": Mark.QUOTE,
    "yahoo-signature": Mark.SIGNATURE,
    "ydp_yahoo_quoted": Mark.QUOTE,
    "protonmail_quote": Mark.QUOTE,
    "protonmail_signature_block": Mark.SIGNATURE,
    "tutanota_quote": Mark.QUOTE,
    "zmail_extra": Mark.QUOTE,
    "zmail_extra_hr": Mark.ATTRIBUTION,
    "outlookmessageheader": Mark.HISTORY,
    "msonormal": Mark.TIGHT,
    "front-blockquote": Mark.QUOTE,
    "hs_reply": Mark.QUOTE,
    "ntes-mailcontainer-quote": Mark.QUOTE,
}
BY_ID = {
    "divrplyfwdmsg": Mark.HISTORY,
    "stopspelling": Mark.HISTORY,
    "olk_src_body_section": Mark.HISTORY,
    "mail-editor-reference-message-container": Mark.HISTORY,
    "replysplit": Mark.HISTORY,
    "isreplycontent": Mark.QUOTE,
    "ms-outlook-mobile-signature": Mark.SIGNATURE,
    "applemailsignature": Mark.SIGNATURE,
    "ymail_android_signature": Mark.SIGNATURE,
    "protonmail_mobile_signature_block": Mark.SIGNATURE,
    "signature": Mark.SIGNATURE,
}
# Word's editor draws a line above the header block of the message that it answers.
OUTLOOK_RULE = re.compile(
    r"border:\s*none;\s*border-top:\s*solid\s+#(?:e1e1e1|b5c4df)\s+1\.0pt", re.IGNORECASE
)
QUOTE_BAR = re.compile(r"border-left(?:-style|-width)?:", re.IGNORECASE)
ACROSS_RENAMING = re.compile(r"^(?:x_)+")


def mark_of(attribute: str, value: str) -> Mark | None:
    """Give the mark that a class, an identifier or a style stands for, None for none."""
    if attribute == "style":
        if OUTLOOK_RULE.search(value[:500]):
            return Mark.HISTORY
        return Mark.CITE if QUOTE_BAR.search(value[:500]) else None
    table = BY_CLASS if attribute == "class" else BY_ID
    for word in value[:500].lower().split():
        found = table.get(ACROSS_RENAMING.sub("", word))
        if found:
            return found
    return None
