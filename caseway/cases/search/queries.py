"""Finding cases: identifiers first, exact and by prefix; then words in what the reader may see."""

from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, F, FloatField, Func, IntegerField, QuerySet, Value
from django.db.models.functions import Cast

from caseway.accounts.permissions import Permission
from caseway.accounts.viewer import Viewer
from caseway.cases.models import Side
from caseway.core.database.statements import AnyOf
from caseway.core.text import clean_line

from . import documents
from .asking import asked_for
from .numbers import Fits, cases_with_number
from .words import indexed_as, pieces_of

FIT = "fit"
"""The name under which a side that was searched for says how well it fits; the higher, the better."""
BEST_FIRST = (F(FIT).desc(), F("pk").desc())
LONGEST = 250


def matching(sides: QuerySet[Side], typed: str, viewer: Viewer, *, narrowed: bool = False) -> QuerySet[Side]:
    """Those of `sides` (visible ones of the viewer) that fit what was typed, each with its `fit`.

    Cases with such a number fit best, whole ones before beginnings; then those of which a text that the
    viewer may read has all the words, by relevance and how new it is. `narrowed`: `sides` are a part
    of what the viewer sees. The candidates are looked up first: one query over everything makes the
    planner join what it should not.
    """
    typed = clean_line(typed, LONGEST)
    if not typed:
        return sides.annotate(fit=Value(0.0))
    within = sides if narrowed or not _sees_all(viewer) else None
    fits = documents.cases_with_words(asked_for(typed), viewer, within=within)
    return _with_fit(sides, fits | cases_with_number(typed, viewer))


def told_of(sides: QuerySet[Side], typed: str, viewer: Viewer) -> QuerySet[Side]:
    """Those of `sides` whose subject, description or parties, as our side has them, have all the words."""
    asked = asked_for(clean_line(typed, LONGEST))
    fits = documents.cases_with_words(asked, viewer, within=sides, only_told=True)
    return sides.filter(case__in=list(fits))


def cases_begun_with(typed: str, viewer: Viewer, most: int) -> list[int]:
    """Ids of cases in which all the words are, the last of them by its beginning: for whoever still types.

    Of the `most` newest texts that fit, as the viewer may read them; the newest first, each once.
    """
    words = [part for piece in pieces_of(typed) for part in indexed_as(piece.word)]
    if not words:
        return []
    return documents.cases_begun_with(" & ".join(f"'{word}'" for word in words) + ":*", viewer, most)


def _sees_all(viewer: Viewer) -> bool:
    """Whether policy shows the viewer every case of the organisation."""
    return viewer.policy.agents_see_all or viewer.has(Permission.LEAD)


def _with_fit(sides: QuerySet[Side], fits: Fits) -> QuerySet[Side]:
    if not fits:
        return sides.filter(pk__in=[]).annotate(fit=Value(0.0))
    cases = Cast(Value(list(fits)), ArrayField(BigIntegerField()))
    values = Cast(Value(list(fits.values())), ArrayField(FloatField()))
    place = Func(cases, "case", function="array_position", output_field=IntegerField())
    fit = Func(values, place, template="(%(expressions)s]", arg_joiner=")[", output_field=FloatField())
    return sides.filter(AnyOf("case", cases)).annotate(fit=fit)
