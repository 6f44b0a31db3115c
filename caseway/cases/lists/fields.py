"""What a row of a list holds beside its name: how it is asked for, checked, and told in the log."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Model, TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from caseway.accounts.viewer import Viewer
from caseway.core.errors import Invalid
from caseway.core.text import clean_line


@dataclass(frozen=True, kw_only=True)
class Field:
    """One field. `lasting`: what was chosen when the row was added stays."""

    name: str
    label: Promise
    hint: Promise | str = ""
    required: bool = False
    lasting: bool = False

    def control(self, viewer: Viewer) -> forms.Field:
        """How a form asks for it."""
        raise NotImplementedError

    def checked(self, given: Any, viewer: Viewer) -> Any:
        """What is stored of what was given. Raises Invalid at the field."""
        raise NotImplementedError

    def plain(self, row: Model) -> Any:
        """What is stored, as a JSON value that `checked` takes."""
        return getattr(row, self.name)

    def told(self, row: Model) -> Any:
        """What is stored, as the log keeps it: words rather than ids."""
        return self.plain(row)

    def sign(self, row: Model) -> str:
        """What the list shows of it beside the row's name; "" for nothing."""
        return str(self.told(row) or "")

    def refuse(self, words: str) -> Invalid:
        """What is wrong with it."""
        return Invalid({self.name: words})


@dataclass(frozen=True, kw_only=True)
class Line(Field):
    """A line of text."""

    longest: int = 250

    def control(self, viewer: Viewer) -> forms.Field:
        """A line."""
        return forms.CharField(required=False, max_length=self.longest)

    def checked(self, given: Any, viewer: Viewer) -> str:
        """On one line."""
        return clean_line(str(given or ""), self.longest)


@dataclass(frozen=True, kw_only=True)
class Number(Field):
    """A whole number from 1 to `most`, or none."""

    most: int

    def sign(self, row: Model) -> str:
        """Nothing: a number alone says too little."""
        return ""

    def control(self, viewer: Viewer) -> forms.Field:
        """A number."""
        return forms.IntegerField(required=False, min_value=1, max_value=self.most)

    def checked(self, given: Any, viewer: Viewer) -> int | None:
        """None for nothing."""
        if given in (None, ""):
            return None
        if type(given) is not int or not 1 <= given <= self.most:
            raise self.refuse(_("Write a whole number from 1 to %(most)s.") % {"most": self.most})
        return given


@dataclass(frozen=True, kw_only=True)
class Flag(Field):
    """Yes or no. `only_one`: choosing a row takes it from the one that was chosen before."""

    only_one: bool = False

    def control(self, viewer: Viewer) -> forms.Field:
        """A box to tick."""
        return forms.BooleanField(required=False)

    def checked(self, given: Any, viewer: Viewer) -> bool:
        """As it is."""
        return bool(given)

    def sign(self, row: Model) -> str:
        """Its label, where it is so."""
        return str(self.label) if self.plain(row) else ""


@dataclass(frozen=True, kw_only=True)
class Choice(Field):
    """One of our own words, the same for every organisation."""

    values: type[TextChoices]

    def control(self, viewer: Viewer) -> forms.Field:
        """A list to choose from."""
        empty = [] if self.required else [("", _("None"))]
        return forms.ChoiceField(required=False, choices=[*empty, *self.values.choices])

    def checked(self, given: Any, viewer: Viewer) -> str:
        """One that there is."""
        if given in self.values.values:
            return str(given)
        if given or self.required:
            raise self.refuse(_("Choose one of the list."))
        return ""

    def sign(self, row: Model) -> str:
        """Its word in the reader's language."""
        stored = self.plain(row)
        return str(self.values(stored).label) if stored else ""


@dataclass(frozen=True, kw_only=True)
class Reference(Field):
    """A row of another list of the same organisation; `narrowed` leaves only some of them."""

    model: type[Model]
    narrowed: tuple[tuple[str, Any], ...] = ()

    def rows(self, viewer: Viewer) -> Any:
        """The rows to choose from."""
        return self.model._default_manager.filter(organisation=viewer.us, **dict(self.narrowed))

    def control(self, viewer: Viewer) -> forms.Field:
        """A list to choose from."""
        known = [(str(row.pk), str(row)) for row in self.rows(viewer).filter(is_active=True)]
        return forms.ChoiceField(required=False, choices=[("", _("None")), *known])

    def checked(self, given: Any, viewer: Viewer) -> Any:
        """The row of our own organisation, or None."""
        if given in (None, ""):
            if self.required:
                raise self.refuse(_("Choose one of the list."))
            return None
        text = str(given)
        known = text.isascii() and text.isdecimal() and len(text) < 19
        found = self.rows(viewer).filter(pk=int(text)).first() if known else None
        if found is None:
            raise self.refuse(_("Choose one of the list."))
        return found

    def plain(self, row: Model) -> str | None:
        """The id."""
        key = getattr(row, f"{self.name}_id")
        return str(key) if key else None

    def told(self, row: Model) -> str | None:
        """Its name."""
        found = getattr(row, self.name)
        return str(found) if found else None
