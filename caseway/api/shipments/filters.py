"""The filters of `GET /shipments`, as the documentation tells them."""

from typing import Any

from caseway.shipments.filtering import CHOICES

_MEANINGS = {
    "status": "How the shipment is",
    "mode": "Parcel or freight",
    "direction": "Which way it goes",
    "exception": "`any`: something went wrong on its way; `none`: nothing did",
    "carrier": "Slugs of carriers",
    "shipper": "Slugs of shippers",
}


def _several(name: str, meaning: str) -> dict[str, Any]:
    choices = {"enum": sorted(CHOICES[name])} if name in CHOICES else {}
    schema = {"type": "array", "items": {"type": "string"} | choices}
    return {"in": "query", "name": name, "description": meaning, "schema": schema, "explode": True}


def _one(name: str, meaning: str, **schema: str) -> dict[str, Any]:
    return {"in": "query", "name": name, "description": meaning, "schema": {"type": "string"} | schema}


PARAMETERS = [
    *(_several(name, meaning) for name, meaning in _MEANINGS.items()),
    _one("eta.after", "Expected on this day or later, in your time zone", format="date"),
    _one("eta.before", "Expected on this day or earlier", format="date"),
    _one("customer", "The id of one of your customer accounts", pattern="^[0-9]{1,18}$"),
]
FILTERS = tuple(str(parameter["name"]) for parameter in PARAMETERS)
