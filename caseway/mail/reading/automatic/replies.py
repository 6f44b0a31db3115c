"""Messages that must get no automatic answer and reopen nothing (RFC 3834, and practice)."""

import re
from enum import StrEnum

from caseway.mail.reading.mime.headers import Headers


class Reason(StrEnum):
    """Why a message counts as automatic; the storing side may treat lists apart."""

    NONE = ""
    AUTO_SUBMITTED = "auto-submitted"
    AUTO_REPLY_HEADER = "auto-reply-header"
    RESPONSE_SUPPRESSED = "response-suppressed"
    OUT_OF_OFFICE = "out-of-office"
    NULL_SENDER = "null-sender"
    DAEMON = "daemon"
    REPORT = "report"
    LIST = "list"
    BULK = "bulk"


YES_HEADERS = ("x-autoreply", "x-autorespond", "x-autoresponder", "x-auto-reply", "x-away")
PRESENT_HEADERS = ("x-autoreply-from", "x-mail-autoreply", "x-vacation", "x-failed-recipients")
LIST_HEADERS = ("list-id", "list-post", "list-unsubscribe", "mailing-list", "x-mailing-list")
AUTOMATIC_PRECEDENCE = {
    "auto_reply": Reason.AUTO_REPLY_HEADER,
    "auto-reply": Reason.AUTO_REPLY_HEADER,
    "list": Reason.LIST,
    "bulk": Reason.BULK,
    "junk": Reason.BULK,
}
DAEMON = re.compile(
    r"(?:mailer-daemon|mail-daemon|maildaemon|postmaster|mail\.?delivery[\w.-]*|mdaemon"
    r"|bounces?(?:[-+=][^@]*)?|noreply-dmarc[\w.-]*|auto-?reply|microsoftexchange[0-9a-f]{10,})\Z",
    re.IGNORECASE,
)
OUT_OF_OFFICE = re.compile(
    r"(?:(?:re|aw|sv|vs)\s*:\s*)?\W{0,3}(?:"
    r"auto(?:matic)?[ -]?(?:reply|response|replied)|out[ -]of[ -](?:the[ -])?office"
    r"|on (?:vacation|holiday|leave)(?: until| from|\s*[:!]|\Z)"
    r"|away from (?:the )?office|ooo\s*:"
    r"|automatische antwort|abwesenheits(?:notiz|assistent|meldung|benachrichtigung)"
    r"|abwesen(?:d|heit)(?: bis| vom|\s*[:!]|\Z)"
    r"|außer haus(?: bis| vom|\s*[:!]|\Z)|(?:ich bin )?nicht im büro|urlaubs?(?:notiz|meldung|abwesenheit)"
    r"|auto\s*:.{1,80}(?:out of (?:the )?office|außer haus|abwesend|absent|ausente)"
    r"|respuesta automática|fuera de (?:la )?oficina|ausen(?:cia|te) de (?:la )?oficina"
    r"|ausencia(?: desde| hasta|\s*[:!]|\Z)|contestación automática"
    r"|réponse automatique|absence du bureau|message d.absence"
    r"|absent(?:e|\(e\))?(?: du bureau| jusqu| du|\s*[:!]|\Z)"
    r"|en congés?(?: jusqu| du|\s*[:!]|\Z)"
    r"|(?:thư )?trả lời tự động|tự động trả lời|thông báo vắng mặt|(?:vắng|không có) mặt tại văn phòng"
    r"|自动回复|自動回覆|自动答复|自動回信|外出自动|休假自动|我?(?:目前)?不在(?:办公室|辦公室)"
    r"|risposta automatica|fuori (?:sede|ufficio)|assente dall.ufficio|non sono in ufficio"
    r"|resposta automática|fora do escritório|ausência temporária|aus(?:ência|ente) do escritório"
    r"|automatisch antwoord|afwezig(?:heid(?:sbericht|smelding)?)?(?: tot| van|\s*[:!]|\Z)"
    r"|niet aanwezig(?: tot| van|\s*[:!]|\Z)|buiten kantoor"
    r"|autosvar|frånvaromeddelande|automatiskt svar|poissa toimistolta"
    r"|automatyczna odpowiedź|odpowiedź automatyczna|automatická odpověď"
    r"|poza biurem|nieobecn(?:ość|y|a)(?: w biurze| do| od|\s*[:!]|\Z)"
    r"|automatisk(?:t)? svar|fraværsmelding|автоответ|автоматический ответ|自動応答|自動返信"
    r")",
    re.IGNORECASE,
)


def automatic_reason(
    headers: Headers, *, sender: str, envelope_from: str | None, subject: str, is_report: bool
) -> Reason:
    """Say why a message is automatic, `Reason.NONE` if a person seems to have written it."""
    if is_report:
        return Reason.REPORT
    if DAEMON.match(sender.partition("@")[0]):
        return Reason.DAEMON
    by_header = _reason_of_headers(headers)
    if by_header:
        return by_header
    if OUT_OF_OFFICE.match(subject):
        return Reason.OUT_OF_OFFICE
    if envelope_from == "":
        return Reason.NULL_SENDER
    return _reason_of_lists(headers)


def _reason_of_headers(headers: Headers) -> Reason:
    submitted = headers.text("auto-submitted").lower()
    if submitted and re.split(r"[\s;(]", submitted)[0] != "no":
        return Reason.AUTO_SUBMITTED
    if any(headers.text(name).lower() not in {"", "no", "false"} for name in YES_HEADERS):
        return Reason.AUTO_REPLY_HEADER
    if any(name in headers for name in PRESENT_HEADERS):
        return Reason.AUTO_REPLY_HEADER
    if headers.text("x-auto-response-suppress").lower() not in {"", "none"}:
        return Reason.RESPONSE_SUPPRESSED
    return Reason.NONE


def _reason_of_lists(headers: Headers) -> Reason:
    for precedence in headers.texts("precedence"):
        reason = AUTOMATIC_PRECEDENCE.get(precedence.lower())
        if reason:
            return reason
    return Reason.LIST if any(name in headers for name in LIST_HEADERS) else Reason.NONE
