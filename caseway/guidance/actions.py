"""Writing, publishing and taking back guides."""

from dataclasses import asdict, dataclass, replace

from django.conf import settings
from django.utils.translation import gettext as _

from caseway.accounts.models import Brand
from caseway.accounts.permissions import Permission
from caseway.accounts.viewer import Viewer
from caseway.core.clock import now
from caseway.core.errors import Invalid, NotAllowed, NotFound, Stale
from caseway.core.text import clean, clean_line
from caseway.core.transactions import action

from .embedding import STORED_AS
from .markup import as_text
from .meaning import meaning_of_guide
from .models import Guide
from .models.guide import LONGEST_BODY, LONGEST_TITLE
from .wording import words_of


@dataclass(frozen=True, kw_only=True)
class Written:
    """What somebody writes of a guide. `brand` and `original` are ids of the same organisation's."""

    title: str
    body: str
    language: str
    brand: int | None = None
    original: int | None = None

    @classmethod
    def of(cls, guide: Guide) -> "Written":
        """What is stored."""
        return cls(
            title=guide.title,
            body=guide.body,
            language=guide.language,
            brand=guide.brand_id,
            original=guide.original_id,
        )


@action
def write(written: Written, *, by: Viewer) -> Guide:
    """A new guide, as a draft. Raises NotAllowed, and Invalid by field."""
    _demand(by)
    guide = Guide(organisation=by.organisation, author=by.person, updated_by=by.person)
    return _store(guide, written, by)


@action
def rewrite(guide: Guide, written: Written, *, by: Viewer, version: int | None) -> Guide:
    """Change a guide; where it is published, customers read the new text at once.

    `version` is the one that was read, None takes any. Raises NotAllowed, Invalid by field, and
    Stale with what is stored where somebody else was quicker.
    """
    locked = _locked(guide, by)
    if version is not None and version != locked.version:
        words = _("%(name)s has changed this guide meanwhile.") % {"name": locked.updated_by.name}
        raise Stale(words, current=asdict(Written.of(locked)) | {"version": locked.version})
    locked.version += 1
    return _store(locked, written, by)


@action
def publish(guide: Guide, *, by: Viewer) -> Guide:
    """Let customers read it. Publishing what is published changes nothing."""
    return _set_published(guide, by, published=True)


@action
def unpublish(guide: Guide, *, by: Viewer) -> Guide:
    """Make it a draft again, which customers don't see. Its counts stay."""
    return _set_published(guide, by, published=False)


def renew_meanings() -> int:
    """Make anew what another model than the present one made; returns how many. Safe to repeat."""
    renewed = 0
    for guide in Guide.objects.exclude(meaning_model=STORED_AS).iterator(chunk_size=100):
        meaning, model = meaning_of_guide(guide.title, guide.body, guide.language)
        # Whoever rewrote it meanwhile has made its meaning anew.
        unchanged = Guide.objects.filter(pk=guide.pk, version=guide.version)
        renewed += unchanged.update(meaning=meaning, meaning_model=model)
    return renewed


def _demand(by: Viewer) -> None:
    if not by.is_agent or not by.has(Permission.GUIDANCE):
        raise NotAllowed(_("Your role does not allow you to write guides. Ask your administrator."))


def _locked(guide: Guide, by: Viewer) -> Guide:
    """The guide as it is stored now, until the transaction ends."""
    seen = Guide.objects.visible_to(by).select_related("updated_by")
    found = seen.select_for_update(no_key=True, of=("self",)).filter(pk=guide.pk).first()
    if found is None:
        raise NotFound
    _demand(by)
    return found


def _set_published(guide: Guide, by: Viewer, *, published: bool) -> Guide:
    locked = _locked(guide, by)
    if locked.is_published != published:
        locked.published_at = now() if published else None
        locked.updated_by, locked.updated_at = by.person, now()  # type: ignore[assignment]
        locked.version += 1
        locked.save(update_fields=["published_at", "updated_by", "updated_at", "version"])
    return locked


def _store(guide: Guide, written: Written, by: Viewer) -> Guide:
    tidy = replace(written, title=clean_line(written.title, 1_000), body=clean(written.body).strip())
    _check(tidy, guide, by)
    guide.title, guide.body, guide.language = tidy.title, tidy.body, tidy.language
    guide.brand_id, guide.original_id = tidy.brand, tidy.original
    guide.updated_by, guide.updated_at = by.person, now()  # type: ignore[assignment]
    guide.meaning, guide.meaning_model = meaning_of_guide(guide.title, guide.body, guide.language)
    guide.words = words_of(guide.title, as_text(guide.body), guide.language)
    guide.save()
    return guide


def _check(written: Written, guide: Guide, by: Viewer) -> None:
    errors = {}
    if not written.title:
        errors["title"] = _("Write a title.")
    elif len(written.title) > LONGEST_TITLE:
        errors["title"] = _("Use %(most)s characters at most.") % {"most": LONGEST_TITLE}
    if not written.body:
        errors["body"] = _("Write the text.")
    elif len(written.body) > LONGEST_BODY:
        errors["body"] = _("Use %(most)s characters at most.") % {"most": LONGEST_BODY}
    if written.language not in dict(settings.LANGUAGES):
        errors["language"] = _("Choose one of the languages.")
    if written.brand and not Brand.objects.filter(pk=written.brand, organisation=by.us).exists():
        errors["brand"] = _("Choose one of your brands.")
    if written.original and (problem := _problem_with_original(written, guide, by)):
        errors["original"] = problem
    if errors:
        raise Invalid(errors)


def _problem_with_original(written: Written, guide: Guide, by: Viewer) -> str:
    original = Guide.objects.visible_to(by).filter(pk=written.original or 0, original__isnull=True)
    original = original.exclude(pk=guide.pk or 0)
    if not original.exists() or (guide.pk and guide.translations.exists()):
        return _("Choose a guide that is no translation itself.")
    same = Guide.objects.filter(original=written.original, language=written.language).exclude(
        pk=guide.pk or 0
    )
    if same.exists() or original.filter(language=written.language).exists():
        return _("There is a translation into this language already.")
    return ""
