"""What the shells want from a view, filled with samples."""

from typing import Any

OURS = "Larkfield Home"


def shell() -> dict[str, Any]:
    """The contract of `desk/base.html`."""
    return {
        "organisation": OURS,
        "home_url": "#",
        "new_case_url": "#",
        "keys_url": "#",
        "single_keys": True,
        "is_rail": False,
        "bell": {"key": "notices", "label": "Notifications", "url": "#", "icon": "bell", "count": 3},
        "person": {"name": "Ana Duarte", "key": 1, "account_url": "#", "sign_out_url": "#"},
        "views": [
            _view("all-active", "All active cases", "layers", 1480, "g t"),
            _view("recent-responses", "Recent responses", "reply", 23, "g r", hot=True),
            _view("new", "New cases", "new", 9, "g i", hot=True),
            _view("all", "All cases", "inbox", None, "g a"),
        ],
        "saved": [{"label": "Hotels and VIP", "url": "#", "count": 11}],
        "mine": [_view("following", "Following", "eye", 12, "")],
        "foot": [{"label": "Components", "url": "#", "icon": "layers", "current": True}],
    }


def portal() -> dict[str, Any]:
    """The contract of `portal/base.html`."""
    return {
        "brand": {
            "name": "Larkfield Garden",
            "home_url": "#",
            "colour": "3f7d20",
            "footer": "Monday to Saturday",
        },
        "person": {"name": "Kim Orchid", "key": 4, "account_url": "#", "sign_out_url": "#"},
        "nav": [{"label": "Cases", "url": "#", "current": True}, {"label": "Shipments", "url": "#"}],
        "links": [{"label": "Privacy", "url": "#"}],
    }


def _view(
    key: str, label: str, icon: str, count: int | None, shortcut: str, *, hot: bool = False
) -> dict[str, Any]:
    return {
        "key": key,
        "label": label,
        "icon": icon,
        "count": count,
        "shortcut": shortcut,
        "hot": hot,
        "url": "#",
    }
