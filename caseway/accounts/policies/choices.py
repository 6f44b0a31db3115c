"""The kinds of choices that a policy holds: how each is asked for, checked and said in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from caseway.core.errors import Invalid


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One choice: its field in `Policy`, its name, and a sentence that explains it.

    `given`: the system administrator sets it; the organisation reads it only.
    """

    name: str
    label: Promise
    sentence: Promise
    given: bool = False

    def control(self) -> forms.Field:
        """How the form asks for it."""
        raise NotImplementedError

    def shown(self, value: Any) -> Any:
        """The value as it stands in the form."""
        return value

    def entered(self, value: Any) -> Any:
        """What was entered, as a value of the policy."""
        return value

    def checked(self, value: Any) -> Any:
        """The value, if it may be one. Raises Invalid at the field."""
        raise NotImplementedError

    def said(self, value: Any) -> str:
        """The value in words."""
        raise NotImplementedError

    def refuse(self, words: str) -> Invalid:
        """What is wrong with it."""
        return Invalid({self.name: words})


@dataclass(frozen=True, kw_only=True)
class Switch(Choice):
    """Yes or no."""

    def control(self) -> forms.Field:
        """A box to tick."""
        return forms.BooleanField(required=False)

    def checked(self, value: Any) -> bool:
        """Yes or no and nothing else."""
        if not isinstance(value, bool):
            raise self.refuse(_("Say yes or no."))
        return value

    def said(self, value: Any) -> str:
        """Yes or no."""
        return _("yes") if value else _("no")


@dataclass(frozen=True, kw_only=True)
class Amount(Choice):
    """A whole number of `unit` ("days"), from `least` to `most`; stored times `factor`."""

    least: int = 0
    most: int
    unit: str
    factor: int = 1

    def control(self) -> forms.Field:
        """A number."""
        return forms.IntegerField(min_value=self.least, max_value=self.most)

    def shown(self, value: Any) -> Any:
        """In its unit."""
        return value // self.factor

    def entered(self, value: Any) -> Any:
        """As it is stored."""
        return value * self.factor

    def checked(self, value: Any) -> int:
        """A number within bounds."""
        if type(value) is not int or not self.least * self.factor <= value <= self.most * self.factor:
            words = _("Write a whole number from %(least)s to %(most)s.")
            raise self.refuse(words % {"least": self.least * self.factor, "most": self.most * self.factor})
        return value

    def said(self, value: Any) -> str:
        """With its unit."""
        number = value // self.factor
        match self.unit:
            case "days":
                return ngettext("%(num)s day", "%(num)s days", number) % {"num": number}
            case "months":
                return ngettext("%(num)s month", "%(num)s months", number) % {"num": number}
            case "seconds":
                return ngettext("%(num)s second", "%(num)s seconds", number) % {"num": number}
            case "files":
                return ngettext("%(num)s file", "%(num)s files", number) % {"num": number}
            case _:
                return f"{number} {self.unit}"


@dataclass(frozen=True, kw_only=True)
class Several(Choice):
    """Some words of a list, one at least."""

    known: Sequence[str]

    def control(self) -> forms.Field:
        """Boxes to tick."""
        choices = [(word, word.upper()) for word in self.known]
        boxes = forms.CheckboxSelectMultiple(attrs={"class": "checkbox"})
        return forms.MultipleChoiceField(choices=choices, widget=boxes)

    def shown(self, value: Any) -> Any:
        """As the boxes take it."""
        return list(value)

    def checked(self, value: Any) -> tuple[str, ...]:
        """Those of the list, in its order."""
        given = value if isinstance(value, list | tuple) else ()
        if not given or not all(word in self.known for word in given):
            raise self.refuse(_("Choose one at least of: %(known)s.") % {"known": ", ".join(self.known)})
        return tuple(word for word in self.known if word in given)

    def said(self, value: Any) -> str:
        """In capitals, as files are called."""
        return ", ".join(word.upper() for word in value)


@dataclass(frozen=True, kw_only=True)
class OneOf(Choice):
    """One word of a list."""

    options: Sequence[tuple[str, Promise]]

    def control(self) -> forms.Field:
        """A list to choose from."""
        return forms.ChoiceField(choices=self.options)

    def checked(self, value: Any) -> str:
        """One of them."""
        if value not in dict(self.options):
            known = ", ".join(key for key, _label in self.options)
            raise self.refuse(_("Choose one of: %(known)s.") % {"known": known})
        return str(value)

    def said(self, value: Any) -> str:
        """In words."""
        return str(dict(self.options).get(value, value))
