"""What people do in these tests: read the mail, follow its link."""

import re
from typing import Any

from django.test import Client

from caseway.customers.invitations.actions import invite
from caseway.customers.models import Invitation
from caseway.demo.cast import Cast
from caseway.mail.models import Delivery

NEW = "noa@orchid.example"
PASSWORD = "seven blue kettles"
GARDEN = "larkfield.localhost"


def invite_noa(cast: Cast, **more: Any) -> Invitation:
    """Kim invites a colleague whom nobody knows yet."""
    return invite(cast.orchid, by=cast.in_portal(cast.kim), name="Noa Berg", email=NEW, **more)


def last_mail(address: str = NEW) -> Delivery:
    return Delivery.objects.filter(address=address).latest("pk")


def mailed_path(address: str = NEW) -> str:
    """The path of the link in the last mail to the address."""
    found = re.search(r"http://[\w.]+:8000(/accounts/invitation/\S+)", last_mail(address).text)
    assert found, last_mail(address).text
    return found[1]


def join_by(client: Client, path: str, password: str = PASSWORD, **more: str) -> Any:
    typed = {"name": "Noa Berg", "password1": password, "password2": password, **more}
    return client.post(path, typed)
