"""A field's value as text: to compare with what somebody had before them when they began to edit."""

from caseway.cases.models import Side


def text_of(side: Side, name: str) -> str:
    """What is stored, as text to compare and to show."""
    match name:
        case "tags":
            return ", ".join(side.tags)
        case "deadline":
            return side.deadline.isoformat(timespec="minutes") if side.deadline else ""
        case "category" | "priority" | "contact_method":
            return str(getattr(side, f"{name}_id") or "")
        case "contact" | "shipment":
            return str(getattr(side.case, f"{name}_id") or "")
        case _:
            return str(getattr(side, name))
