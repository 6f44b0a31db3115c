"""What customers would see of a brand that is being changed; nothing is stored."""

import base64
from dataclasses import dataclass

from caseway.accounts.brands.drawing import Picture
from caseway.accounts.models.brand import Logo
from caseway.core.errors import Invalid
from caseway.core.text import clean_line
from caseway.core.ui.brands import readable_on_white

from .forms import BrandForm


@dataclass(frozen=True)
class Shown:
    """A brand as its header, a button and a mail would show it."""

    name: str
    digits: str
    mail_name: str
    mail_address: str
    logo: Logo | None

    @property
    def mail_colour(self) -> str:
        """The colour that mails take, "" where it is the brand's own."""
        readable = readable_on_white("#" + self.digits)
        return "" if readable == "#" + self.digits else readable


def shown(form: BrandForm) -> Shown:
    """What the form says; a picture that can't be taken is left out, saving tells why."""
    name = clean_line(str(form["name"].value() or "")) or form.brand.name
    return Shown(
        name=name,
        digits=form.digits(),
        mail_name=clean_line(str(form["sender_name"].value() or "")) or name,
        mail_address=str(form["sender_address"].value() or ""),
        logo=_logo(form),
    )


def _logo(form: BrandForm) -> Logo | None:
    try:
        picture = form.drawn()
    except Invalid:
        return form.brand.logo
    if picture:
        return _within_the_page(picture)
    return None if form["remove_logo"].value() else form.brand.logo


def _within_the_page(picture: Picture) -> Logo:
    content = base64.b64encode(picture.content).decode()
    return Logo(f"data:image/png;base64,{content}", picture.width, picture.height)
