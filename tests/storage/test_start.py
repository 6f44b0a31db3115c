"""A start with a bucket that can't be used ends with one line that says why."""

import os
import subprocess
import sys
from urllib.parse import quote

import pytest

from caseway.cli import prepare
from caseway.cli.refusal import Refused
from config.values import ROOT
from tests.ports import free_port

from .conftest import KEY, NAME, SECRET

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _static_elsewhere(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path / "static"


def test_with_a_bucket_it_starts(bucket, capsys):
    assert prepare.main(["--empty"]) == 0
    assert bucket.objects() == []


def test_without_its_bucket_it_does_not(bucket, keep_in):
    keep_in(bucket.address(name="other-files"))
    with pytest.raises(Refused) as refused:
        prepare.main(["--empty"])
    assert str(refused.value) == (
        "attachments can't be kept where CASEWAY_STORAGE_URL says: "
        f"there is no bucket other-files at {bucket.endpoint}"
    )


@pytest.mark.parametrize(
    ("address", "words"),
    [
        (
            f"s3://{KEY}:{quote(SECRET, safe='')}@{NAME}?endpoint=http://127.0.0.1:{{port}}",
            "does not answer",
        ),
        (
            f"s3://{KEY}:{SECRET}@{NAME}",
            "CASEWAY_STORAGE_URL must be like file:///srv/caseway/files or s3://",
        ),
    ],
)
def test_the_command_says_it_in_one_line(address, words, tmp_path):
    address = address.format(port=free_port())
    settings = {"CASEWAY_STORAGE_URL": address, "CASEWAY_DATA_DIR": str(tmp_path)}
    run = [sys.executable, "-m", "caseway.cli", "prepare", "--empty"]
    ended = subprocess.run(
        run, cwd=ROOT, env=os.environ | settings, capture_output=True, text=True, check=False
    )
    assert ended.returncode != 0
    assert words in ended.stderr
    assert ended.stderr.startswith("caseway: ")
    assert ended.stderr.count("\n") == 1
    assert SECRET not in ended.stderr
