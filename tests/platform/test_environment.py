"""The table of settings."""

from dataclasses import fields
from pathlib import Path

import pytest

from config import environment
from config.environment import Environment, WrongSetting, load, variable
from config.values import ROOT, DatabaseAddress, MailRelay, SmsAccount


def test_everything_has_a_default():
    assert load({}) == Environment()


def test_values_are_typed():
    found = load(
        {
            "CASEWAY_DATABASE_URL": "postgresql://cw:p%40ss@db.example:5433/cases?sslmode=require",
            "CASEWAY_SMTP_URL": "smtp+starttls://u:p@mail.example",
            "CASEWAY_THREADS": "12",
            "CASEWAY_ALLOWED_HOSTS": "cases.example, .brand.example",
            "CASEWAY_DATA_DIR": "elsewhere",
            "CASEWAY_BASE_URL": "https://cases.example/",
        }
    )
    assert found.database_url == DatabaseAddress(
        "db.example", 5433, "cases", "cw", "p@ss", (("sslmode", "require"),)
    )
    assert found.smtp_url == MailRelay("mail.example", 587, "u", "p", "starttls")
    assert found.threads == 12
    assert found.allowed_hosts == ("cases.example", ".brand.example")
    assert found.data_dir == ROOT / "elsewhere"
    assert found.base_url == "https://cases.example"
    assert found.is_https


def test_a_socket_may_be_named():
    found = load({"CASEWAY_DATABASE_URL": "postgresql:///cases?host=/run/postgresql"})

    assert found.database_url is not None
    assert found.database_url.host == "/run/postgresql"


def test_the_port_of_a_socket_may_be_named():
    found = load({"CASEWAY_DATABASE_URL": "postgresql://cw@/cases?host=/run/postgresql&port=5433"})

    assert found.database_url == DatabaseAddress("/run/postgresql", 5433, "cases", "cw", "", ())


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "mysql://host/name"),
        ("DATABASE_URL", "postgresql://host"),
        ("DATABASE_URL", "postgresql://host:none/name"),
        ("DATABASE_URL", "postgresql:///name?host=/run&port=none"),
        ("DATABASE_URL", "postgresql://host/name?user=other"),
        ("SECRET_KEY", "short"),
        ("BASE_URL", "cases.example"),
        ("BASE_URL", "https://cases.example/path"),
        ("BASE_URL", "https://[cases"),
        ("ALLOWED_HOSTS", "https://cases.example"),
        ("ALLOWED_HOSTS", ","),
        ("THREADS", "0"),
        ("THREADS", "65"),
        ("THREADS", "²"),
        ("WORKERS", "-1"),
        ("SMTP_URL", "http://mail.example"),
        ("SMTP_URL", "smtp://"),
        ("STORAGE_URL", "ftp://host/x"),
        ("SMS_URL", "https://api.twilio.com"),
        ("SMS_URL", "twilio://AC1:token@api.twilio.com"),
        ("SMS_URL", "twilio://AC1@api.twilio.com?from=+12025550100"),
        ("SMS_URL", "twilio://AC1:token@?from=+12025550100"),
        ("SMS_URL", "twilio://AC1:token@api.twilio.com:x?from=+12025550100"),
        ("SMS_URL", "twilio://AC1:token@api.twilio.com?from=+12025550100&form=x"),
        ("SMS_URL", "twilio://AC1:token@api.twilio.com?from=+12025550100&account=../x"),
        ("SMS_URL", "twilio://AC1:t%C3%B6ken@api.twilio.com?from=+12025550100"),
        ("SMS_URL", "twilio+http://AC1:token@api.twilio.com?from=+12025550100"),
        ("LOG_FORMAT", "xml"),
        ("DEBUG", "perhaps"),
        ("MAIL_LMTP_PORT", "70000"),
    ],
)
def test_a_wrong_value_is_one_clear_line(name, value):
    with pytest.raises(WrongSetting) as caught:
        load({f"CASEWAY_{name}": value})

    assert str(caught.value).startswith(f"CASEWAY_{name} must be ")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", ["SECRET_KEY", "METRICS_TOKEN"])
def test_a_wrong_secret_is_not_repeated(name):
    with pytest.raises(WrongSetting) as caught:
        load({f"CASEWAY_{name}": "hunter2"})

    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize(
    ("value", "account"),
    [
        (
            "twilio://AC1:t%2Fk@api.twilio.com?from=+12025550100",
            SmsAccount("https://api.twilio.com", "AC1", "AC1", "+12025550100", "t/k"),
        ),
        (
            "twilio://SK1:s@sms.example:8443/api/laml/?from=Larkfield+Home&account=AC1",
            SmsAccount("https://sms.example:8443/api/laml", "AC1", "SK1", "Larkfield Home", "s"),
        ),
        (
            "twilio+http://AC1:s@127.0.0.1:9000?from=MG1",
            SmsAccount("http://127.0.0.1:9000", "AC1", "AC1", "MG1", "s"),
        ),
    ],
)
def test_an_sms_account_is_read(value, account):
    found = load({"CASEWAY_SMS_URL": value})

    assert found.sms_url == account
    assert found.sends_sms


@pytest.mark.parametrize(
    ("base", "offered"),
    [("http://localhost:8000", True), ("http://larkfield.localhost", True), ("https://cases.example", False)],
)
def test_without_a_provider_sms_are_for_development(base, offered):
    assert load({"CASEWAY_BASE_URL": base}).sends_sms is offered


@pytest.mark.parametrize("name", ["DATABASE_URL", "SMS_URL"])
def test_the_password_of_a_wrong_address_is_not_repeated(name):
    with pytest.raises(WrongSetting) as caught:
        load({f"CASEWAY_{name}": "mysql://u:hunter2@host/name"})

    assert "hunter2" not in str(caught.value)


def test_a_misspelt_name_is_told():
    with pytest.raises(WrongSetting, match="CASEWAY_DATABASE_URL is meant"):
        load({"CASEWAY_DATABSE_URL": "postgresql://host/name"})


def test_an_empty_variable_counts_as_unset():
    assert load({"CASEWAY_THREADS": ""}).threads == Environment().threads


def test_the_page_of_the_docs_is_the_table():
    written = Path(ROOT, "docs/operators/settings.md").read_text("utf-8")

    assert written == environment.page(), "mend: python -m config.environment > docs/operators/settings.md"
    for setting in fields(Environment):
        assert f"`{variable(setting)}`" in written
