"""The steps of raising a case as a browser without scripts takes them."""

import re
from html import unescape
from typing import Any
from uuid import UUID

from django.test import Client

from caseway.accounts.models import Person
from caseway.cases.models import CaseDraft, Category
from caseway.cases.types import CaseType
from caseway.demo.cast import Cast
from caseway.portal.tests.people import browser

NEW = "/portal/cases/new/"


def item(cast: Cast, case_type: CaseType = CaseType.DAMAGED) -> Category:
    return Category.objects.get(organisation=cast.larkfield, case_type=case_type, parent__isnull=False)


class Way:
    """Somebody on the way: a browser, and the draft that it began."""

    def __init__(self, cast: Cast, person: Person, *, client: Client | None = None, key: UUID | None = None):
        self.cast, self.client = cast, client or browser(person)
        self.key = key or UUID(int=0)

    def begin(self, category: Category | None = None, /, **more: str) -> "Way":
        """Choose an item (that of damaged goods unless told)."""
        answer = self.client.post(NEW, {"category": str((category or item(self.cast)).pk), **more})
        assert answer.status_code == 302, answer.content.decode()
        found = re.search(r"new/([0-9a-f-]{36})/guidance/", answer["Location"])
        assert found
        self.key = UUID(found[1])
        return self

    def url(self, step: str = "") -> str:
        return f"{NEW}{self.key}/{step}/" if step else f"{NEW}{self.key}/"

    def see(self, step: str) -> str:
        """The page of a step."""
        answer = self.client.get(self.url(step))
        assert answer.status_code == 200, (step, answer.status_code, answer.headers.get("Location"))
        return unescape(answer.content.decode())

    def send(self, step: str, do: str, page: str = "", **fields: Any) -> Any:
        """Send a step by one of its buttons; `page` is the page that was seen, for its hidden fields."""
        return self.client.post(self.url(step), {**hidden(page), "do": do, **fields})

    def autosave(self, step: str, page: str = "", **fields: Any) -> Any:
        """What the script sends while somebody types."""
        return self.client.post(self.url("draft"), {**hidden(page), "step": step, **fields})

    @property
    def draft(self) -> CaseDraft:
        return CaseDraft.objects.get(pk=self.key)


def hidden(page: str) -> dict[str, str]:
    """The hidden fields that say which page this is and what it has seen."""
    found = {name: re.search(rf'name="{name}" value="([^"]*)"', page) for name in ("page", "seen")}
    return {name: match[1] for name, match in found.items() if match}
