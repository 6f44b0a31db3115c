"""Signs after which everything is the earlier conversation, by language."""

import re

from caseway.mail.reading.reply.attribution import normalised

ORIGINAL = (
    # English, German
    "Original Message|Original Email|Original Appointment|Reply message|Original"
    "|Ursprüngliche Nachricht|Originalnachricht|Original-Nachricht|Ursprüngliche E-Mail"
    # Spanish, French
    "|Mensaje original|Message d.origine|Message original|Message initial"
    # Vietnamese, Chinese
    "|Tin nhắn gốc|Thư gốc|Tin nhắn ban đầu|Thông điệp gốc|Email gốc"
    "|原始邮件|原始郵件|邮件原件|原始信息|原邮件|原始訊息|回复的原邮件"
    # Portuguese, Italian, Dutch
    "|Mensagem original|Messaggio originale|Oorspronkelijk bericht"
)
SEPARATOR = re.compile(rf"[-_=—–]{{2,}} ?(?:{ORIGINAL}) ?[-_=—–]{{2,}}", re.IGNORECASE)
REPLY_ABOVE = re.compile(
    r"[-#=*\s]*(?:Please (?:type|write) your (?:reply|answer) above this line"
    r"|Bitte antworten Sie oberhalb dieser Zeile|Reply above this line)[-#=*\s]*",
    re.IGNORECASE,
)
FORWARDED = (
    "Forwarded message|Forwarded Message|Begin forwarded message"
    "|Weitergeleitete Nachricht|Weitergeleitete Mail|Anfang der weitergeleiteten (?:Nachricht|E-Mail)"
    "|Mensaje reenviado|Inicio del mensaje reenviado|Mensagem encaminhada"
    "|Message transféré|Début du message transféré|Début du message réexpédié"
    "|Tin nhắn (?:được )?chuyển tiếp|Thư đã chuyển tiếp|Bắt đầu (?:tin nhắn|thư) được chuyển tiếp"
    "|转发的邮件|转发的消息|轉寄郵件|轉寄的郵件|开始转发的消息|下方为转发的邮件|已转发邮件|转发邮件信息"
)
FORWARD_LINE = re.compile(
    rf"(?:[-_=]{{2,}} ?(?:{FORWARDED}) ?[-_=]{{2,}}|(?:{FORWARDED}) ?[:：])", re.IGNORECASE
)
FORWARD_SUBJECT = re.compile(
    r"\s*(?:fw|fwd|wg|rv|tr|i|enc|doorst|转发|轉寄|轉發|chuyển tiếp)\s*[:：]", re.IGNORECASE
)
RULE = re.compile(r"[-_=—–]{5,}")
STARTS_WITH_RULE = re.compile(r"[\s*\u200e]*[-_=—–#]")
ENDS_WITH_COLON = re.compile(r"[:：][\s*]*\Z")

# Labels of the header block that Outlook and its kin write above what they quote.
FROM = "From|Von|De|Từ|Người gửi|发件人|發件人|寄件者|寄件人|Da|Van|Od"
WHEN = (
    "Sent|Date|Sent at|Gesendet|Datum|Enviado(?: el)?|Enviada(?: em)?|Fecha|Envoyé(?: le)?"
    "|Đã gửi|Ngày(?: gửi)?|Ngày tháng|发送时间|發送時間|传送时间|傳送時間|寄件日期|日期|时间|時間"
    "|Inviato|Verzonden|Data"
)
TO = "To|An|Para|À|A|Đến|Tới|Người nhận|收件人|收件者|Aan"
SUBJECT = "Subject|Betreff|Asunto|Objet|Chủ đề|Tiêu đề|主题|主題|主旨|Assunto|Oggetto|Onderwerp"
OTHER = "Cc|Kopie|Copie|抄送|副本|Importance|Priority|Reply-To|Attachments|Anlagen|Organization"
LABELLED = re.compile(
    rf"(?:(?P<from>{FROM})|(?P<when>{WHEN})|(?P<to>{TO})|(?P<subject>{SUBJECT})|(?:{OTHER}))"
    r" ?[:：] ?(?P<value>.*)",
    re.IGNORECASE | re.DOTALL,
)
ALL_IN_ONE_LINE = re.compile(rf"\b(?:{FROM}|{TO}) ?[:：].*\b(?:{SUBJECT}) ?[:：]")
BLOCK_LINES = 9


def is_separator(text: str) -> bool:
    """Say whether a line is one of those that stand above an original message."""
    if len(text) > 200 or not STARTS_WITH_RULE.match(text):
        return False
    line = normalised_with_rules(text)
    return bool(SEPARATOR.fullmatch(line) or REPLY_ABOVE.fullmatch(line))


def is_forward_line(text: str) -> bool:
    """Say whether a line stands above a message that was passed on: that is news, no quote."""
    if len(text) > 200 or not (STARTS_WITH_RULE.match(text) or ENDS_WITH_COLON.search(text)):
        return False
    return FORWARD_LINE.fullmatch(normalised_with_rules(text)) is not None


def is_forward_subject(subject: str) -> bool:
    """Say whether a subject begins with the mark of a forwarded message."""
    return FORWARD_SUBJECT.match(subject) is not None


def is_rule(text: str) -> bool:
    """Say whether a line is a drawn line."""
    return RULE.fullmatch(text.strip()) is not None


def starts_header_block(texts: list[str], first: int) -> bool:
    """Say whether the header block of a quoted message starts here.

    It names a sender and, close by, a date or recipient, and a subject or at least the
    sender's address (GMX names the date first): a list of places ("From: Hamburg", "To: Berlin") is none.
    """
    opening = _label(texts[first])
    if opening is None or opening[0] not in {"from", "when"}:
        return False
    if ALL_IN_ONE_LINE.search(opening[1]):
        return True
    labels = [opening, *_labels_after(texts[first + 1 : first + BLOCK_LINES])]
    seen = {name for name, _ in labels}
    senders = [value for name, value in labels[:2] if name == "from"]
    if not senders or not seen & {"when", "to"}:
        return False
    return "subject" in seen or "@" in senders[0]


def _labels_after(texts: list[str]) -> list[tuple[str, str]]:
    """Give the labels of one block: a line between may be folded, two are other text."""
    labels: list[tuple[str, str]] = []
    unlabelled = 0
    for text in texts:
        label = _label(text)
        unlabelled = 0 if label else unlabelled + bool(text.strip())
        if unlabelled > 1:
            break
        if label:
            labels.append(label)
    return labels


def _label(text: str) -> tuple[str, str] | None:
    """Give which label a line begins with, and what stands after it."""
    start = text[:60]
    if len(text) > 5_000 or not (":" in start or "：" in start):
        return None
    found = LABELLED.match(normalised(text))
    if not found:
        return None
    name = next((name for name in ("from", "when", "to", "subject") if found[name]), "other")
    return name, found["value"]


def normalised_with_rules(text: str) -> str:
    """Like `normalised`, but drawn lines stay."""
    return " ".join(text.replace("\u200e", "").replace("*", "").split())
