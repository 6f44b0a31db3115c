"""What people do in these tests."""

import re
from typing import Any

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from caseway.accounts import jobs
from caseway.demo.password import PASSWORD

SIGN_IN = "/accounts/login/"
NEW = "seven blue kettles"


def sign_in(client: Client, address: str, password: str = PASSWORD, **more: str) -> Any:
    return client.post(SIGN_IN, {"login": address, "password": password, **more})


def is_signed_in(client: Client) -> bool:
    return client.get(reverse("account_change_password")).status_code == 200


def ask_for_link(client: Client, address: str, **headers: str) -> Any:
    return client.post(reverse("account_reset_password"), {"email": address}, headers=headers)


def let_the_worker_run() -> None:
    """Do the waiting jobs of accounts, as the worker would."""
    for job in ProcrastinateJob.objects.filter(status="todo", task_name__startswith="accounts.").order_by(
        "id"
    ):
        getattr(jobs, job.task_name.split(".")[1])(**job.args)
    ProcrastinateJob.objects.all()._raw_delete("default")


def mailed_link() -> str:
    """The path of the link in the last mail."""
    found = re.search(r"http://localhost:8000(/accounts/password/reset/key/\S+)", str(mail.outbox[-1].body))
    assert found
    return found.group(1)


def count_hashes(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A list that gets longer with each password that is hashed."""
    done: list[str] = []
    encode = MD5PasswordHasher.encode

    def counted(self: MD5PasswordHasher, password: str, salt: str) -> str:
        done.append("hash")
        return encode(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    return done


def without_tokens(text: str) -> str:
    """A page without what differs each time."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", text)
    return re.sub(r"hx-headers=\"[^\"]+\"", "", text)
