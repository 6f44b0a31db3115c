"""Tokens: shown once, hashed at rest, scoped, dead at once when they should be."""

from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.test import Client

from caseway.accounts.models import Membership
from caseway.accounts.sign_in.actions import choose_password, disable, end_sessions
from caseway.api.models import Token
from caseway.api.tests.callers import Caller
from caseway.api.tokens.actions import make_token, revoke
from caseway.core.errors import Invalid

pytestmark = pytest.mark.django_db


def test_the_command_prints_it_once_and_only_its_hash_is_kept(cast):
    out = StringIO()

    call_command("token", user="Ana@Larkfield.example", scope=["cases:read"], name="night job", stdout=out)

    secret = out.getvalue().strip()
    token = Token.objects.get()
    assert secret.startswith(f"cw_{token.handle}_")
    assert token.scopes == ["cases:read"]
    assert token.name == "night job"
    stored = str(Token.objects.values().get())
    assert secret.split("_", 2)[2] not in stored
    assert Client(headers={"Authorization": f"Bearer {secret}"}).get("/api/v1/me").status_code == 200


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({}, "--user"),
        ({"user": "nobody@nowhere.example"}, "Nobody has the address"),
        ({"user": "root@caseway.example"}, "sign in nowhere"),
        ({"user": "ana@larkfield.example", "scope": ["cases:all"]}, "no scope cases:all"),
        ({"user": "ana@larkfield.example", "organisation": "quillon"}, "sign in nowhere"),
        ({"user": "ana@larkfield.example", "organisation": "nowhere"}, "no organisation nowhere"),
        ({"revoke": "cw_000000000000"}, "no such token"),
    ],
)
def test_the_command_says_what_is_wrong(cast, options, words):
    with pytest.raises(CommandError, match=words):
        call_command("token", **options)
    assert not Token.objects.exists()


def test_the_command_revokes(cast, calls):
    ana = calls("ana")

    call_command("token", revoke=ana.secret[:15], stderr=StringIO())

    assert ana.get("/me").status_code == 401


def test_whose_it_is(calls, cast):
    mine = calls("ana", "cases:read").get("/me").json()

    assert mine["person"] == {"name": "Ana Ferreira", "email": "ana@larkfield.example"}
    assert mine["seat"] == "desk"
    assert mine["organisation"]["slug"] == "larkfield"
    assert mine["scopes"] == ["cases:read"]
    assert calls("kim").get("/me").json()["seat"] == "portal"


@pytest.mark.parametrize(
    "header",
    [
        "",
        "Bearer",
        "Bearer ",
        "Bearer cw",
        "Bearer cw_x_y",
        "Bearer cw__",
        "Bearer \x00",
        "Bearer cw_é_é",
        "Basic YW5hOmNhc2V3YXktZGVtbw==",
        "Bearer " + "a" * 10_000,
    ],
)
def test_no_valid_token_is_401_and_always_the_same(cast, header):
    plain = Client().get("/api/v1/cases")

    refused = Client(headers={"Authorization": header}).get("/api/v1/cases")

    assert refused.status_code == 401
    assert refused.headers["WWW-Authenticate"] == "Bearer"
    assert refused.headers["Content-Type"] == "application/problem+json"
    assert refused.content == plain.content


def test_one_letter_more_or_less_opens_nothing(calls):
    ana = calls("ana")
    for wrong in (ana.secret[:-1], ana.secret + "x", ana.secret.swapcase(), ana.secret[:16]):
        ana_with = Client(headers={"Authorization": f"Bearer {wrong}"})
        assert ana_with.get("/api/v1/me").status_code == 401


def test_a_session_opens_nothing(cast):
    client = Client()
    client.force_login(cast.ana)

    assert client.get("/api/v1/cases").status_code == 401


def test_a_session_lends_nothing_to_a_token(cast, case, calls):
    pia = calls("pia")
    pia.client.force_login(cast.ana)

    assert pia.get(f"/cases/{case.number}").status_code == 404


def test_revoking_works_at_once_and_twice(calls):
    ana = calls("ana")

    revoke(ana.token)
    first = ana.token.revoked_at
    revoke(ana.token)

    assert ana.get("/me").status_code == 401
    assert ana.token.revoked_at == first


@pytest.mark.parametrize(
    "ending",
    [disable, end_sessions, lambda person: choose_password(person, "a quite new password")],
    ids=["disabled", "signed out everywhere", "new password"],
)
def test_it_dies_with_its_persons_sign_in(cast, calls, ending):
    ana = calls("ana")

    ending(cast.ana)

    assert ana.get("/me").status_code == 401
    cast.ana.is_active = True
    cast.ana.save()
    assert ana.get("/me").status_code == 401


def test_it_sleeps_without_a_seat_and_never_moves_to_another_desk(cast, calls):
    ana = calls("ana")
    role = cast.memberships[cast.pia.email].role
    Membership.objects.create(person=cast.ana, organisation=cast.quillon, role=role)
    Membership.objects.filter(person=cast.ana, organisation=cast.larkfield).update(is_active=False)

    assert ana.get("/me").status_code == 401
    at_quillon = Caller(cast.ana, organisation=cast.quillon)
    assert at_quillon.get("/me").json()["organisation"]["slug"] == "quillon"


def test_nobody_without_a_seat_gets_one(cast):
    with pytest.raises(Invalid):
        make_token(cast.root)


def test_a_scope_opens_its_part_only(calls, case):
    reader = calls("ana", "cases:read")

    assert reader.get(f"/cases/{case.number}").status_code == 200
    refused = reader.post(f"/cases/{case.number}/claim")
    assert refused.status_code == 403
    assert "cases:write" in refused.json()["detail"]
    assert reader.get("/shipments").status_code == 403
    assert calls("ana", "shipments:read").get("/cases").status_code == 403
    assert calls("ana", "cases:write").get("/reasons").status_code == 200


def test_a_scope_is_checked_before_anything_is_looked_up(calls, case):
    without = calls("pia", "shipments:read")

    assert without.get(f"/cases/{case.number}").content == without.get("/cases/CV99999999").content


def test_the_last_use_is_kept_to_the_minute(calls):
    with time_machine.travel("2026-03-01T12:00:00Z", tick=False) as clock:
        ana = calls("ana")
        ana.get("/me")
        clock.shift(30)
        ana.get("/me")
        ana.token.refresh_from_db()
        assert ana.token.last_used_at.isoformat() == "2026-03-01T12:00:00+00:00"
        clock.shift(31)
        ana.get("/me")
        ana.token.refresh_from_db()
        assert ana.token.last_used_at.isoformat() == "2026-03-01T12:01:01+00:00"


def test_no_token_stands_in_a_log(calls, caplog, capsys):
    ana = calls("ana")
    with caplog.at_level("DEBUG"):
        ana.get("/me")
        Client(headers={"Authorization": f"Basic {ana.secret}"}).get("/api/v1/me")
        ana.get("/cases?q=" + ana.secret)

    logged = caplog.text + "".join(capsys.readouterr())
    assert ana.secret.split("_", 2)[2] not in logged


def test_a_token_that_calls_too_often_waits(calls, monkeypatch):
    ana, ben = calls("ana"), calls("ben")
    with time_machine.travel("2026-03-01T12:00:20Z", tick=False) as clock:
        first = ana.get("/me")
        assert first.headers["RateLimit-Limit"] == "600"
        assert first.headers["RateLimit-Remaining"] == "599"
        assert first.headers["RateLimit-Reset"] == "40"
        monkeypatch.setattr("caseway.api.http.budgets.Allowance.__getattribute__", _only_two)
        ana.get("/me")
        refused = ana.get("/me")
        assert refused.status_code == 429
        assert refused.headers["Retry-After"] == "40"
        assert refused.headers["RateLimit-Remaining"] == "0"
        assert refused.headers["Content-Type"] == "application/problem+json"
        assert ben.get("/me").status_code == 200
        clock.shift(40)
        assert ana.get("/me").status_code == 200


def _only_two(allowance, name):
    return 2 if name == "limit" else object.__getattribute__(allowance, name)


def test_the_admin_shows_and_revokes_and_tells_no_secret(calls, cast):
    ana, root = calls("ana"), Client()
    root.force_login(cast.root)
    pages = root.get("/admin/api/token/"), root.get(f"/admin/api/token/{ana.token.pk}/change/")
    assert [page.status_code for page in pages] == [200, 200]
    assert not [page for page in pages if ana.token.digest in page.content.decode()]

    root.post("/admin/api/token/", {"action": "revoke_tokens", "_selected_action": [ana.token.pk]})

    assert ana.get("/me").status_code == 401


def test_a_wrong_secret_and_an_unknown_handle_ask_the_same(calls, django_assert_num_queries):
    ana = calls("ana")
    for wrong in ("cw_000000000000_x", f"cw_{ana.token.handle}_x"):
        client = Client(headers={"Authorization": f"Bearer {wrong}"})
        with django_assert_num_queries(1):
            assert client.get("/api/v1/me").status_code == 401
