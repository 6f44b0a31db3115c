"""Mails that Amazon's mail service lays down in a bucket."""

import pytest

from caseway.demo.cast import make_cast
from caseway.mail.models import Mailbox, RawMail
from caseway.mail.tests.mails import SUPPORT, mail
from caseway.mail.webhooks import amazon
from caseway.mail.webhooks.tests.test_amazon import KIM, SECRET, bring, received
from config.mailing import mail_hooks
from config.storages import backend_of

from .conftest import NAME

pytestmark = pytest.mark.django_db


def test_it_is_had_from_the_bucket_of_the_settings_alone(client, settings, bucket, monkeypatch):
    settings.MAIL_HOOKS = {hook.provider: hook for hook in mail_hooks(f"amazon_ses:{SECRET}")}
    settings.STORAGES = settings.STORAGES | {"mail": backend_of(bucket.address(folder=""))}
    Mailbox.objects.create(address=SUPPORT, organisation=make_cast().larkfield)
    raw = mail(KIM, files={"pallet.bin": b"p" * 2_000_000})
    bucket.client().put_object(Bucket=NAME, Key="mails/in/one", Body=raw)

    def brought(name: str, key: str) -> int:
        note = received({"type": "S3", "bucketName": name, "objectKey": key})
        return int(bring(client, "inbound", note).status_code)

    assert brought(NAME, "mails/in/one") == 200
    stored = RawMail.objects.get()
    assert (bytes(stored.content), stored.recipients) == (raw, [SUPPORT])
    assert brought("another-bucket", "mails/in/one") == 422
    assert brought(NAME, "mails/in/two") == 503
    monkeypatch.setattr(amazon, "MOST_BYTES", 1000)
    assert brought(NAME, "mails/in/one") == 413
    assert RawMail.objects.count() == 1
