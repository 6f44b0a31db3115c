"""Words that say what the number after them is, in the languages of the portal."""

import re

from .kinds import NumberKind, SeenKind, StoredKind

LABELS: dict[NumberKind, tuple[str, ...]] = {
    SeenKind.CONTAINER: ("container", "conteneur", "contenedor", "集装箱", "货柜"),
    SeenKind.SSCC: ("sscc",),
    SeenKind.UPS: ("ups",),
    SeenKind.USPS: ("usps",),
    SeenKind.FEDEX: ("fedex", "fed ex"),
    SeenKind.DHL: ("dhl",),
    SeenKind.PRO: ("pro",),
    StoredKind.BOL: (
        "bol", "b/l", "bill of lading", "frachtbrief", "konnossement", "conocimiento de embarque",
        "connaissement", "vận đơn đường biển", "提单",
    ),
    StoredKind.PO: (
        "po", "p.o.", "p/o", "purchase order", "orden de compra", "bon de commande", "采购单", "采购订单",
    ),
    StoredKind.RA: ("ra", "rma", "return authorization", "return authorisation", "rücksendenummer", "退货"),
    StoredKind.TRACKING: (
        "tracking", "trackingnummer", "sendungsverfolgung", "sendungsnummer", "waybill", "awb", "parcel",
        "suivi", "seguimiento", "mã vận đơn", "vận đơn", "运单", "快递单", "跟踪", "追踪",
    ),
    StoredKind.SHIPMENT: (
        "shipment", "shp", "consignment", "delivery", "sendung", "lieferung", "envío", "envio",
        "expédition", "livraison", "lô hàng", "货件", "发货单",
    ),
    StoredKind.ORDER: (
        "order", "ord", "sales order", "bestellung", "bestellnummer", "auftrag", "auftragsnummer", "pedido",
        "commande", "đơn hàng", "订单",
    ),
    StoredKind.REFERENCE: (
        "reference", "ref", "referenz", "referenznummer", "referencia", "référence", "参考",
    ),
}  # fmt: skip
_FILLERS = (
    "number", "numbers", "nummer", "número", "numero", "numéro", "nº", "n°", "no", "nr", "num", "id", "code",
    "is", "ist", "es", "est", "là", "de", "số", "号码", "编号", "号", "是", "为",
)  # fmt: skip
KIND_OF_WORD = {word: kind for kind, words in LABELS.items() for word in words}


def _any_of(words: tuple[str, ...] | list[str]) -> str:
    """One of the words: the longest first, and no part of a longer word of letters."""
    longest_first = sorted(words, key=len, reverse=True)
    return "|".join(
        re.escape(word) if ord(word[0]) > 0x2E80 else rf"(?<![^\W_]){re.escape(word)}(?![^\W\d_])"
        for word in longest_first
    )


LABEL = re.compile(
    rf"(?P<label>{_any_of(list(KIND_OF_WORD))})(?:[\s.:#=(-]{{1,3}}|(?:{_any_of(_FILLERS)})){{0,6}}",
    re.IGNORECASE,
)
"""A label with the fillers after it; the number begins where the match ends."""


def kind_named(word: str) -> NumberKind:
    """What a label's word says, however it is capitalised."""
    return KIND_OF_WORD[word.lower()]
