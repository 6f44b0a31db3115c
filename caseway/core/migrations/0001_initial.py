"""Counters, and the cache that all processes share."""

from django.db import migrations, models

# The layout that Django's DatabaseCache expects. Unlogged: a crash may empty a cache.
CACHE = """
CREATE UNLOGGED TABLE core_cache (
    cache_key varchar(255) COLLATE "C" PRIMARY KEY,
    value text NOT NULL,
    expires timestamptz NOT NULL
);
CREATE INDEX core_cache_expires ON core_cache (expires);
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="Tally",
            fields=[
                ("key", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("count", models.PositiveIntegerField()),
                ("ends_at", models.DateTimeField(db_index=True)),
            ],
        ),
        migrations.RunSQL(CACHE, "DROP TABLE core_cache"),
    ]
