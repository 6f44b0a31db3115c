"""Filing guides under topics."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from caseway.accounts.viewer import Viewer
from caseway.cases.models import Category, GuideTopic
from caseway.core.errors import Invalid
from caseway.core.transactions import action
from caseway.guidance import actions as guidance
from caseway.guidance.actions import Written
from caseway.guidance.models import Guide


@action
def write(written: Written, categories: Collection[int], *, by: Viewer) -> Guide:
    """A new guide, as a draft, filed under these topics or items. Raises NotAllowed and Invalid."""
    guide = guidance.write(written, by=by)
    _file(guide, categories, by)
    return guide


@action
def rewrite(
    guide: Guide, written: Written, categories: Collection[int] | None, *, by: Viewer, version: int | None
) -> Guide:
    """Change a guide and where it is filed (None: leave that). Raises NotAllowed, Invalid and Stale."""
    changed = guidance.rewrite(guide, written, by=by, version=version)
    if categories is not None:
        _file(changed, categories, by)
    return changed


def _file(guide: Guide, categories: Collection[int], by: Viewer) -> None:
    own = set(Category.objects.filter(organisation=by.us, pk__in=categories).values_list("pk", flat=True))
    if own != set(categories):
        raise Invalid({"categories": _("Choose from your own topics.")})
    GuideTopic.objects.filter(guide=guide).exclude(category__in=own).delete()
    links = [GuideTopic(guide=guide, category_id=key) for key in sorted(own)]
    GuideTopic.objects.bulk_create(links, ignore_conflicts=True)
