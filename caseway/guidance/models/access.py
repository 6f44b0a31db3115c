"""The only door to guides: `visible_to(viewer)`; behind it, which of them a reader is offered."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce

from caseway.accounts.models import Brand
from caseway.accounts.viewer import Seat, Viewer

if TYPE_CHECKING:
    from .guide import Guide  # noqa: F401 - named in the type below


class GuideQuerySet(models.QuerySet["Guide"]):
    """Guides; `visible_to` is the only door."""

    def visible_to(self, viewer: Viewer) -> Self:
        """Agents see all of their own organisation, contacts what it has published, nobody else any.

        A partner organisation sees none: guides are not part of what two companies share.
        """
        match viewer.seat:
            case Seat.AGENT:
                return self.filter(organisation=viewer.us)
            case Seat.CONTACT:
                return self.filter(organisation=viewer.us, published_at__isnull=False)
            case _:
                return self.none()

    def published(self) -> Self:
        """Those that customers may read."""
        return self.filter(published_at__isnull=False)

    def offered_in(self, language: str, otherwise: str, brand: Brand | None = None) -> Self:
        """Those to offer to a reader of `language`: published, under their brand, each once.

        A guide without a published translation into `language` is offered in `otherwise`, the
        organisation's own language. Where no brand is known, those of every brand are offered.
        """
        grouped = self.published().annotate(of_group=Coalesce("original_id", "id"))
        told = self.model._default_manager.filter(
            organisation=OuterRef("organisation"), language=language, published_at__isnull=False
        ).filter(Q(pk=OuterRef("of_group")) | Q(original=OuterRef("of_group")))
        untold = Q(~Exists(told), language=otherwise)
        found = grouped.filter(
            Q(language=language) | untold if otherwise != language else Q(language=language)
        )
        return found.filter(Q(brand=brand) | Q(brand__isnull=True)) if brand else found

    def by_title(self) -> Self:
        """In the order of their titles."""
        return self.order_by(F("title").asc(), "pk")
