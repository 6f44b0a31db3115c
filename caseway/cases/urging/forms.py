"""What the desk asks for before an owner is urged."""

from typing import Any

from django import forms

from caseway.cases.desk import OperationForm
from caseway.cases.types import UrgeWay

from .actions import nobody_to_urge, not_configured
from .ways import Open, ways_to


class UrgeForm(OperationForm):
    """By e-mail or by SMS."""

    way = forms.ChoiceField(choices=UrgeWay, widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ways: list[Open] = ways_to(self.side.owner, self.viewer.policy) if self.side.owner else []
        if not self.ways:
            self.conflict = not_configured() if self.side.owner else nobody_to_urge()

    @property
    def present(self) -> str:
        """The way that is chosen in the form: what was sent, else the first that leads to the owner."""
        free = [one.way for one in self.ways if not one.obstacle]
        return str(self.data.get("way") or (free[0] if free else ""))
