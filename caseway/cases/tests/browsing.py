"""Browsers without scripts for the tests of desk pages."""

from django.test import Client

from caseway.accounts.models import Person
from caseway.cases.conversation.waiting import send_due
from caseway.cases.models import Case, Draft
from caseway.core.clock import now


class Desk(Client):
    """A browser in which somebody is signed in, at the addresses of one case."""

    def __init__(self, person: Person, case: Case | None = None) -> None:
        super().__init__()
        self.case = case
        self.force_login(person)

    def url(self, name: str = "") -> str:
        """The address of the case's page, or of an operation on it."""
        assert self.case is not None
        return f"/desk/cases/{self.case.number}" + (f"/{name}" if name else "")

    def do(self, name: str, **data: object):
        """Send the form of an operation. What can be taken back for some seconds is sent by then."""
        answer = self.post(self.url(name), data)
        if name == "messages":
            time_passes(self.case)
        return answer

    def ask(self, name: str, **query: str):
        """Open the form of an operation."""
        return self.get(self.url(name), query)

    def read(self) -> str:
        """The case's page, as text."""
        return self.get(self.url()).content.decode()


def time_passes(case: Case | None) -> None:
    """The time to take messages back is over: the worker sends them."""
    waiting = Draft.objects.filter(case=case, sends_at__isnull=False)
    waiting.update(sends_at=now())
    for key in waiting.order_by("pk").values_list("pk", flat=True):
        send_due(key)


def words_of(answer) -> str:
    """The body of an answer, as text."""
    return str(answer.content, "utf-8")
