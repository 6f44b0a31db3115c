"""Guides for tests."""

from caseway.accounts.viewer import Viewer
from caseway.demo.cast import Cast
from caseway.guidance.actions import Written, publish, write
from caseway.guidance.models import Guide


def guide_of(by: Viewer, title: str = "Report damage", body: str = "Send photos.", **more: object) -> Guide:
    """A published guide, in English unless told otherwise; `draft=True` leaves it a draft."""
    draft = more.pop("draft", False)
    written = Written(**({"title": title, "body": body, "language": "en"} | more))  # type: ignore[arg-type]
    guide = write(written, by=by)
    return guide if draft else publish(guide, by=by)


def titles(guides: list[Guide]) -> list[str]:
    """Their titles."""
    return [guide.title for guide in guides]


def larkfields(cast: Cast) -> Viewer:
    """Larkfield's administrator, who may write."""
    return cast.at_desk(cast.admin)
