"""Places: the names of origins and destinations, each once, so that parts of them are found by an index."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from caseway.accounts.models import Organisation
from caseway.core.folding import folded, trigrams

if TYPE_CHECKING:
    from .shipment import Shipment

ENDS = ("origin", "destination")


class PlaceQuerySet(models.QuerySet["Place"]):
    """Places."""

    def named(self, organisation: int, names: Iterable[str]) -> dict[str, int]:
        """The ids of the organisation's places by folded name; new ones are stored. Two queries."""
        wanted = sorted({folded(name) for name in names} - {""})
        if not wanted:
            return {}
        places = [Place(organisation_id=organisation, name=name, trigrams=trigrams(name)) for name in wanted]
        self.bulk_create(places, ignore_conflicts=True)
        return dict(self.filter(organisation=organisation, name__in=wanted).values_list("name", "pk"))

    def settle(self, shipments: Sequence["Shipment"]) -> None:
        """Set the places of these shipments by their names; whoever calls stores the shipments."""
        by_feed: dict[int, list[Shipment]] = defaultdict(list)
        for shipment in shipments:
            by_feed[shipment.organisation_id].append(shipment)
        for organisation, fed in by_feed.items():
            known = self.named(organisation, [getattr(one, f"{end}_name") for one in fed for end in ENDS])
            for one in fed:
                for end in ENDS:
                    setattr(one, f"{end}_place_id", known.get(folded(getattr(one, f"{end}_name"))))


class Place(models.Model):
    """The name of a place as it is compared, once for each organisation whose feed tells of it."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+", db_index=False)
    name = models.CharField(max_length=500, db_collation="C")
    trigrams = ArrayField(models.CharField(max_length=3, db_collation="C"))

    objects = PlaceQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "name"], name="place_once")]
        indexes = [GinIndex(fields=["trigrams"], name="place_trigrams", fastupdate=False)]

    def __str__(self) -> str:
        return self.name
