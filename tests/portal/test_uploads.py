"""Files on their way from a browser: refused with words, broken off, gone on with, never in the way."""

import hashlib
import re
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Locator, Page, expect

from caseway.cases.files.storing import open_stored
from caseway.cases.models import Attachment, Case, Upload
from caseway.cases.tests.story import raised_by_kim
from caseway.demo.cast import Cast
from tests.portal.conftest import Window

MB = 1_000_000


def large(folder: Path, name: str, size: int) -> Path:
    made = folder / name
    made.write_bytes(b"%PDF-1.7" + hashlib.shake_256(name.encode()).digest(size - 8))
    return made


def begin(page: Page, cast: Cast) -> Case:
    case = raised_by_kim(cast)
    page.goto(f"/portal/cases/{case.number}/")
    page.wait_for_load_state("networkidle")
    return case


def choose(page: Page, *files: Path) -> None:
    page.locator("cw-upload input[type=file]").set_input_files(list(files))


def rows(page: Page) -> Locator:
    return page.get_by_role("list", name="Your files").get_by_role("listitem")


HEARING = """() => {
  window.heard = [];
  const listen = () => heard.push(document.getElementById("announcer")?.textContent ?? "");
  const all = { childList: true, characterData: true, subtree: true };
  new MutationObserver(listen).observe(document.body, all);
}"""
"""Keeps all that is announced: the page tells of its own line as well, in the same place."""


class Line:
    """The line of a page, which can be slow, or cut."""

    def __init__(self, page: Page) -> None:
        self.devtools = page.context.new_cdp_session(page)
        self.devtools.send("Network.enable")

    def carries(self, bytes_a_second: int, *, is_cut: bool = False) -> None:
        """From now on."""
        self.devtools.send(
            "Network.emulateNetworkConditions",
            {
                "offline": is_cut,
                "latency": 5,
                "downloadThroughput": -1,
                "uploadThroughput": bytes_a_second,
            },
        )


def parts_sent(page: Page) -> list[str]:
    """Where the parts that were taken begin, in turn."""
    taken: list[str] = []

    def note(response: Any) -> None:
        found = re.search(r"/parts/(\d+)$", response.url)
        if found and response.status == 204:
            taken.append(found[1])

    page.on("response", note)
    return taken


def is_kept(file: Path) -> bool:
    """Whether the file is there to the last byte."""
    kept = Attachment.objects.select_related("file").get(name=file.name)
    with open_stored(kept.file) as content:
        return bool(content.read() == file.read_bytes())


def test_of_three_files_one_is_refused_and_two_are_sent(window: Window, people: Cast, tmp_path: Path) -> None:
    page = window(people.kim)
    case = begin(page, people)
    fake = tmp_path / "damage.pdf"
    fake.write_bytes(b"MZ" + b"\0" * 2 * MB)
    good = [large(tmp_path, "note.pdf", 30_000), large(tmp_path, "photos.pdf", 3 * MB + 5)]
    choose(page, good[0], fake, good[1])
    expect(page.locator(".uploads .ok")).to_have_count(2)
    expect(rows(page).nth(1)).to_have_class("bad")
    expect(rows(page).nth(1)).to_contain_text("its content is not what its name says")
    page.get_by_role("button", name="Remove damage.pdf").press("Enter")
    expect(page.get_by_role("button", name="Remove photos.pdf")).to_be_focused()
    page.get_by_label("Your comment").fill("See the papers.")
    page.get_by_role("button", name="Submit").click()
    expect(page.locator(".bubble")).to_have_count(2)
    sent = case.messages.get(text="See the papers.").attachments.all()
    assert {file.name for file in sent} == {"note.pdf", "photos.pdf"}
    assert all(map(is_kept, good))
    assert not Upload.objects.filter(name="damage.pdf").exists()


def test_a_line_that_is_cut_in_the_middle_costs_no_part_twice(
    window: Window, people: Cast, tmp_path: Path
) -> None:
    page, file = window(people.kim), large(tmp_path, "photos.pdf", 8 * MB)
    begin(page, people)
    line, taken = Line(page), parts_sent(page)
    page.evaluate(HEARING)
    line.carries(2 * MB)
    with page.expect_response(re.compile("/parts/1000000$")):
        choose(page, file)
    line.carries(2 * MB, is_cut=True)
    expect(rows(page)).to_have_class("waiting")
    expect(rows(page)).to_contain_text("The connection is lost. It goes on by itself")
    page.wait_for_function("heard.some(words => words.includes('photos.pdf: The connection is lost'))")
    before = list(taken)
    line.carries(-1)
    expect(rows(page)).to_have_class("ok")
    assert before[:2] == ["0", "1000000"]
    assert sorted(map(int, taken)) == [n * MB for n in range(8)]
    assert is_kept(file)


def test_after_a_reload_the_same_file_goes_on_where_it_was(
    window: Window, people: Cast, tmp_path: Path
) -> None:
    page, file = window(people.kim), large(tmp_path, "photos.pdf", 6 * MB)
    begin(page, people)
    line, taken = Line(page), parts_sent(page)
    line.carries(2 * MB)
    with page.expect_response(re.compile("/parts/2000000$")):
        choose(page, file)
    page.reload()
    expect(rows(page)).to_have_class("lost")
    told = re.compile(r"([345]) MB have arrived. Choose the same file again")
    expect(rows(page)).to_contain_text(told)
    arrived = int(told.findall(rows(page).inner_text())[0])
    taken.clear()
    line.carries(-1)
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Choose it: photos.pdf").press("Enter")
    chooser.value.set_files(file)
    expect(rows(page)).to_have_count(1)
    expect(rows(page)).to_have_class("ok")
    goes_on_at = int(taken[0]) // MB
    assert goes_on_at in {arrived, arrived + 1}  # the one under way at the reload may come all the same
    assert taken == [str(n * MB) for n in range(goes_on_at, 6)]
    assert is_kept(file)


def test_another_file_of_the_same_name_begins_anew(window: Window, people: Cast, tmp_path: Path) -> None:
    page, file = window(people.kim), large(tmp_path, "photos.pdf", 3 * MB)
    begin(page, people)
    Line(page).carries(MB)
    with page.expect_response(re.compile("/parts/0$")):
        choose(page, file)
    page.reload()
    expect(rows(page)).to_have_class("lost")
    file.write_bytes(b"%PDF-1.7" + b"x" * (3 * MB - 8))
    choose(page, file)
    expect(page.locator(".uploads .ok")).to_have_count(1)
    expect(page.locator(".uploads .lost")).to_have_count(1)
    assert is_kept(file)
    page.locator(".uploads .lost").get_by_role("button", name="Remove photos.pdf").click()
    expect(rows(page)).to_have_count(1)


def test_forty_megabytes_on_a_slow_line_while_others_are_served(
    window: Window, people: Cast, tmp_path: Path
) -> None:
    page, other = window(people.kim), window(people.kim)
    file = large(tmp_path, "drawings.pdf", 40 * MB)
    begin(page, people)
    Line(page).carries(8 * MB)
    choose(page, file)
    expect(rows(page)).to_contain_text(re.compile(r"of 40 MB"))
    for _ in range(3):
        other.goto("/portal/cases/")
        expect(other.get_by_role("link", name="Sideboard arrived broken", exact=True)).to_be_visible()
    bar = page.get_by_role("progressbar", name="Upload of drawings.pdf")
    expect(bar).to_be_visible()
    expect(rows(page)).to_have_class("ok", timeout=60_000)
    assert is_kept(file)


def test_removing_one_on_its_way_stops_it(window: Window, people: Cast, tmp_path: Path) -> None:
    page, file = window(people.kim), large(tmp_path, "photos.pdf", 5 * MB)
    begin(page, people)
    Line(page).carries(MB)
    with page.expect_response(re.compile("/parts/0$")):
        choose(page, file)
    with page.expect_response(lambda answer: answer.request.method == "DELETE" and answer.ok):
        page.get_by_role("button", name="Remove photos.pdf").click()
    expect(rows(page)).to_have_count(0)
    assert not Upload.objects.exists()
    page.reload()
    expect(rows(page)).to_have_count(0)


def test_a_session_that_ran_out_is_said_and_nothing_is_lost(
    window: Window, people: Cast, tmp_path: Path
) -> None:
    page, file = window(people.kim), large(tmp_path, "photos.pdf", 4 * MB)
    begin(page, people)
    Line(page).carries(2 * MB)
    with page.expect_response(re.compile("/parts/0$")):
        choose(page, file)
    key = next(cookie["value"] for cookie in page.context.cookies() if cookie["name"] == "session")
    import_module(settings.SESSION_ENGINE).SessionStore(key).delete()
    expect(rows(page)).to_contain_text("You have been signed out. Sign in again in another tab")
    client = Client()
    client.force_login(people.kim)
    base = page.url.split("/portal/")[0]
    page.context.add_cookies([{"name": "session", "value": client.cookies["session"].value, "url": base}])
    page.get_by_role("button", name="Try again: photos.pdf").press("Enter")
    expect(page.get_by_role("button", name="Remove photos.pdf")).to_be_focused()
    expect(rows(page)).to_have_class("ok")
    assert is_kept(file)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_every_state_has_a_look(
    window: Window, people: Cast, tmp_path: Path, width: int, scheme: str, request: Any
) -> None:
    """Nothing sticks out, whatever a row says; pictures are for people to look at."""
    page = window(people.kim, viewport={"width": width, "height": 900}, color_scheme=scheme)
    begin(page, people)
    long = large(tmp_path, f"{'a very long name of a photo ' * 5}.pdf", 3 * MB)
    line = Line(page)
    line.carries(MB)
    with page.expect_response(re.compile("/parts/0$")):
        choose(page, long)
    page.reload()
    expect(rows(page)).to_have_class("lost")
    (tmp_path / "run.exe").write_bytes(b"MZ")
    choose(page, tmp_path / "run.exe", large(tmp_path, "proof.pdf", 5000))
    expect(page.locator(".uploads .ok")).to_have_count(1)
    line.carries(MB // 2)
    choose(page, large(tmp_path, "drawings.pdf", 20 * MB))
    expect(rows(page).last).to_contain_text("of 20 MB")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.locator(".replybox").screenshot(path=tmp_path / f"uploads-{width}-{scheme}.png")
    line.carries(MB, is_cut=True)
    expect(rows(page).last).to_have_class("waiting")
    page.locator(".replybox").screenshot(path=tmp_path / f"uploads-{width}-{scheme}-cut.png")
    line.carries(-1)
    expect(rows(page).last).to_have_class("ok", timeout=60_000)
