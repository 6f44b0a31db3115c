"""Bytes to text in whatever charset, declared rightly, wrongly or not at all."""

import codecs
import re

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

# What mail programs say, and what they mean (the WHATWG encoding standard where it speaks).
MEANT = {
    "ascii": "utf-8",
    "us-ascii": "utf-8",
    "ansi_x3.4-1968": "utf-8",
    "646": "utf-8",
    "utf8": "utf-8",
    "utf-8mb4": "utf-8",
    "x-utf-8": "utf-8",
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "ansi": "cp1252",
    "gb2312": "gb18030",
    "gb_2312-80": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "cp936": "gb18030",
    "big5": "cp950",
    "x-big5": "cp950",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "iso-2022-jp": "iso2022_jp_ext",
    "shift_jis": "cp932",
    "x-sjis": "cp932",
    "windows-31j": "cp932",
    "iso-8859-8-i": "iso-8859-8",
    "iso-8859-9": "cp1254",
    "iso-8859-11": "cp874",
    "tis-620": "cp874",
    "windows-874": "cp874",
    "x-mac-roman": "mac-roman",
    "macintosh": "mac-roman",
}
# Codecs that decode something other than a charset; Python itself refuses those of binary data.
NEVER_CHARSETS = {"idna", "punycode", "undefined", "unicode-escape", "raw-unicode-escape"}
UTF8_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
HIGH_RUN = re.compile(rb"[\x80-\xff][\x40-\xff]*[\x80-\xff]|[\x80-\xff]")
HAN = re.compile("[\u4e00-\u9fff\u3000-\u303f\uff01-\uff5e]")


def text_of(data: bytes, charset: str = "") -> str:
    """Give the text of `data`; what can't be decoded becomes U+FFFD. Never raises."""
    codec = _codec(charset)
    if codec:
        decoded = _strictly(data, codec)
        if decoded is not None:
            return decoded
    return _guessed(data, codec)


def _codec(charset: str) -> str:
    name = charset.strip().strip("\"'").lower()
    name = MEANT.get(name, name)
    try:
        known = codecs.lookup(name).name
    except (LookupError, ValueError, UnicodeError):
        return ""
    return "" if known.replace("_", "-") in NEVER_CHARSETS else name


def _strictly(data: bytes, codec: str) -> str | None:
    try:
        return _scrubbed(data.decode(codec))
    except (UnicodeError, ValueError, LookupError):
        return None


def _guessed(data: bytes, declared: str) -> str:
    """Decode what its declared charset can't: UTF-8, then Chinese, then Western."""
    as_utf8 = _strictly(data, "utf-8")
    if as_utf8 is not None:
        return as_utf8
    if declared and declared != "utf-8":
        return _with_replacements(data, declared)
    if UTF8_SEQUENCE.search(data) and declared == "utf-8":
        return _with_replacements(data, "utf-8")
    return _chinese(data) or data.decode("cp1252", "replace")


def _with_replacements(data: bytes, codec: str) -> str:
    try:
        return _scrubbed(data.decode(codec, "replace"))
    except (UnicodeError, ValueError, LookupError):
        return data.decode("utf-8", "replace")


def _chinese(data: bytes) -> str | None:
    """GB18030, where the high bytes come in runs and give Han almost throughout."""
    runs = HIGH_RUN.findall(data[:20_000])
    if not runs or sum(len(run) for run in runs) < 2 * len(runs) + 2:
        return None
    decoded = _strictly(data, "gb18030")
    if decoded is None:
        return None
    foreign = [character for character in decoded[:10_000] if character > "\x7f"]
    return decoded if len(HAN.findall(decoded[:10_000])) >= 0.9 * len(foreign) else None


def _scrubbed(text: str) -> str:
    """Replace lone surrogates, which some codecs let through and no database takes."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text
