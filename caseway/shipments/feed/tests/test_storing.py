"""What holds whatever the format: whose shipments, twice, at once, in part."""

from concurrent.futures import ThreadPoolExecutor
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import DataError, connection

from caseway.accounts.models import Partnership
from caseway.customers.models import CustomerAccount
from caseway.demo.cast import Cast, make_cast
from caseway.shipments.feed import writing
from caseway.shipments.feed.actions import import_file
from caseway.shipments.feed.record import Record
from caseway.shipments.feed.report import Outcome
from caseway.shipments.models import Shipment, ShipmentEvent

from .feeds import Feed, stored


def test_a_carrier_is_linked_only_if_it_is_a_partner(cast: Cast, feed: Feed) -> None:
    lines = "number,carrier\nS-1,BRIGHTWATER\nS-2,Oddball Haulage\nS-3,Quillon Outdoor\n"
    feed.read(lines)
    assert [stored(f"S-{n}").carrier for n in (1, 2, 3)] == [cast.brightwater, None, None]
    assert stored("S-2").carrier_label == "Oddball Haulage"
    Partnership.objects.filter(pk=cast.larkfield_brightwater.pk).update(is_active=False)
    feed.read("number,carrier\nS-4,brightwater\n")
    assert stored("S-4").carrier is None


def test_a_carriers_feed_names_shippers(cast: Cast, tmp_path: Path) -> None:
    Feed(tmp_path, cast.brightwater).read("number,shipper\nB-1,Quillon Outdoor\n")
    assert (stored("B-1").shipper, stored("B-1").carrier) == (cast.quillon, cast.brightwater)


def test_a_customer_is_the_organisations_own(cast: Cast, tmp_path: Path) -> None:
    theirs = Feed(tmp_path, cast.quillon)
    assert "no customer of Quillon" in theirs.refusal("number,customer\nQ-1,LK-1001\n")
    assert "no customer of Quillon" in theirs.refusal("number,customer\nQ-1,Orchid Hotels\n")


def test_a_name_that_two_customers_have_is_refused(cast: Cast, feed: Feed) -> None:
    CustomerAccount.objects.create(organisation=cast.larkfield, number="LK-9", name="Orchid Hotels")
    assert "the name of 2 customers: give the customer number" in feed.refusal(
        "number,customer\nS-1,orchid hotels\n"
    )


def test_two_organisations_may_use_one_number(cast: Cast, feed: Feed, tmp_path: Path) -> None:
    feed.read("number,goods\nS-1,Lamps\n")
    Feed(tmp_path, cast.quillon).read("number,goods\nS-1,Tents\n")
    assert sorted(Shipment.objects.values_list("goods", flat=True)) == ["Lamps", "Tents"]


def test_rows_that_contradict_each_other_across_batches(feed: Feed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("caseway.shipments.feed.actions.BATCH", 2)
    between = "".join(f"B-{n},x\n" for n in range(10))
    text = f"number,goods\nS-1,first\n{between}S-1,last\n"
    assert feed.counts(text) == "11 created, 0 updated, 0 unchanged, 0 refused"
    assert stored("S-1").goods == "last"
    assert feed.counts(text) == "0 created, 0 updated, 11 unchanged, 0 refused"


def test_events_at_the_same_moment_leave_the_same_status_each_time(feed: Feed) -> None:
    text = (
        "number,event_at,event_code\n"
        "S-1,2026-11-19T10:00:00Z,OD\nS-1,2026-11-19T10:00:00Z,X6\nS-1,2026-11-19T10:00:00Z,note\n"
    )
    feed.read(text)
    assert stored("S-1").status == "in_transit"
    assert feed.counts(text) == "0 created, 0 updated, 1 unchanged, 0 refused"


def test_trying_only_stores_nothing(feed: Feed) -> None:
    report = feed.read("number\nS-1\nS-2\n", dry_run=True)
    assert report.summary() == "2 created, 0 updated, 0 unchanged, 0 refused"
    assert not Shipment.objects.exists()


@pytest.mark.parametrize("dry_run", [False, True])
def test_what_only_the_database_refuses_does_not_stop_the_rest(
    feed: Feed, monkeypatch: pytest.MonkeyPatch, dry_run: bool
) -> None:
    write = writing._write

    def refuse_one(drafts: list[writing._Draft]) -> None:
        if any(draft.shipment.number == "S-2" for draft in drafts):
            raise DataError("too odd")
        write(drafts)

    monkeypatch.setattr(writing, "_write", refuse_one)
    report = feed.read("number\nS-1\nS-2\nS-3\n", dry_run=dry_run)
    assert report.summary() == "2 created, 0 updated, 0 unchanged, 1 refused"
    assert str(report.refused[0]) == "line 3: the database refused it: too odd"
    assert Shipment.objects.count() == (0 if dry_run else 2)


@pytest.mark.django_db(transaction=True)
def test_two_imports_of_one_file_at_once(tmp_path: Path) -> None:
    larkfield = make_cast().larkfield
    lines = "".join(f"S-{n % 700},T{n % 700},2026-11-19T10:{n // 100:02}:00Z,X6\n" for n in range(1400))
    path = tmp_path / "feed.csv"
    path.write_text("number,tracking,event_at,event_code\n" + lines)

    def read(_: int) -> dict[str, int]:
        try:
            return {outcome.value: n for outcome, n in import_file(path, larkfield).outcomes.items()}
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        outcomes = list(pool.map(read, range(3)))
    assert sum(found["created"] for found in outcomes) == 700
    assert sum(found["unchanged"] for found in outcomes) == 1400
    assert sum(found["updated"] for found in outcomes) == 0
    assert ShipmentEvent.objects.count() == 1400


@pytest.mark.django_db(transaction=True)
def test_batches_of_one_organisation_take_turns() -> None:
    larkfield = make_cast().larkfield

    def write(_: int) -> list[Outcome]:
        try:
            return writing.store(larkfield, [Record(1, f"S-{n}", {"goods": "Lamps"}) for n in range(300)])
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        outcomes = [set(found) for found in pool.map(write, range(4))]
    assert sorted(outcomes, key=str) == [{Outcome.CREATED}, *[{Outcome.UNCHANGED}] * 3]


def run(*words: str) -> str:
    out = StringIO()
    call_command("shipments_import", *words, stdout=out)
    return out.getvalue()


def test_the_command_prints_what_came_of_it(cast: Cast, tmp_path: Path) -> None:
    path = tmp_path / "feed.csv"
    path.write_text("number,mood,eta\nS-1,good,\nS-2,bad,soon\n")
    printed = run(str(path), "--organisation", "larkfield").splitlines()
    assert printed[0].startswith("refused line 3, eta: “soon” is not a date")
    assert printed[1:] == [
        "columns not read: mood",
        "Larkfield Home: 1 created, 0 updated, 0 unchanged, 1 refused",
    ]
    assert "(tried only, nothing stored)" in run(str(path), "--organisation", "larkfield", "--dry-run")


def test_the_command_says_what_it_lacks(cast: Cast, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="--organisation, one of brightwater, larkfield, quillon"):
        run(str(tmp_path / "feed.csv"))
    with pytest.raises(CommandError, match="no organisation “nobody”"):
        run(str(tmp_path / "feed.csv"), "--organisation", "nobody")
    with pytest.raises(CommandError, match="can't be read: No such file"):
        run(str(tmp_path / "feed.csv"), "--organisation", "larkfield")
