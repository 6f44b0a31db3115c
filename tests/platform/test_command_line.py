"""What stops a command is one clear line, and its exit code says so."""

import os
import socket
import subprocess
import sys

import pytest

from caseway.cli.commands import COMMANDS, usage
from config.values import ROOT
from tests.ports import free_port


def caseway(*words, **environment):
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("CASEWAY_", "DJANGO_"))}
    return subprocess.run(
        [sys.executable, "-m", "caseway.cli", *words],
        cwd=ROOT,
        env=kept | {f"CASEWAY_{name.upper()}": value for name, value in environment.items()},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def refused(ended):
    """The one line that a command said before it gave up."""
    assert ended.returncode == 2
    assert ended.stderr.count("\n") == 1, ended.stderr
    assert ended.stderr.startswith("caseway: ")
    return ended.stderr.removeprefix("caseway: ").strip()


def test_help_names_every_command():
    assert all(words in usage() for words in COMMANDS)
    assert caseway("help").stdout == usage() + "\n"


def test_a_wrong_setting(tmp_path):
    assert refused(caseway("migrate", threads="many")) == (
        "CASEWAY_THREADS must be a whole number from 1 to 64, not 'many'"
    )


def test_an_unreachable_database():
    line = refused(caseway("migrate", database_url="postgresql://caseway:hunter2@127.0.0.1:1/cases"))

    assert line.startswith("the database cases at 127.0.0.1:1 can't be reached: ")
    assert "hunter2" not in line


def test_an_unknown_command():
    assert refused(caseway("migrat")).startswith("there is no command migrat")


def test_half_a_command():
    assert "mail ingest" in refused(caseway("mail"))
    assert "shipments import" in refused(caseway("shipments", "export"))


def test_a_data_folder_that_cannot_be_written(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("no folder")

    line = refused(caseway("serve", "--data", str(blocked / "var"), "--port", str(free_port()), **NO_MAIL))

    assert line.startswith(f"the data folder {blocked / 'var'} can't be used: ")


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes everywhere")
def test_a_data_folder_of_somebody_else():
    assert refused(caseway("serve", "--data", "/usr/caseway", **NO_MAIL)).startswith("the data folder")


def test_a_port_in_use(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        web = refused(caseway("serve", "--port", str(port), "--data", str(tmp_path), **NO_MAIL))
        mail = refused(
            caseway("serve", "--port", str(free_port()), mail_smtp_port=str(port), data_dir=str(tmp_path))
        )

    assert (
        web == f"port {port} of 127.0.0.1 can't be used (Address already in use); choose another with --port"
    )
    assert mail.endswith("choose another with CASEWAY_MAIL_SMTP_PORT")
    assert not list(tmp_path.iterdir()), "nothing is made before it is known that it can be used"


@pytest.mark.parametrize("option", [["--port", "0"], ["--port", "http"], ["--workers", "0"], ["--nonsense"]])
def test_a_wrong_option(option):
    ended = caseway("serve", *option)

    assert ended.returncode == 2
    assert "Traceback" not in ended.stderr


NO_MAIL = {"mail_smtp_port": "0", "mail_lmtp_port": "0"}
