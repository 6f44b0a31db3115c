"""The channels of NOTIFY: they wake those who listen, and carry ids at most."""

from django.db import connection

CHANGES = "caseway_changes"
"""Something happened to cases: the id of the transaction, once for each (a trigger sends it)."""
PRESENCE = "caseway_presence"
"""Somebody came, went, or began or ceased to write."""
NOTICES = "caseway_notices"
"""A person has something new to be told: their id."""


def notify(channel: str, payload: str = "") -> None:
    """Wake whoever listens to `channel`, when and if the present transaction is kept."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [channel, payload])
