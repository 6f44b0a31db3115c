"""Search documents from before words had weights, and numbers were parted at their dashes, are made anew.

A thousand at a time, each thousand kept by itself: a large system takes some minutes for a million.
"""

from collections.abc import Iterator
from typing import Any

from django.db import connection, migrations, models, transaction

from caseway.cases.search.words import searchable

CHUNK = 1000
_WRITE = """
UPDATE cases_searchdocument AS d
   SET words = setweight(to_tsvector('simple', v.a), 'A') || setweight(to_tsvector('simple', v.d), 'D')
            || setweight(to_tsvector('simple', v.b), 'B') || setweight(to_tsvector('simple', v.c), 'C')
  FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::text[], %s::text[]) AS v(id, a, b, c, d)
 WHERE d.id = v.id
"""
Line = tuple[int, str, str, str, str]


def make_anew(apps: Any, _schema: Any) -> None:
    """Go through all documents by their ids."""
    documents = apps.get_model("cases", "SearchDocument").objects.order_by("pk")
    last = 0
    while keys := list(documents.filter(pk__gt=last).values_list("pk", flat=True)[:CHUNK]):
        chunk = documents.filter(pk__in=keys)
        _write([*_of_sides(apps, chunk), *_of_messages(chunk)])
        last = keys[-1]


def _of_messages(documents: Any) -> Iterator[Line]:
    told = documents.filter(message__isnull=False)
    for key, subject, text, author in told.values_list(
        "pk", "message__subject", "message__text", "message__author_name"
    ):
        yield key, subject, "", author, text


def _of_sides(apps: Any, documents: Any) -> Iterator[Line]:
    keys = {(d.organisation_id, d.case_id): d.pk for d in documents.filter(message=None)}
    sides = apps.get_model("cases", "Side").objects.filter(case__in=[case for _org, case in keys])
    joined = sides.select_related("organisation", "case__shipment__carrier", "case__shipment__shipper")
    parties: dict[int, list[Any]] = {}
    for side in joined:
        parties.setdefault(side.case_id, []).append(side)
    for side in joined:
        if key := keys.get((side.organisation_id, side.case_id)):
            yield key, side.subject, _names(side, parties[side.case_id]), "", side.description


def _names(side: Any, sides: list[Any]) -> str:
    """What `parties_of` said when this was written: the other parties' names."""
    others = [one for one in sides if one.pk != side.pk and one.sharing != "listed"]
    names = [one.organisation.name for one in others]
    if shipment := side.case.shipment:
        for party, name in (
            (shipment.carrier, shipment.carrier_name),
            (shipment.shipper, shipment.shipper_name),
        ):
            if party is None or party.pk != side.organisation_id:
                names.append(party.name if party else name)
    return " ".join(dict.fromkeys(names))


def _write(lines: list[Line]) -> None:
    columns = [[key for key, *_texts in lines]]
    columns += [[searchable(line[n]) for line in lines] for n in range(1, 5)]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_WRITE, columns)


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("cases", "0022_partner_answers")]

    operations = [
        migrations.AddIndex(
            model_name="side",
            index=models.Index(fields=["organisation", "number"], name="side_number"),
        ),
        migrations.RunPython(make_anew, migrations.RunPython.noop),
    ]
