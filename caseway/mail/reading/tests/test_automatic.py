"""What no person wrote is told from what somebody did."""

import pytest

from caseway.mail.reading import read

AUTOMATIC = {
    b"Auto-Submitted: auto-replied": "auto-submitted",
    b"Auto-Submitted: auto-generated (rejected)": "auto-submitted",
    b"Auto-Submitted: AUTO-NOTIFIED; owner=x": "auto-submitted",
    b"X-Autoreply: yes": "auto-reply-header",
    b"X-Autorespond: Away": "auto-reply-header",
    b"X-Auto-Response-Suppress: DR, OOF, AutoReply": "response-suppressed",
    b"X-Auto-Response-Suppress: All": "response-suppressed",
    b"Precedence: auto_reply": "auto-reply-header",
    b"Precedence: Bulk": "bulk",
    b"Precedence: junk": "bulk",
    b"Precedence: list": "list",
    b"List-Id: Traders <traders.example>": "list",
    b"List-Unsubscribe: <mailto:x@y.example>": "list",
    b"Return-Path: <>": "null-sender",
    b"From: MAILER-DAEMON@mx.example": "daemon",
    b"From: Mail Delivery System <Mailer-Daemon@mx.example>": "daemon",
    b"From: postmaster@mx.example": "daemon",
    b"Subject: Automatic reply: Parcel": "out-of-office",
    b"Subject: Out of Office: Parcel": "out-of-office",
    b"Subject: Re: Out of the office until Monday": "out-of-office",
    b"Subject: Automatische Antwort: Paket": "out-of-office",
    b"Subject: Abwesenheitsnotiz": "out-of-office",
    b"Subject: Abwesend bis 12.05.": "out-of-office",
    b"Subject: On vacation until Monday": "out-of-office",
    "Subject: Respuesta automática: Paquete".encode(): "out-of-office",
    "Subject: Réponse automatique : Colis".encode(): "out-of-office",
    "Subject: Trả lời tự động: Kiện hàng".encode(): "out-of-office",
    "Subject: 自动回复: 包裹".encode(): "out-of-office",
    "Subject: 自動回覆：包裹".encode(): "out-of-office",
    b"Subject: Risposta automatica: Pacco": "out-of-office",
    b"Subject: Automatisch antwoord: Pakket": "out-of-office",
    "Subject: Resposta automática: Pacote".encode(): "out-of-office",
    "Subject: Odpowiedź automatyczna: Paczka".encode(): "out-of-office",
    b"Subject: Autosvar: Paket": "out-of-office",
    b"Content-Type: multipart/report; report-type=disposition-notification; boundary=b": "report",
    b"Content-Type: multipart/report; report-type=feedback-report; boundary=b": "report",
}
WRITTEN = [
    b"Subject: Where is my parcel?",
    b"Subject: Re: automatic door arrived broken",
    b"Subject: The office chair is out of stock",
    b"Subject: On holiday delivery went wrong",
    b"Subject: Abwesenheit bei der Zustellung",
    "Subject: Vắng mặt khi giao hàng".encode(),
    b"Subject: Absence lors de la livraison",
    b"Auto-Submitted: no",
    b"Auto-Submitted: No (really)",
    b"X-Auto-Response-Suppress: None",
    b"X-Autoreply: no",
    b"Precedence: first-class",
    b"Return-Path: <kim@orchid.example>",
    b"From: Kim <postmaster.kim@orchid.example>",
    b"From: bouncer@club.example",
]


@pytest.mark.parametrize(("header", "reason"), AUTOMATIC.items())
def test_automatic_message_is_told(header, reason):
    found = read(header + b"\n\nI am away.")
    assert (found.auto_reply, found.auto_reply_reason) == (True, reason)


@pytest.mark.parametrize("header", WRITTEN)
def test_message_of_a_person_is_not(header):
    found = read(header + b"\n\nHello.")
    assert (found.auto_reply, found.auto_reply_reason) == (False, "")


def test_foreign_headers_set_nothing():
    plain = b"Subject: a\nFrom: kim@orchid.example\n"
    ours = b"X-Caseway-Status: closed\nX-Priority: 1\nX-RT-Command: close\nX-OTOBO-Owner: root\n"
    assert read(plain + ours + b"\nx") == read(plain + b"\nx")


OUT_OF_OFFICE = {
    "en": [
        "Automatic reply: Case",
        "Out of Office: back Monday",
        "Out of the office until 3 May",
        "Auto-Reply: hello",
        "Autoreply: x",
        "OOO: x",
        "Away from office",
    ],
    "de": [
        "Automatische Antwort: Fall",
        "Abwesenheitsnotiz",
        "Abwesend: Kim Tran",
        "Nicht im Büro",
        "AUTO: Kim ist außer Haus (Rückkehr am 3.5.)",
        "Abwesenheit: 1.5. bis 3.5.",
        "Ich bin nicht im Büro",
    ],
    "es": [
        "Respuesta automática: Caso",
        "Fuera de la oficina",
        "Fuera de oficina: vuelvo el lunes",
        "Ausente de la oficina",
        "Ausencia: Kim",
    ],
    "fr": [
        "Réponse automatique : dossier",
        "Absence du bureau",
        "Absent(e) du bureau",
        "Absent: Kim",
        "Message d'absence",
        "Réponse automatique d'absence",
    ],
    "it": [
        "Risposta automatica: caso",
        "Fuori sede",
        "Fuori ufficio: torno lunedì",
        "Assente dall'ufficio",
        "Non sono in ufficio",
    ],
    "nl": [
        "Automatisch antwoord: zaak",
        "Afwezig: Kim",
        "Afwezigheidsbericht",
        "Niet aanwezig",
        "Buiten kantoor",
    ],
    "pt": [
        "Resposta automática: caso",
        "Fora do escritório",
        "Ausência do escritório",
        "Ausente do escritório",
    ],
    "pl": [
        "Odpowiedź automatyczna: sprawa",
        "Automatyczna odpowiedź",
        "Poza biurem",
        "Nieobecność",
        "Nieobecny w biurze",
    ],
    "vi": [
        "Trả lời tự động: hồ sơ",
        "Thư trả lời tự động",
        "Vắng mặt tại văn phòng",
        "Tự động trả lời",
        "Không có mặt tại văn phòng",
    ],
    "zh": [
        "自动回复：案件",
        "自動回覆: 案件",
        "外出自动回复",
        "自动答复",
        "不在办公室",
        "休假自动回复",
        "我不在办公室",
    ],
}


@pytest.mark.parametrize("language", OUT_OF_OFFICE)
def test_absence_is_told_in_ten_languages(language):
    missed = [
        subject
        for subject in OUT_OF_OFFICE[language]
        if not read(
            f"From: kim@orchid.example\nSubject: {subject}\n\nI am back on Monday.".encode()
        ).auto_reply
    ]
    assert missed == []


@pytest.mark.parametrize(
    "subject",
    [
        *("Auto: transport of two cars", "Auto: Schaden an der Tür", "Absent goods in delivery"),
        *("Ausencia de bultos", "Nieobecność palety nr 5", "Office: delivery out of hours"),
        *(
            "Reply: the automatic door",
            "包裹不在办公楼",
            "Afwezige dozen",
            "Vắng kiện hàng",
            "Fuori dal pacco",
        ),
    ],
)
def test_subjects_of_people_are_not(subject):
    assert not read(f"From: kim@orchid.example\nSubject: {subject}\n\nHello".encode()).auto_reply
