"""CSV, as spreadsheets and order systems write it."""

from datetime import UTC, datetime

import pytest

from caseway.demo.cast import Cast
from caseway.shipments.feed.rows import Unreadable

from .feeds import Feed, stored

ONE = "number,tracking,carrier,customer,goods\nS-1,1Z 999,Brightwater Freight,LK-1001,Lamps\n"


def test_a_line_makes_a_shipment(cast: Cast, feed: Feed) -> None:
    assert feed.counts(ONE) == "1 created, 0 updated, 0 unchanged, 0 refused"
    shipment = stored("S-1")
    assert (shipment.organisation, shipment.shipper, shipment.carrier) == (
        cast.larkfield,
        cast.larkfield,
        cast.brightwater,
    )
    assert shipment.account == cast.orchid
    assert {(n.kind, n.value) for n in shipment.numbers.all()} == {("shipment", "S1"), ("tracking", "1Z999")}


def test_the_same_file_twice_changes_nothing(feed: Feed) -> None:
    feed.read(ONE)
    before = stored("S-1").updated_at
    assert feed.counts(ONE) == "0 created, 0 updated, 1 unchanged, 0 refused"
    assert stored("S-1").updated_at == before
    assert stored("S-1").numbers.count() == 2


def test_what_changed_is_updated_and_found_by_its_new_number(feed: Feed) -> None:
    feed.read(ONE)
    before = stored("S-1").updated_at
    assert feed.counts("number,tracking\nS-1,1Z 777\n") == "0 created, 1 updated, 0 unchanged, 0 refused"
    shipment = stored("S-1")
    assert shipment.updated_at > before
    assert (shipment.tracking_number, shipment.goods) == ("1Z 777", "Lamps")
    assert list(shipment.numbers.filter(kind="tracking").values_list("value", flat=True)) == ["1Z777"]


def test_an_empty_cell_changes_nothing(feed: Feed) -> None:
    feed.read(ONE)
    assert feed.counts("number,goods\nS-1,\n") == "0 created, 0 updated, 1 unchanged, 0 refused"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_delimiters_and_line_ends(feed: Feed, delimiter: str, end: str) -> None:
    lines = [["Shipment No.", " GOODS "], ["S-1", f'"a{delimiter}b"']]
    feed.read(end.join(delimiter.join(cells) for cells in lines) + end)
    assert stored("S-1").goods == " ".join(f"a{delimiter}b".split())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_encodings(feed: Feed, encoding: str) -> None:
    feed.read("number;goods;to\nS-1;Möbel;Fernwood Cafés – Köln\n".encode(encoding))
    assert (stored("S-1").goods, stored("S-1").destination_name) == ("Möbel", "Fernwood Cafés – Köln")


def test_a_sign_that_is_not_utf8_far_down_the_file(feed: Feed) -> None:
    lines = "".join(f"S-{n},x\n" for n in range(150_000))
    feed.path.write_bytes(f"number,goods\n{lines}".encode())
    with feed.path.open("ab") as file:
        file.write("LAST,Möbel\n".encode("cp1252"))
    from caseway.shipments.feed.source import look_at

    assert look_at(feed.path).encoding == "cp1252"


def test_events_have_rows_of_their_own(feed: Feed) -> None:
    report = feed.counts(
        "number,event_at,event_code,event_place,goods\n"
        "S-1,2026-11-18T08:00:00Z,AF,Newark,Lamps\n"
        "S-2,,,,Chairs\n"
        "S-1,2026-11-19T14:05:00-05:00,D1,Boston,\n"
    )
    assert report == "2 created, 0 updated, 0 unchanged, 0 refused"
    shipment = stored("S-1")
    assert [(e.code, e.place) for e in shipment.events.all()] == [("D1", "Boston"), ("AF", "Newark")]
    assert (shipment.status, shipment.goods) == ("delivered", "Lamps")
    assert shipment.delivered_at == datetime(2026, 11, 19, 19, 5, tzinfo=UTC)


def test_times_without_offset_are_the_organisations(feed: Feed) -> None:
    feed.read("number,event at,event,eta\nS-1,2026-07-01 09:00,Departed,2026-12-24\n")
    shipment = stored("S-1")
    assert shipment.events.get().happened_at == datetime(2026, 7, 1, 16, 0, tzinfo=UTC)
    assert shipment.eta == datetime(2026, 12, 25, 7, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("number,eta\nS-1,11/24/2026\n", "line 2, eta: “11/24/2026” is not a date: write 2026-11-19T14:05"),
        ("number,eta\nS-1,0026-11-24\n", "line 2, eta: “0026-11-24” is in the year 26"),
        ("number,customer\nS-1,Nobody\n", "line 2, customer: “Nobody” is no customer of Larkfield Home"),
        ("number,brand\nS-1,Acme\n", "line 2, brand: “Acme” is no brand of Larkfield Home"),
        ("number,status\nS-1,teleported\n", "line 2, status: “teleported” is not known: use one of planned"),
        ("number,origin country\nS-1,Germany\n", "line 2, origin_country: “Germany” is not a country's two"),
        ("number,goods\n,Lamps\n", "line 2, number: is missing"),
        (
            "number,tracking\nS-1,1.23E+11\n",
            "line 2, tracking_number: “1.23E+11” was rounded by a spreadsheet",
        ),
        ("number,tracking\nS-1,---\n", "line 2, tracking_number: “---” holds no letter and no digit"),
        (f"number,goods\nS-1,{'x' * 201}\n", "line 2, goods: is longer than 200 characters"),
        (f"number,goods\n{'9' * 61},x\n", "line 2, number: is longer than 60 characters"),
        ("number,event_code\nS-1,D1\n", "line 2, event_at: is missing: an event needs the time"),
        ("number,event_at\nS-1,2026-11-19\n", "line 2, event_code: is missing"),
        (
            "number,event_at,event_code,exception\nS-1,2026-11-19,X6,maybe\n",
            "line 2, event_exception: “maybe” is",
        ),
        ("number,goods\nS-1,a,b,c\n", "line 2: 4 values for 2 columns"),
        ('number,goods\n"S-\n1",x,y\n', "line 2: 3 values for 2 columns"),
    ],
)
def test_a_refusal_says_where_what_and_how_to_mend_it(feed: Feed, content: str, message: str) -> None:
    assert feed.refusal(content).startswith(message)


def test_a_bad_record_does_not_stop_the_rest(feed: Feed) -> None:
    report = feed.read('number,goods\nS-1,a\n,b\nS-3,"multi\nline"\nS-4,a,b,c\n\nS-5,e\n')
    assert report.summary() == "3 created, 0 updated, 0 unchanged, 2 refused"
    assert [r.line for r in report.refused] == [3, 6]
    assert stored("S-3").goods == "multi line"


def test_a_quotation_mark_that_is_never_closed(feed: Feed) -> None:
    report = feed.read('number,goods\nS-1,a\nS-2,"' + "x" * 200_000)
    assert report.summary() == "1 created, 0 updated, 0 unchanged, 1 refused"
    assert "quotation mark that is never closed" in str(report.refused[0])


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "is empty"),
        ("goods,eta\nx,y\n", "No column numbers the shipment"),
        ("tracking,Tracking No.\nx,y\n", "The columns “tracking” and “Tracking No.” mean the same"),
        ("ISA*00*          *00*", "is X12, which is not read yet"),
        ("UNA:+.? 'UNB+UNOA:1", "is EDIFACT, which is not read yet"),
        ("UNB+UNOA:1", "is EDIFACT, which is not read yet"),
        (b"PK\x03\x04\x00\x00", "is not text: save the spreadsheet as CSV"),
    ],
)
def test_a_file_that_is_nothing_we_read(feed: Feed, content: str | bytes, message: str) -> None:
    with pytest.raises(Unreadable, match=message.replace("(", r"\(")):
        feed.read(content)


def test_columns_that_mean_nothing_are_named(feed: Feed) -> None:
    assert feed.read("number,mood,\nS-1,good,\n").ignored_columns == ["mood"]


def test_the_tracking_number_stands_in_for_the_number(feed: Feed) -> None:
    feed.read("tracking\n1Z999\n")
    assert stored("1Z999").tracking_number == "1Z999"
