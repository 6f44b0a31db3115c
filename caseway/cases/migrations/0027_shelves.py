"""Search documents say among their words whose they are and when they were written.

The index of words is made anew afterwards: kept meanwhile, it would take ten times as long.
"""

import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

DAY = 24 * 3600
# What `cases/search/shelves.py` said when this was written.
SPANS = {"d": DAY, "w": 7 * DAY, "m": 28 * DAY, "y": 364 * DAY}
_NAMES = ", ".join(
    f"'{name}=' || floor(extract(epoch FROM written_at) / {span})::bigint" for name, span in SPANS.items()
)
_FILL = f"""
UPDATE cases_searchdocument
   SET words = words || array_to_tsvector(ARRAY['o=' || organisation_id, {_NAMES}])
"""  # noqa: S608 - nothing from outside is in it


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("cases", "0026_side_lists")]

    operations = [
        migrations.RemoveIndex(model_name="searchdocument", name="search_recent"),
        migrations.RemoveIndex(model_name="searchdocument", name="search_words"),
        migrations.AlterField(
            model_name="searchdocument",
            name="organisation",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="accounts.organisation",
            ),
        ),
        migrations.RunSQL(_FILL, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name="searchdocument",
            index=django.contrib.postgres.indexes.GinIndex(
                fastupdate=False, fields=["words"], name="search_words"
            ),
        ),
    ]
