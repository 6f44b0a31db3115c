"""Writing the new word of a tag on the cases that bear the old one."""

from caseway.cases.access.locking import lock_cases
from caseway.cases.copies import bump
from caseway.cases.models import Side
from caseway.core.transactions import action

AT_ONCE = 200


def rename_tag(organisation_id: int, old: str, new: str) -> int:
    """Replace `old` by `new` on every case of the organisation; returns on how many.

    A few cases at a time, so that nobody who works on them waits long. Once more is harmless.
    """
    renamed = 0
    while found := _some(organisation_id, old):
        renamed += _rename(found, organisation_id, old, new)
    return renamed


def _some(organisation_id: int, old: str) -> list[int]:
    sides = Side.objects.filter(organisation=organisation_id, tags__contains=[old])
    return list(sides.order_by("case_id").values_list("case_id", flat=True)[:AT_ONCE])


@action
def _rename(cases: list[int], organisation_id: int, old: str, new: str) -> int:
    sides = [locked.sides[organisation_id] for locked in lock_cases(cases).values()]
    for side in sides:
        side.tags = list(dict.fromkeys(new if tag == old else tag for tag in side.tags))
    Side.objects.bulk_update(sides, ["tags"])
    bump(sides)
    return len(sides)
