"""Logs are lines that a machine reads, without secrets."""

import json
import subprocess
import sys

from config.logs import without_secrets
from config.values import ROOT

SCRIPT = """
import logging
import structlog
from config.environment import load
from config.logs import logging_of
logging_of(load({"CASEWAY_LOG_FORMAT": "json"}))
with structlog.contextvars.bound_contextvars(request_id="abc"):
    structlog.get_logger("caseway.test").info("ours", password="hunter2", count=3)
    logging.getLogger("theirs").warning("theirs %s", 7, extra={"api_key": "hunter2"})
    secret = "hunter2"
    try:
        raise ValueError("wrong")
    except ValueError:
        structlog.get_logger("caseway.test").exception("failed")
structlog.get_logger("caseway.test").debug("not told")
"""


def test_ours_and_those_of_libraries_look_the_same():
    ended = subprocess.run(
        [sys.executable, "-c", SCRIPT], cwd=ROOT, capture_output=True, text=True, check=True
    )
    ours, theirs, failed = map(json.loads, ended.stderr.splitlines())

    assert ours["event"] == "ours"
    assert ours["count"] == 3
    assert theirs["event"] == "theirs 7"
    assert ours["request_id"] == theirs["request_id"] == "abc"
    assert {entry["level"] for entry in (ours, theirs, failed)} == {"info", "warning", "error"}
    assert "ValueError: wrong" in failed["exception"]
    assert "hunter2" not in ended.stderr


def test_fields_that_sound_secret_are_never_written():
    event = {"event": "x", "Reset_Token": "1", "sessionid": "2", "authorization": "3", "case": "CV1"}

    assert without_secrets(None, "info", event) == {
        "event": "x",
        "Reset_Token": "(not logged)",
        "sessionid": "(not logged)",
        "authorization": "(not logged)",
        "case": "CV1",
    }
