"""How the application speaks to its database."""

import pytest
from django.db import connection

from config.databases import databases
from config.environment import load

PARALLEL = "max_parallel_workers_per_gather"


@pytest.mark.django_db
def test_joins_are_planned_in_the_order_in_which_they_are_written_and_done_by_one_process():
    told = [f"current_setting('{name}')" for name in ("join_collapse_limit", "jit", PARALLEL)]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(told)}")
        assert cursor.fetchone() == ("5", "off", "0")


def test_options_of_the_address_are_kept_and_come_last():
    address = "postgresql://db.example/cases?sslmode=require&options=-c%20work_mem%3D8MB"
    options = databases(load({"CASEWAY_DATABASE_URL": address}))["default"]["OPTIONS"]
    assert options["sslmode"] == "require"
    assert options["options"].endswith(f"{PARALLEL}=0 -c work_mem=8MB")
