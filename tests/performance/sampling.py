"""Which cases and shipments are asked for: always the same ones of a world."""

import random

from django.db.models import QuerySet

from caseway.cases.models import Case

LATEST, TAKEN = 2000, 50


def some_numbers(cases: QuerySet[Case]) -> list[str]:
    """Fifty numbers of the latest two thousand cases."""
    numbers = list(cases.order_by("-pk").values_list("number", flat=True)[:LATEST])
    return random.Random(1).sample(numbers, min(TAKEN, len(numbers)))
