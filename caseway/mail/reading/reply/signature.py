"""Where a signature begins, by convention or by what phones write."""

import re
from itertools import islice

from caseway.mail.reading.reply.attribution import normalised
from caseway.mail.reading.reply.lines import Hint, Kind, Line

DEVICE = (
    r"(?:my|mein\w*|mi|mon|ma|của tôi|tôi)?\b[^,;!?]{0,40}"
    r"(?:iphone|ipad|android|samsung|galaxy|huawei|xiaomi|pixel|phone|handy|smartphone|tablet"
    r"|móvil|celular|portable|mobile|téléphone|điện thoại|blackberry|outlook|yahoo|proton ?mail"
    r"|gmail|mail|gmx|web\.de|spark|bluemail|thunderbird|k-9|aol|icloud)\b.{0,100}"
)
SENT_WITH = (
    rf"(?:sent (?:from|via|with|by|using)) {DEVICE}",
    r"(?:get|download) \[?outlook (?:for|to) .{1,100}",
    rf"(?:diese (?:nachricht|e-?mail) wurde )?(?:gesendet|verschickt|gesandt) (?:von|mit|über) {DEVICE}",
    r"(?:diese (?:nachricht|e-?mail|mail) wurde )?von mein\w* .{1,60} gesendet.{0,100}",
    r"outlook für (?:ios|android) (?:beziehen|herunterladen|abrufen).{0,100}|holen sie sich outlook .{1,100}",
    rf"enviado (?:desde|con|por|mediante|a través de) {DEVICE}",
    r"(?:obtener|obtén|obtenga|descargar) outlook para .{1,100}",
    rf"(?:envoyé|expédié) (?:de|depuis|à partir de|avec|via|par) {DEVICE}",
    r"(?:télécharger|obtenir|obtenez|téléchargez) outlook pour .{1,100}",
    rf"(?:được |đã )?gửi (?:từ|bằng|qua) {DEVICE}",
    r"(?:tải|tải xuống|nhận|lấy) outlook (?:cho|dành cho) .{1,100}",
    (
        r"(?:发自|发送自|來自|来自|从|從|寄自|傳送自) ?(?:我的)? ?.{0,20}"
        r"(?:iphone|ipad|android|galaxy|samsung|三星|手机|手機|华为|小米|邮箱|信箱|邮件|outlook)(?:客户端)?"
        r" ?(?:发送|傳送|傳來|发出|的邮件)?.{0,20}"
    ),
    r"(?:获取|取得|下载) ?(?:适用于 ?)?(?:outlook|ios|android).{0,100}",
    r"inviato da(?:l mio)? .{1,60}|verzonden vanaf mijn .{1,60}|enviado do meu .{1,60}",
)
MOBILE = re.compile("|".join(f"(?:{pattern})" for pattern in SENT_WITH), re.IGNORECASE)
MARK = re.compile(r"--[ \t\u00a0]?\Z")

LONGEST_AFTER_MARK = 40
LONGEST_AFTER_BARE_MARK = 15


def is_mobile_line(text: str) -> bool:
    """Say whether a line is the advertisement of the device or program it was sent with."""
    return len(text) <= 200 and MOBILE.fullmatch(normalised(text).strip(".!。 ")) is not None


def mark_signatures(lines: list[Line], kinds: list[Kind], first: int, last: int) -> None:
    """Mark the signature at the end of one run of new lines, `first` up to before `last`."""
    for index in range(first, last):
        is_mark = MARK.match(lines[index].text) and _is_short_enough(lines, index, last)
        if is_mark or lines[index].hint is Hint.SIGNATURE:
            until = last if is_mark else _end_of_hint(lines, index, last)
            kinds[index:until] = [Kind.SIGNATURE] * (until - index)
            if is_mark:
                break
    for index in range(last - 1, first - 1, -1):
        if is_mobile_line(lines[index].text):
            kinds[index] = Kind.SIGNATURE
        elif lines[index].text.strip() and kinds[index] is Kind.NEW:
            break


def _is_short_enough(lines: list[Line], index: int, last: int) -> bool:
    """A bare "--" is often only a drawn line: what follows it must be as short as a signature."""
    bare = lines[index].text == "--"
    allowed = LONGEST_AFTER_BARE_MARK if bare else LONGEST_AFTER_MARK
    for line in islice(lines, index + 1, last):
        allowed -= bool(line.text.strip())
        if allowed < 0:
            return False
    return True


def _end_of_hint(lines: list[Line], index: int, last: int) -> int:
    while index < last and (lines[index].hint is Hint.SIGNATURE or not lines[index].text.strip()):
        index += 1
    return index
