"""The desk's form of a guide. The rules are the action's: it names the fields that are wrong."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _

from caseway.accounts.models import Brand
from caseway.accounts.viewer import Viewer
from caseway.core.http.forms import ActionForm
from caseway.guidance.actions import Written
from caseway.guidance.models import Guide
from caseway.guidance.models.guide import LONGEST_BODY, LONGEST_TITLE

from .queries import categories_of, topics_of


class GuideForm(ActionForm):
    """Everything that is written of a guide, and where it is filed."""

    title = forms.CharField(required=False)
    body = forms.CharField(required=False, strip=False, widget=forms.Textarea(attrs={"rows": 20}))
    language = forms.ChoiceField(choices=settings.LANGUAGES)
    brand = forms.ChoiceField(required=False)
    original = forms.ChoiceField(required=False)
    categories = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    version = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, viewer: Viewer, guide: Guide | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].widget.attrs["maxlength"] = LONGEST_TITLE
        self.fields["body"].widget.attrs["maxlength"] = LONGEST_BODY
        brands = Brand.objects.filter(organisation=viewer.us).values_list("pk", "name")
        originals = Guide.objects.visible_to(viewer).filter(original__isnull=True).by_title()
        others = originals.exclude(pk=guide.pk if guide else 0).values_list("pk", "title")
        self._choose("brand", [("", _("All brands")), *brands])
        self._choose("original", [("", _("No translation")), *others])
        self._choose("categories", [(one.pk, _line(one)) for one in categories_of(viewer)])

    def _choose(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
        field.choices = [(str(key), text) for key, text in choices]

    @property
    def written(self) -> Written:
        """What was entered, once the form is valid."""
        given = self.cleaned_data
        return Written(
            title=given["title"],
            body=given["body"],
            language=given["language"],
            brand=int(given["brand"]) if given["brand"] else None,
            original=int(given["original"]) if given["original"] else None,
        )

    @property
    def chosen_categories(self) -> list[int]:
        """The ids of the topics and items that were ticked."""
        return [int(key) for key in self.cleaned_data["categories"]]


def initial_of(guide: Guide) -> dict[str, Any]:
    """What is stored, as the form's first values."""
    stored = {name: getattr(guide, name) for name in ("title", "body", "language", "version")}
    filed = [str(category.pk) for category in topics_of([guide])[guide.pk]]
    return stored | {
        "brand": guide.brand_id or "",
        "original": guide.original_id or "",
        "categories": filed,
    }


def _line(category: Any) -> str:
    """A topic by its name, an item with its topic before it."""
    return f"{category.parent.label}: {category.label}" if category.parent else category.label
