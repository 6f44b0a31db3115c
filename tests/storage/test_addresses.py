"""What CASEWAY_STORAGE_URL may say."""

from pathlib import Path

import pytest

from config.environment import Environment, WrongSetting, load
from config.storages import Bucket, backend_of

PLACES = [
    ("file:///srv/case%20files", Path("/srv/case files")),
    ("s3://files", Bucket("files")),
    ("s3://files/eu/live/?region=eu-central-1", Bucket("files", "eu/live", "eu-central-1")),
    (
        "s3://AKIA:a%2Fb+c@my.files/x?endpoint=https://minio.example:9000&addressing=virtual",
        Bucket("my.files", "x", None, "https://minio.example:9000", "virtual", "AKIA", "a/b+c"),
    ),
]


@pytest.mark.parametrize(("address", "place"), PLACES)
def test_places(address, place):
    assert load({"CASEWAY_STORAGE_URL": address}).files_place == place


WRONG = [
    "s3://",
    "s3://AB",
    "s3://Files_of_ours",
    "s3://files:9000",
    "s3://key@files",
    "s3://:hunter2@files",
    "s3://key:hunter2/with+slash@files/x",
    "s3://key:hunter2@files?region",
    "s3://key:hunter2@files?zone=eu",
    "s3://key:hunter2@files?endpoint=minio:9000",
    "s3://key:hunter2@files?endpoint=https://u:p@minio",
    "s3://key:hunter2@files?addressing=dns",
    "s3://key:hunter2@files#x",
    "s3://[files",
    "file://host/files",
    "/srv/files",
    "https://key:hunter2@files.s3.amazonaws.com",
]


@pytest.mark.parametrize("address", WRONG)
def test_a_wrong_one_is_one_clear_line_without_the_secret(address):
    with pytest.raises(WrongSetting) as caught:
        load({"CASEWAY_STORAGE_URL": address})
    line = str(caught.value)
    assert line.startswith("CASEWAY_STORAGE_URL must be ")
    assert "\n" not in line
    assert "hunter2" not in line


def test_a_wrong_option_is_named():
    for option in ("zone=eu", "addressing=dns", "endpoint=minio"):
        with pytest.raises(WrongSetting, match=option.partition("=")[0]):
            load({"CASEWAY_STORAGE_URL": f"s3://files?{option}"})


def test_the_settings_can_be_printed_without_the_secret():
    assert "hunter2" not in repr(load({"CASEWAY_STORAGE_URL": "s3://key:hunter2@files"}))


def test_a_folder_below_the_data_is_the_default():
    place = Environment(data_dir=Path("/srv/caseway")).files_place
    assert place == Path("/srv/caseway/files")
    assert backend_of(place)["BACKEND"].endswith("FileSystemStorage")


def test_the_environments_token_is_not_used_with_the_addresses_key(monkeypatch):
    monkeypatch.setenv("AWS_SESSION_TOKEN", "of-another-key")
    own = backend_of(Bucket("files", key="k", secret="s"))["OPTIONS"]
    assert (own["access_key"], own["security_token"]) == ("k", None)
    assert "security_token" not in backend_of(Bucket("files"))["OPTIONS"]
