"""Which brands somebody at a desk may see."""

from django.db.models import QuerySet

from caseway.accounts.models import Brand
from caseway.accounts.viewer import Viewer
from caseway.core.errors import NotFound


def brands_visible_to(viewer: Viewer) -> QuerySet[Brand]:
    """The brands of the agent's organisation; none for anybody else."""
    return Brand.objects.filter(organisation=viewer.us) if viewer.is_agent else Brand.objects.none()


def brand_visible_to(viewer: Viewer, key: int) -> Brand:
    """One of them. Raises NotFound for any other."""
    found = brands_visible_to(viewer).filter(pk=key).first()
    if found is None:
        raise NotFound
    return found
