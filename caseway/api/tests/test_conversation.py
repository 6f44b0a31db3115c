"""Messages of the four audiences, the internal record, participants, history."""

import pytest

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana(calls):
    return calls("ana")


@pytest.fixture
def kim(calls):
    return calls("kim")


@pytest.fixture
def address(case):
    return f"/cases/{case.number}"


def texts(caller, address, query=""):
    return [m["text"] for m in caller.get(f"{address}/messages{query}").json()["items"]]


def test_each_audience_has_its_readers(ana, kim, calls, address):
    ana.post(f"{address}/claim")
    ana.post(f"{address}/partner", {"partner": "brightwater", "subject": "Wet", "text": "to partner"})
    for audience in ("customer", "partner", "team", "record"):
        sent = ana.post(f"{address}/messages", {"audience": audience, "text": f"for {audience}"})
        assert sent.status_code == 201
        assert sent.json()["audience"] == audience

    first = "The lower boxes stand in water."
    assert texts(ana, address) == [first, "to partner", "for customer", "for partner", "for team"]
    assert texts(ana, address, "?audience=team&audience=partner") == ["to partner", "for partner", "for team"]
    assert texts(ana, address, "?sort=-created&limit=1") == ["for team"]
    assert texts(kim, address) == [first, "for customer"]
    assert texts(calls("omar"), address) == ["to partner", "for partner"]
    assert [m["text"] for m in ana.get(f"{address}/record").json()["items"]] == ["for record"]
    assert ana.get(f"{address}/messages?audience=record").status_code == 422


def test_addresses_stay_at_home(ana, kim, calls, address):
    ana.post(f"{address}/partner", {"partner": "brightwater", "subject": "Wet", "text": "Hello"})
    ana.post(f"{address}/messages", {"audience": "customer", "text": "Hello"})

    assert calls("omar").get(f"{address}/messages").json()["items"][0]["author"]["email"] is None
    assert kim.get(f"{address}/messages").json()["items"][1]["author"] == {
        "name": "Ana Ferreira",
        "email": None,
    }
    assert ana.get(f"{address}/messages").json()["items"][0]["author"]["email"] == "kim@orchid.example"


def test_an_answer_moves_the_status_as_asked(ana, kim, address):
    ana.post(f"{address}/claim")
    for wanted, status in [
        (None, "pending_customer"),
        ("stay", "pending_customer"),
        ("open", "open"),
        ("pending_customer", "pending_customer"),
    ]:
        body = {"audience": "customer", "text": "x"} | ({"set_status": wanted} if wanted else {})
        ana.post(f"{address}/messages", body)
        assert ana.get(address).json()["status"] == status
    kim.post(f"{address}/messages", {"text": "And now?"})
    assert ana.get(address).json()["status"] == "pending_agent"


def test_answering_and_closing_at_once(ana, address):
    reasons = ana.get("/reasons").json()["items"]
    reason = next(r["id"] for r in reasons if r["kind"] == "closure")
    body = {"audience": "customer", "text": "Done.", "set_status": "closed"}

    refused = ana.post(f"{address}/messages", body)

    assert set(refused.json()["errors"]) == {"reason", "note"}
    assert "Done." not in texts(ana, address)
    assert ana.post(f"{address}/messages", body | {"reason": reason, "note": "ok"}).status_code == 201
    assert ana.get(address).json()["status"] == "closed"


def test_html_is_made_safe(ana, kim, address):
    html = '<p>Hi <b>Kim</b></p><script>alert(1)</script><img src="https://x.example/t.gif" onerror=alert(1)>'

    sent = ana.post(f"{address}/messages", {"audience": "customer", "html": html}).json()

    assert "Hi Kim" in sent["text"]
    assert "<b>Kim</b>" in sent["html"]
    for bad in ("script", "onerror", "alert", ' src="'):
        assert bad not in sent["html"]
    assert (
        ana.post(f"{address}/messages", {"audience": "team", "html": "<p>x", "text": "x"}).status_code == 422
    )


def test_who_may_not_say_it(kim, calls, ana, address):
    assert kim.post(f"{address}/messages", {"audience": "team", "text": "x"}).status_code == 403
    assert ana.post(f"{address}/messages", {"text": "x"}).status_code == 422
    assert ana.post(f"{address}/messages", {"audience": "partner", "text": "x"}).status_code == 422
    assert ana.post(f"{address}/messages", {"audience": "team", "text": " "}).status_code == 422
    assert calls("ben").post(f"{address}/messages", {"audience": "record", "text": "x"}).status_code == 403


@pytest.mark.parametrize("name", ["ben", "sam", "lea", "kim", "omar", "pia"])
def test_the_record_does_not_exist_for_others(ana, calls, address, name):
    ana.post(f"{address}/claim")
    assert ana.post(f"{address}/record", {"text": "Between us."}).status_code == 201
    ana.post(f"{address}/partner", {"partner": "brightwater", "subject": "Wet", "text": "Hello"})
    stranger = calls(name)

    missing = stranger.get("/cases/CV99999999/record")

    for response in (stranger.get(f"{address}/record"), stranger.post(f"{address}/record", {"text": "x"})):
        assert response.status_code == 404
        assert response.content == missing.content


def test_the_administrator_reads_the_record(ana, calls, address):
    ana.post(f"{address}/claim")
    ana.post(f"{address}/record", {"text": "Between us."})

    assert [m["text"] for m in calls("admin").get(f"{address}/record").json()["items"]] == ["Between us."]


def test_who_takes_part(ana, kim, address):
    people = ana.get(f"{address}/participants").json()["items"]

    assert [(p["email"], p["audience"]) for p in people] == [("kim@orchid.example", "customer")]
    assert kim.get(f"{address}/participants").status_code == 404


def test_history_tells_each_what_they_may_know(ana, kim, calls, address):
    ana.post(f"{address}/claim")
    ana.put(f"{address}/level", {"level": 1})
    ana.post(f"{address}/partner", {"partner": "brightwater", "subject": "Wet", "text": "Hello"})

    def kinds(caller):
        return [event["kind"] for event in caller.get(f"{address}/events").json()["items"]]

    assert "case.level" in kinds(ana)
    assert kinds(kim) == ["case.created", "message.posted", "case.claimed"]
    assert "case.level" not in kinds(calls("omar"))
    assert ana.get(f"{address}/events?limit=1").json()["next"]


def test_what_was_merged_is_read_from_the_survivor(ana, kim, calls, address):
    other = kim.post("/cases", {"subject": "Again", "description": "Still wet."}).json()["number"]

    survivor = ana.post(f"/cases/{other}/merge", {"into": address.split("/")[-1]})

    assert survivor.json()["number"] == address.split("/")[-1]
    merged = {m["case"]: m["text"] for m in ana.get(f"{address}/messages").json()["items"]}
    assert merged[other] == "Still wet."
    assert ana.get(f"/cases/{other}").json()["merged_into"] == address.split("/")[-1]
    assert [link["number"] for link in ana.get(f"{address}/links").json()["items"]] == [other]
    assert ana.delete(f"/cases/{other}/merge").json()["status"] == "new"
    assert ana.delete(f"/cases/{other}/merge").status_code == 409


def test_links(ana, kim, address):
    other = kim.post("/cases", {"subject": "Again", "description": "Still wet."}).json()["number"]

    made = ana.post(f"{address}/links", {"other": other, "kind": "duplicate"})

    assert (made.status_code, made.json()["number"]) == (201, other)
    assert kim.get(f"{address}/links").status_code == 404
    assert kim.post(f"{address}/links", {"other": other}).status_code == 403
    assert ana.delete(f"{address}/links/{other}").json()["items"] == []
    assert ana.delete(f"{address}/links/{other}").status_code == 404


def test_a_partner_is_brought_in_once(ana, calls, address):
    words = {"partner": "brightwater", "subject": "Wet", "text": "Please look."}
    assert ana.post(f"{address}/partner", words | {"text": ""}).json()["errors"].keys() == {"text"}
    assert ana.post(f"{address}/partner", words | {"partner": "quillon"}).status_code == 422

    shared = ana.post(f"{address}/partner", words).json()

    assert (shared["sharing"], shared["partner"]) == (
        "shared",
        {"slug": "brightwater", "name": "Brightwater Freight", "owner": None},
    )
    assert ana.post(f"{address}/partner", words).status_code == 409
    assert calls("kim").post(f"{address}/partner", words).status_code == 404
