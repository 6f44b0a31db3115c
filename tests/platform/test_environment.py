"""The table of settings."""

from dataclasses import fields
from pathlib import Path

import pytest

from config import environment
from config.environment import Environment, WrongSetting, load, variable
from config.values import ROOT, DatabaseAddress, MailRelay


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


def test_the_password_of_a_wrong_address_is_not_repeated():
    with pytest.raises(WrongSetting) as caught:
        load({"CASEWAY_DATABASE_URL": "mysql://u:hunter2@host/name"})

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
