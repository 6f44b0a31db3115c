"""Forms of an organisation's own lists: names in languages that there are, a tree of two levels."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from caseway.accounts.administration.forms import SameOrganisationForm
from caseway.cases.models import Category, Reason

LANGUAGES = frozenset(code for code, _name in settings.LANGUAGES)


class LabelledForm(SameOrganisationForm):
    """A row with a name in one language at least."""

    def clean_name(self) -> dict[str, str]:
        """The name by language, as pages read it."""
        name = self.cleaned_data["name"]
        if not isinstance(name, dict) or not name:
            raise ValidationError(_('Write the name by language, such as {"en": "Low", "de": "Niedrig"}.'))
        for language, words in name.items():
            if language not in LANGUAGES:
                known = ", ".join(sorted(LANGUAGES))
                raise ValidationError(
                    _("“%(name)s” is no language of Caseway. Known: %(known)s")
                    % {"name": language, "known": known}
                )
            if not isinstance(words, str) or not words.strip():
                raise ValidationError(_("The name in “%s” is empty.") % language)
        return {language: words.strip() for language, words in name.items()}


class ReasonForm(LabelledForm):
    """A reason: for the same operation for good, since histories name it."""

    instance: Reason
    lasting = ("organisation", "kind")


class CategoryForm(LabelledForm):
    """A topic, or an item of one. Topics have no parent, and items have a case type and no items."""

    instance: Category

    def clean(self) -> dict[str, Any]:
        """Keep the tree at two levels."""
        cleaned = super().clean()
        parent = cleaned.get("parent")
        if parent is None:
            return cleaned
        if parent.parent_id is not None or parent.pk == self.instance.pk:
            self.add_error("parent", _("Choose a topic: an item has no items of its own."))
        elif self.instance.pk and self.instance.items.exists():
            self.add_error("parent", _("This topic has items, so that it can't become one."))
        if not cleaned.get("case_type"):
            self.add_error("case_type", _("An item needs a case type."))
        return cleaned
