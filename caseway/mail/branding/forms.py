"""The desk's form of a brand. The rules are the action's: it names the fields that are wrong."""

import re
from typing import Any, BinaryIO, cast

from django import forms
from django.utils.translation import gettext as _

from caseway.accounts.brands.actions import LONGEST_NAME, Face, NewLogo
from caseway.accounts.brands.drawing import Picture, draw
from caseway.accounts.models import Brand
from caseway.accounts.viewer import Viewer
from caseway.core.http.forms import ActionForm

from .queries import senders_open_to

_COLOUR = re.compile(r"#([0-9a-f]{6})")
PICTURES = ".png,.jpg,.jpeg,.webp"


class BrandForm(ActionForm):
    """Everything that an administrator says of a brand."""

    name = forms.CharField(required=False, max_length=LONGEST_NAME)
    colour = forms.CharField(required=False, widget=forms.TextInput(attrs={"type": "color"}))
    logo = forms.FileField(required=False, allow_empty_file=True)
    remove_logo = forms.BooleanField(required=False)
    host = forms.CharField(required=False, strip=False)
    sender_name = forms.CharField(required=False, max_length=LONGEST_NAME)
    sender_address = forms.ChoiceField(required=False)
    version = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, viewer: Viewer, brand: Brand, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.brand = brand
        self.fields["logo"].widget = forms.FileInput(attrs={"accept": PICTURES})
        self.fields["host"].widget.attrs |= {"autocapitalize": "none", "spellcheck": "false"}
        senders = sorted({*senders_open_to(viewer), brand.sender_address} - {""})
        address = self.fields["sender_address"]
        assert isinstance(address, forms.ChoiceField)  # noqa: S101 - for the type checker
        address.choices = [("", _("The mailbox that takes the replies")), *((one, one) for one in senders)]

    @property
    def face(self) -> Face:
        """What was entered, once the form is valid."""
        given = self.cleaned_data
        return Face(**{name: given[name] for name in Face.__dataclass_fields__})

    def new_logo(self) -> NewLogo | None:
        """The change of the logo, None for none. Raises Invalid at `logo`."""
        if self.files.get("logo"):
            return NewLogo(self.drawn())
        return NewLogo(None) if self.cleaned_data["remove_logo"] else None

    def drawn(self) -> Picture | None:
        """The picture that was chosen, as it would be kept. Raises Invalid at `logo`."""
        chosen = self.files.get("logo")
        return draw(cast("BinaryIO", chosen.file)) if chosen else None

    def digits(self) -> str:
        """The colour that is shown: the chosen one, or the stored one where that is none."""
        found = _COLOUR.fullmatch(str(self["colour"].value() or "").strip().lower())
        return found[1] if found else self.brand.digits


def initial_of(brand: Brand) -> dict[str, Any]:
    """What is stored, as the form's first values."""
    face = Face.of(brand)
    return {**{name: getattr(face, name) for name in Face.__dataclass_fields__}, "version": brand.version}
