"""What happens before the processes start."""

import json

import pytest

from caseway.cli import prepare
from caseway.cli.options import serve_options
from caseway.cli.refusal import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _static_elsewhere(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path / "static"


def test_demo_people_are_not_shown_to_other_machines(cast):
    with pytest.raises(Refused, match="--allow-demo-beyond-loopback"):
        prepare.main(["--empty", "--refuse-demo"])


def test_demo_people_are_welcome_on_this_machine(cast, capsys):
    assert prepare.main(["--empty"]) == 0

    assert json.loads(capsys.readouterr().out.splitlines()[-1]) == {"demo": True}


def test_an_empty_installation_may_be_reached_by_all(capsys):
    assert prepare.main(["--empty", "--refuse-demo"]) == 0

    assert json.loads(capsys.readouterr().out.splitlines()[-1]) == {"demo": False}


def test_static_files_are_collected_once(capsys):
    prepare.main(["--empty"])
    first = capsys.readouterr().out
    prepare.main(["--empty"])

    assert "Building styles and scripts" in first
    assert "Building" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("host", "beyond"),
    [
        ("127.0.0.1", False),
        ("localhost", False),
        ("::1", False),
        ("0.0.0.0", True),
        ("192.0.2.1", True),
        ("box", True),
    ],
)
def test_what_listens_beyond_loopback(host, beyond):
    assert serve_options(["--host", host]).is_beyond_loopback is beyond


def test_links_follow_the_port_unless_an_address_is_set(monkeypatch):
    assert serve_options(["--port", "9000"]).environment.base_url == "http://localhost:9000"
    monkeypatch.setenv("CASEWAY_BASE_URL", "https://cases.example")
    assert serve_options(["--port", "9000"]).environment.base_url == "https://cases.example"
