"""Browsers without scripts for the tests of desk pages."""

from django.test import Client

from caseway.accounts.models import Person
from caseway.cases.models import Case


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
        """Send the form of an operation."""
        return self.post(self.url(name), data)

    def ask(self, name: str, **query: str):
        """Open the form of an operation."""
        return self.get(self.url(name), query)

    def read(self) -> str:
        """The case's page, as text."""
        return self.get(self.url()).content.decode()


def words_of(answer) -> str:
    """The body of an answer, as text."""
    return str(answer.content, "utf-8")
