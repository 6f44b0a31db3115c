"""Cases over the API: made, read, listed, changed."""

import pytest

from caseway.cases.models import Category, ContactMethod, Priority
from caseway.cases.types import Source
from caseway.demo.cast import Cast

pytestmark = pytest.mark.django_db
WET = {"subject": "Wet boxes", "description": "Two of them stand in water."}


@pytest.fixture
def ana(calls):
    return calls("ana")


@pytest.fixture
def kim(calls):
    return calls("kim")


class TestMaking:
    def test_an_agent_owns_what_they_make(self, ana, cast: Cast):
        urgent = Priority.objects.get(organisation=cast.larkfield, rank=4)
        method = ContactMethod.objects.filter(organisation=cast.larkfield)[0]
        more = {
            "type": "damaged",
            "customer": str(cast.orchid.pk),
            "contact": str(cast.contact(cast.kim).pk),
            "contact_method": str(method.pk),
            "priority": str(urgent.pk),
            "deadline": "2099-05-01T12:00:00+02:00",
            "crm_number": "S-77",
            "tags": ["Water", "water"],
        }

        made = ana.post("/cases", WET | more)

        case = made.json()
        assert made.status_code == 201
        assert made.headers["Location"] == f"/api/v1/cases/{case['number']}"
        assert case["status"] == "open"
        assert case["source"] == Source.API
        assert case["owner"] == {"name": "Ana Ferreira", "email": "ana@larkfield.example"}
        assert case["creator"] == case["owner"]
        assert case["customer"]["name"] == "Orchid Hotels"
        assert case["contact"]["email"] == "kim@orchid.example"
        assert case["priority"] == {"id": str(urgent.pk), "name": "Urgent", "rank": 4}
        assert case["deadline"] == "2099-05-01T10:00:00Z"
        assert case["tags"] == ["water"]
        assert case["crm_number"] == "S-77"
        assert case["sharing"] == "internal"
        assert case["partner"] is None

    def test_unclaimed_it_is_new(self, ana):
        case = ana.post("/cases", WET | {"claim": False}).json()

        assert (case["status"], case["owner"]) == ("new", None)

    def test_with_a_partner_from_the_start(self, ana, calls):
        partner = {"partner": "brightwater", "partner_subject": "Wet", "partner_text": "Please look."}

        case = ana.post("/cases", WET | partner).json()

        assert case["partner"]["slug"] == "brightwater"
        theirs = calls("omar").get(f"/cases/{case['number']}").json()
        assert (theirs["subject"], theirs["description"]) == ("Wet", "Please look.")
        assert theirs["organisation"]["slug"] == "larkfield"

    def test_a_customers_words_are_the_first_message(self, kim, ana):
        made = kim.post("/cases", WET)

        assert made.json()["status"] == "new"
        messages = ana.get(f"/cases/{made.json()['number']}/messages").json()["items"]
        assert [m["text"] for m in messages] == [WET["description"]]
        assert messages[0]["author"] == {"name": "Kim Tran", "email": "kim@orchid.example"}

    @pytest.mark.parametrize(
        "field", ["customer", "contact", "priority", "deadline", "tags", "crm_number", "partner", "claim"]
    )
    def test_customers_do_not_set_what_is_ours(self, kim, field):
        value = {"tags": [], "claim": True, "deadline": "2099-01-01T00:00:00Z"}.get(field, "1")

        refused = kim.post("/cases", WET | {field: value})

        assert refused.status_code == 422
        assert set(refused.json()["errors"]) == {field}

    def test_every_wrong_field_is_told(self, ana):
        refused = ana.post("/cases", {"category": "0", "priority": "0", "shipment": "none", "type": "odd"})

        assert refused.status_code == 422
        assert set(refused.json()["errors"]) >= {"category", "priority", "shipment", "type", "description"}


class TestReading:
    def test_a_customer_gets_their_fields_and_no_other(self, kim, ana, case):
        ana.post(f"/cases/{case.number}/claim")

        seen = kim.get(f"/cases/{case.number}").json()

        assert set(seen) == {
            "number", "status", "active", "type", "subject", "description", "category", "contact_method",
            "created_at", "updated_at", "closed_at", "owner", "shipment", "contact", "merged_into",
            "follow_up_of", "operations", "version",
        }  # fmt: skip
        assert seen["owner"] == {"name": "Ana Ferreira", "email": None}
        assert seen["operations"] == ["comment", "withdraw"]

    def test_operations_are_those_that_work(self, calls, case):
        for name in ("ana", "sam", "lea", "admin"):
            offered = calls(name).get(f"/cases/{case.number}").json()["operations"]
            assert ("assign" in offered) == (name != "sam")
            assert ("cancel" in offered) == (name in ("lea", "admin"))
            assert "withdraw" not in offered

    def test_watchers_and_news(self, ana, kim, calls, case):
        ana.put(f"/cases/{case.number}/watch")

        seen = calls("ben").get(f"/cases/{case.number}").json()

        assert [w["name"] for w in seen["watchers"]] == ["Ana Ferreira"]
        assert seen["latest_message"]["text"] == "The lower boxes stand in water."
        assert seen["unread"] is True

    def test_names_are_in_the_readers_language(self, ana, case, cast):
        category = Category.objects.filter(organisation=cast.larkfield, parent__isnull=False)[0]
        ana.patch(f"/cases/{case.number}", {"category": str(category.pk)})

        german = ana.get(f"/cases/{case.number}", Accept_Language="de").json()["category"]["name"]

        assert german == category.name["de"]


class TestChanging:
    def test_only_what_is_sent_changes(self, ana, case):
        changed = ana.patch(f"/cases/{case.number}", {"type": "lost", "tags": ["a"], "deadline": None}).json()

        assert (changed["type"], changed["tags"], changed["deadline"]) == ("lost", ["a"], None)
        assert changed["subject"] == case.sides.get().subject

    def test_nothing_is_nothing(self, ana, case):
        before = ana.get(f"/cases/{case.number}")

        assert ana.patch(f"/cases/{case.number}", {}).content == before.content

    def test_a_solved_case_is_not_edited(self, ana, kim, case):
        kim.post(f"/cases/{case.number}/withdrawal", {"note": "Found."})

        assert ana.patch(f"/cases/{case.number}", {"subject": "x"}).status_code == 409

    def test_a_customer_may_see_it_and_not_edit_it(self, kim, case):
        assert kim.patch(f"/cases/{case.number}", {"subject": "x"}).status_code == 403

    def test_a_partner_edits_its_own_side(self, ana, calls, case, cast):
        words = {"partner": "brightwater", "subject": "Wet", "text": "Please look."}
        assert ana.post(f"/cases/{case.number}/partner", words).status_code == 200
        omar = calls("omar")

        theirs = omar.patch(f"/cases/{case.number}", {"subject": "Ours", "crm_number": "B-1"})

        assert theirs.json()["subject"] == "Ours"
        ours = ana.get(f"/cases/{case.number}").json()
        assert (ours["subject"], ours["crm_number"]) == ("Two boxes are wet", "")
        assert omar.patch(f"/cases/{case.number}", {"contact": "1"}).status_code in (403, 422)


class TestLists:
    def test_pages_by_key_in_both_seats(self, ana, kim):
        numbers = [kim.post("/cases", WET | {"subject": f"No {n}"}).json()["number"] for n in range(5)]
        for caller in (ana, kim):
            found, path = [], "/cases?limit=2"
            while path:
                page = caller.get(path).json()
                assert len(page["items"]) <= 2
                found += [item["number"] for item in page["items"]]
                path = page["next"] and f"/cases?limit=2&cursor={page['next']}"
            assert found == numbers[::-1]

    def test_a_cursor_is_for_its_reader_and_its_list(self, ana, calls, kim):
        for n in range(3):
            kim.post("/cases", WET | {"subject": f"No {n}"})
        cursor = ana.get("/cases?limit=1").json()["next"]

        assert ana.get(f"/cases?limit=1&cursor={cursor}").status_code == 200
        assert ana.get(f"/cases?limit=1&status=new&cursor={cursor}").status_code == 422
        assert calls("ben").get(f"/cases?limit=1&cursor={cursor}").status_code == 422
        assert kim.get(f"/cases?limit=1&cursor={cursor}").status_code == 422
        assert ana.get(f"/cases?limit=1&cursor={cursor[:-1]}").status_code == 422

    def test_filters_and_views(self, ana, kim):
        first, second = (kim.post("/cases", WET | {"subject": s}).json()["number"] for s in ("One", "Zebra"))
        ana.post(f"/cases/{first}/claim")

        def numbers(query, caller=ana):
            return {item["number"] for item in caller.get(f"/cases?{query}").json()["items"]}

        assert numbers("view=my-active") == {first} == numbers("owner=me") == numbers("status=open")
        assert numbers("view=new") == {second} == numbers("owner=nobody")
        assert numbers("status=open&status=new") == {first, second} == numbers("status=active")
        assert numbers("status=solved") == set()
        assert numbers(f"q={first}") == {first} == numbers(f"q={first}", kim)
        assert numbers("q=zebra") == {second} == numbers("q=zebra", kim)
        assert numbers("status=new", kim) == {second}

    def test_solved_cases_are_in_the_list_of_all(self, ana, kim):
        number = kim.post("/cases", WET).json()["number"]
        kim.post(f"/cases/{number}/withdrawal", {"note": "Found."})

        assert [c["status"] for c in ana.get("/cases").json()["items"]] == ["withdrawn"]
        assert ana.get("/cases?view=all-active").json()["items"] == []
        assert kim.get("/cases?status=withdrawn").json()["items"][0]["number"] == number

    def test_a_customers_list_takes_a_customers_filters(self, kim):
        refused = kim.get("/cases?owner=me&view=all")

        assert refused.status_code == 422
        assert set(refused.json()["errors"]) == {"owner", "view"}

    def test_the_administrator_of_an_account_sees_all_of_it(self, calls, kim):
        number = calls("jo").post("/cases", WET).json()["number"]

        row = kim.get("/cases").json()["items"][0]

        assert (row["number"], row["contact"]["name"]) == (number, "Jo Castellano")
        assert row["excerpt"] == WET["description"]
