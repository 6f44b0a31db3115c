"""What the scripts add: the composer, uploads, lists, keys, dialogs."""

import re

import pytest
from playwright.sync_api import FilePayload, Page, Request, Route, expect


@pytest.fixture
def desk(page: Page) -> Page:
    page.goto("/dev/components")
    page.evaluate("document.activeElement.blur()")
    return page


def file(name: str, size: int = 1000) -> FilePayload:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": b"x" * size}


def posts(page: Page, part: str) -> list[Request]:
    """Requests to addresses with `part`, as they come."""
    seen: list[Request] = []
    page.on("request", lambda request: seen.append(request) if part in request.url else None)
    return seen


def slowly(route: Route) -> None:
    """Lets a request wait, as a slow connection does."""
    route.request.frame.page.wait_for_timeout(400)
    route.continue_()


class TestComposer:
    def test_keeps_one_text_for_each_audience(self, desk: Page) -> None:
        text = desk.locator("#composer-text")
        desk.keyboard.press("Shift+N")
        expect(text).to_be_focused()
        expect(text).to_have_value("")
        desk.keyboard.type("for us alone")
        desk.get_by_text("Brightwater Freight", exact=True).and_(desk.locator("label")).click()
        expect(text).to_have_value("")
        expect(desk.get_by_role("button", name="Send to Brightwater Freight")).to_be_visible()
        expect(desk.get_by_role("button", name="Add to the internal record")).to_be_hidden()
        desk.get_by_text("Record", exact=True).click()
        expect(text).to_have_value("for us alone")

    def test_saves_a_draft_under_its_audience_and_says_so(self, desk: Page) -> None:
        saved = posts(desk, "/draft")
        desk.keyboard.press("n")
        desk.keyboard.type("a note")
        expect(desk.get_by_text(re.compile(r"Saved \d\d:\d\d")).last).to_be_visible()
        assert 'name="audience"\r\n\r\nteam' in (saved[-1].post_data or "")
        assert 'name="text"\r\n\r\na note' in (saved[-1].post_data or "")

    def test_keeps_what_the_server_did_not_get(self, desk: Page) -> None:
        desk.route("**/draft", lambda route: route.abort())
        desk.keyboard.press("n")
        desk.keyboard.type("not lost")
        expect(desk.get_by_text("Draft not saved")).to_be_visible()
        desk.on("dialog", lambda dialog: dialog.accept())
        desk.reload()
        desk.keyboard.press("Escape")
        desk.keyboard.press("n")
        expect(desk.locator("#composer-text")).to_have_value("not lost")

    def test_sends_by_control_and_enter_only_once_and_never_when_empty(self, desk: Page) -> None:
        sent = posts(desk, "/post")
        desk.keyboard.press("n")
        desk.keyboard.press("Control+Enter")
        desk.keyboard.type("one\ntwo")
        assert sent == []
        desk.route("**/post", slowly)
        with desk.expect_navigation():
            desk.evaluate(
                """() => {
                    const form = document.getElementById("composer");
                    for (const wait of [0, 50, 100]) setTimeout(() => form.requestSubmit(), wait);
                }"""
            )
        assert len(sent) == 1
        assert 'name="audience"\r\n\r\nteam' in (sent[0].post_data or "")

    def test_enter_in_a_line_does_not_send(self, desk: Page) -> None:
        sent = posts(desk, "/post")
        desk.locator(".composer summary").first.click()
        desk.get_by_label("Copies to these addresses").press("Enter")
        desk.wait_for_timeout(100)
        assert sent == []


class TestUpload:
    def test_takes_what_fits_and_says_why_it_does_not(self, desk: Page) -> None:
        desk.locator("#composer-customer input[type=file]").set_input_files(
            [
                file("a.png"),
                file("b.exe"),
                file("refused.png"),
                file("big.pdf", 6_000_000),
                file("empty.txt", 0),
            ]
        )
        rows = desk.locator("#composer-customer-list li")
        expect(rows).to_have_count(5)
        expect(rows.nth(0)).to_have_class("ok")
        for row, reason in enumerate(
            [
                "This kind of file is not accepted",
                "Its content is not what its name says.",
                "Too large",
                "is empty",
            ],
            1,
        ):
            expect(rows.nth(row)).to_have_class("bad")
            expect(rows.nth(row)).to_contain_text(reason)
        expect(desk.locator('input[name="attachments-customer"]')).to_have_count(1)

    def test_a_removed_file_is_not_sent_and_the_focus_stays_near(self, desk: Page) -> None:
        deleted = posts(desk, "/upload")
        desk.locator("#composer-customer input[type=file]").set_input_files([file("a.png"), file("b.png")])
        expect(desk.locator("#composer-customer-list li.ok")).to_have_count(2)
        desk.get_by_role("button", name="Remove a.png").click()
        expect(desk.get_by_role("button", name="Remove b.png")).to_be_focused()
        expect(desk.locator('input[name="attachments-customer"]')).to_have_count(1)
        assert deleted[-1].method == "DELETE"

    def test_a_form_waits_for_files_on_their_way(self, desk: Page) -> None:
        sent = posts(desk, "/post")
        desk.route("**/upload", slowly)
        desk.locator("#composer-customer input[type=file]").set_input_files([file("a.png")])
        desk.locator("#composer-text").press("Control+Enter")
        with desk.expect_navigation():
            pass
        assert len(sent) == 1
        assert 'name="attachments-customer"' in (sent[0].post_data or "")

    def test_dropped_files_are_taken_by_the_audience_in_sight(self, desk: Page) -> None:
        desk.keyboard.press("n")
        desk.evaluate(
            """() => {
                const data = new DataTransfer();
                data.items.add(new File(["x"], "dropped.png"));
                const drop = new DragEvent("drop", {dataTransfer: data, bubbles: true, cancelable: true});
                document.getElementById("composer").dispatchEvent(drop);
            }"""
        )
        expect(desk.locator("#composer-team-list li.ok")).to_have_count(1)
        expect(desk.locator("#composer-customer-list li")).to_have_count(0)


class TestList:
    def test_the_keyboard_walks_ticks_and_clears(self, desk: Page) -> None:
        bar = desk.get_by_role("toolbar")
        expect(bar).to_be_hidden()
        for key in "jjx":
            desk.keyboard.press(key)
        expect(desk.locator('tr[aria-current="true"]')).to_have_count(1)
        expect(desk.locator("tbody tr").nth(1)).to_have_attribute("aria-current", "true")
        expect(bar).to_contain_text("1 selected")
        assert desk.locator("[data-select-all]").evaluate("(box) => box.indeterminate")
        desk.keyboard.press("Escape")
        expect(bar).to_be_hidden()

    def test_all_and_ranges(self, desk: Page) -> None:
        boxes = desk.locator("[data-select]")
        boxes.nth(0).click()
        boxes.nth(2).click(modifiers=["Shift"])
        expect(desk.get_by_role("toolbar")).to_contain_text("3 selected")
        expect(desk.locator("[data-select-all]")).to_be_checked()
        desk.locator("[data-select-all]").click()
        expect(desk.get_by_role("toolbar")).to_be_hidden()


class TestKeys:
    def test_no_key_while_typing(self, desk: Page) -> None:
        desk.keyboard.press("/")
        box = desk.get_by_label("Search cases")
        expect(box).to_be_focused()
        desk.keyboard.type("nx?")
        expect(box).to_have_value("nx?")
        desk.keyboard.press("Escape")
        expect(box).not_to_be_focused()

    def test_a_sequence_follows_its_link(self, desk: Page) -> None:
        desk.evaluate("document.querySelector('[data-key=\"g i\"]').href = '#new-cases'")
        desk.keyboard.press("g")
        desk.keyboard.press("i")
        desk.wait_for_url("**#new-cases")


class TestDialogs:
    def test_a_dialog_opens_on_its_first_field_and_keeps_its_text(self, desk: Page) -> None:
        desk.get_by_role("button", name="Ask for a reason").click()
        dialog = desk.get_by_role("dialog", name="Close this case?")
        expect(dialog.get_by_label("Reason")).to_be_focused()
        dialog.get_by_label("Note").fill("typed")
        dialog.get_by_role("button", name="Cancel").click()
        expect(dialog).to_be_hidden()
        expect(desk.get_by_role("button", name="Ask for a reason")).to_be_focused()
        desk.get_by_role("button", name="Ask for a reason").click()
        expect(dialog.get_by_label("Note")).to_have_value("typed")

    def test_a_dialog_from_a_menu(self, desk: Page) -> None:
        desk.get_by_role("button", name="All actions").click()
        desk.get_by_role("button", name="Cancel the case").click()
        expect(desk.get_by_role("dialog", name="Close this case?")).to_be_visible()
        expect(desk.locator("#actions-menu")).to_be_hidden()

    def test_a_dialog_that_the_server_brings_opens_itself(self, desk: Page) -> None:
        form = '<form method="dialog"><h2>Brought</h2><button>Go</button></form>'
        answer = f'<dialog class="dialog" data-open>{form}</dialog>'
        desk.route("**/brought", lambda route: route.fulfill(body=answer, content_type="text/html"))
        desk.evaluate("htmx.ajax('GET', '/brought', '#dialogs')")
        expect(desk.get_by_role("heading", name="Brought")).to_be_visible()
        assert desk.locator("dialog:modal").count() == 1
        desk.keyboard.press("Escape")
        expect(desk.locator("#dialogs dialog")).to_have_count(0)

    def test_older_browsers_open_dialogs_too(self, desk: Page) -> None:
        desk.add_init_script("delete HTMLButtonElement.prototype.commandForElement")
        desk.route(
            "**/dev/components",
            lambda route: route.fulfill(
                response=(got := route.fetch()), body=got.text().replace("command=", "data-x=")
            ),
        )
        desk.reload()
        desk.evaluate(
            "for (const b of document.querySelectorAll('[data-x]')) b.setAttribute('command', b.dataset.x)"
        )
        desk.get_by_role("button", name="Ask for a reason").click()
        expect(desk.get_by_role("dialog")).to_be_visible()


class TestSmallThings:
    def test_a_failed_request_is_told(self, desk: Page) -> None:
        desk.route("**/broken", lambda route: route.fulfill(status=500, body="no"))
        desk.evaluate("htmx.ajax('GET', '/broken', '#dialogs').catch(() => 0)")
        expect(desk.locator("#toasts")).to_contain_text("did not work")

    def test_the_focus_goes_where_the_reader_goes_on(self, desk: Page) -> None:
        answer = '<p data-announce="Saved"><a href="#" data-focus>Next</a></p>'
        desk.route("**/saved", lambda route: route.fulfill(body=answer, content_type="text/html"))
        desk.evaluate("htmx.ajax('GET', '/saved', '#dialogs')")
        expect(desk.locator("[data-focus]")).to_be_focused()
        expect(desk.locator("#announcer")).to_have_text("Saved")

    def test_characters_are_counted(self, desk: Page) -> None:
        desk.get_by_label("Subject").fill("Lost")
        expect(desk.locator('[data-charcount="f-subject"]')).to_have_text("4 of 120")

    def test_a_toast_is_dismissed(self, desk: Page) -> None:
        toast = desk.locator("[data-toast]")
        toast.get_by_role("button", name="Dismiss").click()
        expect(toast).to_have_count(0)

    def test_times_stay_true(self, desk: Page) -> None:
        desk.evaluate(
            """() => {
                const time = document.querySelector("time[data-live=when]");
                time.dateTime = new Date(Date.now() - 5 * 60_000).toISOString();
                document.dispatchEvent(new Event("visibilitychange"));
            }"""
        )
        expect(desk.locator("time[data-live=when]").first).to_have_text(re.compile(r"5 min\w* ago"))


class TestPalette:
    @pytest.fixture(autouse=True)
    def nothing_found(self, page: Page) -> None:
        """What the server finds is asked for in tests/desk/test_palette.py."""
        page.route("**/desk/palette**", lambda route: route.fulfill(body="", content_type="text/html"))

    def test_offers_what_the_page_can_do(self, desk: Page) -> None:
        desk.keyboard.press("Control+k")
        box = desk.get_by_role("combobox", name="Command or case")
        expect(box).to_be_focused()
        offers = desk.locator("#palette").get_by_role("option")
        expect(offers.get_by_text("Transfer", exact=True)).to_be_visible()
        box.fill("ask for")
        expect(offers).to_have_text([re.compile("Ask for a reason"), re.compile("Search all")])
        expect(offers.first).to_have_attribute("aria-selected", "true")
        chosen = offers.first.get_attribute("id")
        expect(box).to_have_attribute("aria-activedescendant", chosen or "")

    def test_runs_what_is_chosen(self, desk: Page) -> None:
        desk.keyboard.press("Control+k")
        desk.keyboard.type("reason")
        desk.keyboard.press("Enter")
        expect(desk.get_by_role("dialog", name="Close this case?")).to_be_visible()
        expect(desk.locator("#palette")).to_be_hidden()

    def test_looks_for_cases_by_the_words(self, desk: Page) -> None:
        desk.keyboard.press("Control+k")
        desk.keyboard.type("walnut & co")
        expect(desk.get_by_role("option", name="Search all cases for “walnut & co”")).to_be_visible()
        desk.route("**/desk/cases/**", lambda route: route.fulfill(body="", content_type="text/html"))
        desk.keyboard.press("ArrowUp")
        desk.keyboard.press("Enter")
        desk.wait_for_url("**/desk/cases/?view=all&q=walnut%20%26%20co")
