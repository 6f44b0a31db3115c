"""How the application speaks to its database."""

import pytest
from django.db import connection

from config.databases import databases
from config.environment import load


@pytest.mark.django_db
def test_joins_are_planned_in_the_order_in_which_they_are_written():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('join_collapse_limit'), current_setting('jit')")
        assert cursor.fetchone() == ("5", "off")


def test_options_of_the_address_are_kept_and_come_last():
    address = "postgresql://db.example/cases?sslmode=require&options=-c%20work_mem%3D8MB"
    options = databases(load({"CASEWAY_DATABASE_URL": address}))["default"]["OPTIONS"]
    assert options["sslmode"] == "require"
    assert options["options"].endswith("jit=off -c work_mem=8MB")
