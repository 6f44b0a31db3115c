"""The columns of a list of cases: what each is called, and what a row must bring along for it.

A further column joins `COLUMNS` here, and its cell `desk/queue/templates/cells.html`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as now_in_words
from django.utils.translation import gettext_lazy as _

from caseway.accounts.models import Organisation
from caseway.accounts.viewer import Viewer
from caseway.core.errors import Invalid

if TYPE_CHECKING:
    # Comes with the tools of development only.
    from django_stubs_ext import StrOrPromise

NARROWEST, WIDEST = 40, 800
"""Pixels that a column may be made."""


@dataclass(frozen=True)
class Column:
    """One column. `brings` are fields of a side that no row has otherwise; `width` is in pixels."""

    name: str
    label: "StrOrPromise"
    width: int
    brings: tuple[str, ...] = ()


SUBJECT = "subject"
"""Always shown: it leads to the case."""
PARTNER = "partner"
_ALL = (
    Column("number", _("Case"), 100),
    Column(SUBJECT, _("Subject"), 320),
    Column("status", _("Status"), 150),
    Column("type", _("Type"), 136),
    Column("shipment", _("Shipment"), 108),
    Column(PARTNER, _("Partner"), 148),
    Column("owner", _("Owner"), 40),
    Column("court", _("Whose court"), 150, ("court", "court_since")),
    Column("priority", _("Priority"), 32),
    Column("deadline", _("Deadline"), 136),
    Column("latest", _("Latest message"), 260),
    Column("latest_at", _("Latest message date"), 120),
    Column("created", _("Created"), 120),
    Column("updated", _("Updated"), 92),
    Column("brand", _("Brand"), 130, ("case__brand__name",)),
    Column("tracking", _("Tracking"), 160, ("case__shipment__tracking_number",)),
    Column("bol", _("BOL"), 130, ("case__shipment__bill_of_lading",)),
    Column("po", _("PO"), 130, ("case__shipment__purchase_order",)),
    Column("reference", _("Reference"), 130, ("case__shipment__reference_number",)),
    Column("ra", _("RA"), 130, ("case__shipment__return_authorization",)),
    Column("order", _("Order"), 130, ("case__shipment__order_number",)),
    Column("crm", _("CRM"), 130, ("crm_number",)),
)
COLUMNS = {column.name: column for column in _ALL}
DEFAULT = ("number", SUBJECT, "type", "shipment", PARTNER, "owner", "priority", "deadline", "updated")


def label_of(name: str, viewer: Viewer) -> str:
    """The column's name as this reader knows it: a shipper's partner is a carrier, a carrier's a shipper."""
    if name != PARTNER or viewer.organisation is None:
        return str(COLUMNS[name].label)
    carries = viewer.organisation.kind == Organisation.Kind.CARRIER
    return now_in_words("Shipper") if carries else now_in_words("Carrier")


def known(names: Iterable[str]) -> tuple[str, ...]:
    """Those of the names that are columns, each once; what there is no more is left out."""
    chosen = tuple(dict.fromkeys(name for name in names if name in COLUMNS))
    return chosen if SUBJECT in chosen else (*chosen[:1], SUBJECT, *chosen[1:])


def checked(names: Sequence[str]) -> list[str]:
    """The names as they are kept. Raises Invalid at `columns` for one that is none."""
    if missing := [name for name in names if name not in COLUMNS]:
        words = now_in_words("There is no column %(name)s.") % {"name": missing[0][:40]}
        raise Invalid({"columns": words})
    return list(known(names))


def width_from(sent: str) -> int | None:
    """Pixels within what a column may be made; None where nothing is sent. Raises Invalid at `width`."""
    if not sent.strip():
        return None
    if not (sent.strip().isascii() and sent.strip().isdecimal() and len(sent) < 9):
        raise Invalid({"width": now_in_words("Write the width as a number of pixels.")})
    return min(max(int(sent), NARROWEST), WIDEST)
