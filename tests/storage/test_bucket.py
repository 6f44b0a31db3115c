"""A bucket behind the face of a folder; what goes wrong is said in one line, in time, and without secrets."""

import os
import socket
import subprocess
import sys
import threading
from urllib.parse import quote

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from caseway.core.health import checks, probes
from caseway.core.storage.trying import trouble, try_out
from config.values import ROOT
from tests.ports import free_port

from .answering import Answering
from .conftest import FOLDER, KEY, NAME, SECRET


def said(call) -> str:
    with pytest.raises(OSError) as caught:
        call()
    line = str(caught.value)
    assert "\n" not in line
    assert SECRET not in line
    return line


def test_what_is_written_is_read_and_deleted(bucket):
    content = bytes(range(256)) * 40_000  # 10 MB: in several parts
    name = default_storage.save("files/1/ab/cd", ContentFile(content))
    assert bucket.objects() == [f"{FOLDER}/files/1/ab/cd"]
    with default_storage.open(name) as file:
        assert file.read(3) == content[:3]
        file.seek(9_000_000)
        assert file.read() == content[9_000_000:]
    assert default_storage.exists(name)
    default_storage.delete(name)
    default_storage.delete(name)
    assert not default_storage.exists(name)
    assert bucket.objects() == []


def test_what_is_missing_is_missing(bucket):
    with pytest.raises(FileNotFoundError):
        default_storage.open("files/1/ab/none")


def test_objects_are_private_and_have_no_address(bucket):
    name = default_storage.save("files/1/ab/page.html", ContentFile(b"<script>"))
    found = bucket.client().get_object_acl(Bucket=NAME, Key=f"{FOLDER}/{name}")
    assert [grant["Grantee"]["Type"] for grant in found["Grants"]] == ["CanonicalUser"]
    with pytest.raises(NotImplementedError):
        default_storage.url(name)


def test_many_threads_share_a_connection(bucket):
    contents = {f"files/1/{n:02d}/x": bytes([n]) * 50_000 for n in range(24)}

    def there_and_back(name):
        default_storage.save(name, ContentFile(contents[name]))
        with default_storage.open(name) as file:
            found[name] = file.read()

    found: dict[str, bytes] = {}
    threads = [threading.Thread(target=there_and_back, args=[name]) for name in contents]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == contents


def test_all_is_well(bucket):
    try_out()
    assert bucket.objects() == []
    assert trouble() == ""
    assert list(checks.files_are_kept()) == []


def test_a_bucket_that_is_not_there(bucket, keep_in):
    keep_in(bucket.address(name="other-files"))
    assert said(try_out) == f"there is no bucket other-files at {bucket.endpoint}"
    assert trouble() == f"there is no bucket other-files at {bucket.endpoint}"


def test_no_credentials(bucket, keep_in, monkeypatch, tmp_path):
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    for name in ("AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"):
        monkeypatch.setenv(name, str(tmp_path / "none"))
    keep_in(bucket.address(key="", secret=""))
    assert said(try_out).startswith("there are no credentials: write them into the address")


def test_credentials_of_the_environment(bucket, keep_in, monkeypatch):
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", KEY)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
    keep_in(bucket.address(key="", secret=""))
    try_out()


@pytest.mark.parametrize(
    ("status", "code", "words"),
    [
        (403, "SignatureDoesNotMatch", "refuses the credentials"),
        (404, "NoSuchBucket", "there is no bucket caseway-files"),
        (507, "InsufficientStorage", "answers 507 (InsufficientStorage)"),
    ],
)
def test_a_refusal_is_put_in_words(keep_in, bucket, status, code, words):
    with Answering(status, code) as port:
        keep_in(bucket.address(endpoint=f"http://127.0.0.1:{port}"))
        assert words in said(lambda: default_storage.save("x", ContentFile(b"x")))


def test_nobody_listens(bucket, keep_in):
    endpoint = f"http://127.0.0.1:{free_port()}"
    keep_in(bucket.address(endpoint=endpoint))
    assert said(try_out) == f"{endpoint} does not answer"
    assert probes.storage() == "ok, but attachments can't be kept or read"
    assert "does not answer" in next(iter(checks.files_are_kept())).wrong


def test_a_silent_server_is_asked_once_and_not_again_for_a_while(bucket, keep_in):
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        keep_in(bucket.address(endpoint=f"http://127.0.0.1:{silent.getsockname()[1]}"))
        assert trouble().endswith("does not answer")
        assert trouble().endswith("does not answer")
        silent.setblocking(False)
        silent.accept()[0].close()
        with pytest.raises(BlockingIOError):
            silent.accept()


def test_a_passing_weakness_is_tried_over(bucket, keep_in):
    with Answering(503, "SlowDown", times=2, then=bucket.port) as port:
        keep_in(bucket.address(endpoint=f"http://127.0.0.1:{port}"))
        name = default_storage.save("files/1/ab/again", ContentFile(b"again"))
    assert f"{FOLDER}/{name}" in bucket.objects()


TALKATIVE = """
import django
django.setup()
import structlog
from django.core.files.storage import default_storage
from caseway.core.storage.trying import try_out
try_out()
default_storage._wrapped.endpoint_url = "http://127.0.0.1:1"
del default_storage._wrapped._connection, default_storage._wrapped._bucket
default_storage._wrapped._bucket = None
try:
    try_out()
except OSError:
    structlog.get_logger("caseway.test").exception("failed")
"""


def test_no_secret_is_logged_however_much_is(bucket, tmp_path):
    settings = {
        "CASEWAY_STORAGE_URL": f"s3://{KEY}:{quote(SECRET, safe='')}@{NAME}?endpoint={bucket.endpoint}",
        "CASEWAY_DATA_DIR": str(tmp_path),
        "CASEWAY_LOG_LEVEL": "debug",
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    run = [sys.executable, "-c", TALKATIVE]
    ended = subprocess.run(
        run, cwd=ROOT, env=os.environ | settings, capture_output=True, text=True, check=True
    )
    assert "127.0.0.1:1 does not answer" in ended.stderr
    for secret in (SECRET, quote(SECRET, safe=""), "Signature", KEY):
        assert secret not in ended.stderr + ended.stdout


def test_folders_import_no_client(tmp_path):
    """An installation with a folder pays neither memory nor time for buckets."""
    code = (
        "import django, sys; django.setup()\n"
        "from caseway.core.storage.trying import try_out; try_out()\n"
        "print([name for name in sys.modules if name.split('.')[0] in ('boto3', 'botocore', 'storages')])"
    )
    settings = {"CASEWAY_DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "config.settings"}
    run = [sys.executable, "-c", code]
    ended = subprocess.run(
        run, cwd=ROOT, env=os.environ | settings, capture_output=True, text=True, check=True
    )
    assert ended.stdout == "[]\n"
