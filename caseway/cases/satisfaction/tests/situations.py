"""A case that was closed, and the mail that asks about it."""

import re
from datetime import timedelta

from django.test import Client

from caseway.accounts.models import Person
from caseway.cases.lifecycle import actions as lifecycle
from caseway.cases.models import Case, Closure
from caseway.cases.tests.story import closure_reason, fresh, raised_by_kim
from caseway.demo.cast import Cast
from caseway.mail.models import Delivery

LINK = re.compile(r"https?://[^/]+(/satisfaction/[^/\s]+/)\?answer=(\w+)")


def close(cast: Cast, case: Case) -> Case:
    """Lea closes the case."""
    lifecycle.close(case, by=cast.at_desk(cast.lea), reason=closure_reason(cast).pk, note="done")
    return fresh(case)


def closed_case(cast: Cast) -> Case:
    """Kim's case, closed a moment ago."""
    return close(cast, raised_by_kim(cast))


def long_ago(case: Case, days: int) -> None:
    """Put the closings of the case into the past."""
    for closure in case.closures.all():
        Closure.objects.filter(pk=closure.pk).update(at=closure.at - timedelta(days=days))


def links_in_the_mail(case: Case) -> dict[str, str]:
    """The addresses of the answers in the latest closing mail to Kim, by answer."""
    mail = Delivery.objects.filter(case=case, purpose="solved", address="kim@orchid.example").latest("pk")
    return {answer: path for path, answer in LINK.findall(mail.text)}


def address_in_the_mail(case: Case) -> str:
    """The address of the page, without an answer."""
    return links_in_the_mail(case)["good"]


def browser(person: Person | None = None, host: str = "larkfield.localhost", **headers: str) -> Client:
    """A browser at the portal, signed in as the person if any."""
    client = Client(headers={"host": host, **headers})
    if person is not None:
        client.force_login(person)
    return client
