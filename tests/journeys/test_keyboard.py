"""A queue of twenty cases emptied by keyboard alone, with what each step took."""

import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import make_msgid

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Window
from tests.journeys.installation import Installation
from tests.journeys.test_first_click_to_last_reply import until_seen

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journeys")]

CASES = 20
CLOSED_EACH = 5
"""Every fifth case is closed with a reason; the others wait for their customer."""


@dataclass
class Hands:
    """Somebody who has a keyboard only; counts what is pressed and how long each step takes."""

    page: Page
    strokes: Counter[str] = field(default_factory=Counter)
    took: dict[str, list[float]] = field(default_factory=dict)
    step: str = ""

    @contextmanager
    def doing(self, step: str) -> Iterator[None]:
        """One step, from its first key to its visible end."""
        self.step, began = step, time.perf_counter()
        yield
        self.took.setdefault(step, []).append(time.perf_counter() - began)

    def press(self, *keys: str) -> None:
        """One stroke for each key, or keys held together."""
        for key in keys:
            self.page.keyboard.press(key)
            self.strokes[self.step] += 1

    def write(self, words: str) -> None:
        """One stroke for each letter."""
        self.page.keyboard.type(words)
        self.strokes[self.step] += len(words)

    def report(self) -> str:
        """A table: strokes and seconds for each step of one case."""
        lines = [f"{'step':<10}{'strokes per case':>18}{'median ms':>12}{'slowest ms':>12}"]
        for step, seconds in self.took.items():
            ordered = sorted(seconds)
            lines.append(
                f"{step:<10}{self.strokes[step] / len(seconds):>18.1f}"
                f"{ordered[len(ordered) // 2] * 1000:>12.0f}{ordered[-1] * 1000:>12.0f}"
            )
        whole = sum(map(sum, self.took.values()))
        lines.append(f"{self.strokes.total()} strokes, {whole:.1f} s in all")
        return "\n".join(lines)


def test_a_queue_is_emptied_by_keyboard_alone(
    installation: Installation,
    window: Window,
    picture: Callable[[Page, str], None],
    capsys: pytest.CaptureFixture[str],
) -> None:
    for n in range(1, CASES + 1):
        installation.deliver(mail(n), to="support@larkfield.example")
    ana = window(installation.desk, "ana@larkfield.example")
    ana.goto("/desk/cases/?view=new&q=quillet&sort=created")
    until_seen(ana, f"{CASES} cases")
    hands = Hands(ana)
    ana.goto("/desk/cases/")

    with hands.doing("find"):
        hands.press("g", "i")
        expect(ana).to_have_url(re.compile(r"view=new$"))
        hands.press("/")
        hands.write("quillet")
        hands.press("Enter")
        expect(ana.get_by_role("status").get_by_text(f"{CASES} cases")).to_be_visible()
    with hands.doing("open"):
        hands.press("j", "o")
        expect(ana.locator("#composer-text")).to_be_visible()
    for n in range(1, CASES + 1):
        number = ana.locator(".crumb .here").inner_text()
        take(hands, ana)
        if n == 1:
            picture(ana, "taken")
        if n % CLOSED_EACH == 0:
            close(hands, ana)
        else:
            answer(hands, ana)
        if n < CASES:
            with hands.doing("next"):
                hands.press("j")
                expect(ana.locator(".crumb .here")).not_to_have_text(number)
    picture(ana, "last-one-done")

    with hands.doing("look"):
        hands.press("g", "i")
        expect(ana).to_have_url(re.compile(r"view=new$"))
        hands.press("/")
        hands.write("quillet")
        hands.press("Enter")
        expect(ana.get_by_text("No case matches “quillet” in New cases")).to_be_visible()
    picture(ana, "queue-is-empty")
    ana.goto("/desk/cases/?view=my-active&q=quillet&status=pending_customer")
    until_seen(ana, f"{CASES - CASES // CLOSED_EACH} cases")
    with capsys.disabled():
        sys.stdout.write(f"\n{hands.report()}\n")
    per_case = sum(hands.strokes[step] for step in ("take", "answer", "close", "next")) / CASES
    assert per_case <= 20, f"{per_case} strokes for a case"


def mail(n: int) -> EmailMessage:
    """A customer's question about the quillet."""
    asked = EmailMessage()
    asked["From"] = f"Buyer {n} <buyer{n}@keyboard.example>"
    asked["To"] = "support@larkfield.example"
    asked["Subject"] = f"Where is my quillet, no. {n}"
    asked["Message-ID"] = make_msgid(domain="keyboard.example")
    asked.set_content(f"My quillet has not arrived. This is letter {n}.")
    return asked


def take(hands: Hands, page: Page) -> None:
    """Claim the case."""
    with hands.doing("take"):
        hands.press("t")
        expect(page.locator("#stream")).to_contain_text("claimed the case")


def answer(hands: Hands, page: Page) -> None:
    """The first canned answer, sent; Pending from customer follows when the time to undo is over."""
    with hands.doing("answer"):
        hands.press("r", "/")
        option = page.locator(".insertbox [role=option]").first
        expect(option).to_be_visible()
        hands.press("Enter")
        expect(page.locator("#composer-text")).not_to_have_value("")
        expect(page.locator("#composer-text")).not_to_have_value("/")
        hands.press("Control+Enter")
        expect(page.locator("cw-waiting")).to_be_visible()
        hands.press("Escape")


def close(hands: Hands, page: Page) -> None:
    """Close it with a reason."""
    with hands.doing("close"):
        hands.press("e")
        dialog = page.get_by_role("dialog", name="Close")
        expect(dialog.get_by_label("Reason")).to_be_focused()
        hands.press("ArrowDown", "Tab")
        hands.write("Sent again")
        hands.press("Control+Enter")
        expect(page.locator(".casetitle .status")).to_contain_text("Closed")
        expect(dialog).to_have_count(0)
