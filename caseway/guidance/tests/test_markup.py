"""What is written in a guide can neither run nor fetch nor lead anywhere unsafe."""

import pytest

from caseway.guidance.markup import as_html, as_text

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<iframe src=https://evil.example></iframe>",
    "<a href=javascript:alert(1)>x</a>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](java\nscript:alert(1))",
    "[x](vbscript:x)",
    "[x](data:text/html,<script>alert(1)</script>)",
    "[x]: javascript:alert(1)\n\n[x]",
    "<javascript:alert(1)>",
    '[x](https://e.example "\\" onclick=\\"alert(1)")',
    "![x](https://evil.example/pixel.png)",
    "![x](javascript:alert(1))",
    "`<script>alert(1)</script>`",
    "```html\n<script>alert(1)</script>\n```",
    "| <script>alert(1)</script> |\n|---|\n| <img src=x onerror=1> |",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<style>*{display:none}</style>",
    '<form action="https://evil.example"><input name=password></form>',
]


@pytest.mark.parametrize("markdown", HOSTILE)
def test_nothing_runs_and_nothing_is_fetched(markdown: str) -> None:
    html = str(as_html(markdown))
    tags = html.replace("&lt;", "").lower()
    for sign in ("<script", "<img", "<svg", "<iframe", "<style", "<form", "<input", 'javascript:alert(1)"'):
        assert sign not in tags, html
    assert 'href="javascript' not in tags
    assert 'href="data' not in tags
    assert not [part for part in tags.split("<")[1:] if " on" in part.split(">")[0].split('"')[0::2][-1]]


def test_links_tell_their_target_nothing_and_leave_the_form_alone() -> None:
    html = as_html("[Terms](https://larkfield.example/terms)")
    assert 'href="https://larkfield.example/terms"' in html
    assert 'rel="nofollow noopener noreferrer"' in html
    assert 'target="_blank"' in html


def test_what_guides_are_made_of() -> None:
    html = as_html("# First\n\n**Bold** and *italic*\n\n1. one\n2. two\n\n| a |\n|---|\n| b |")
    for part in ("<h3>First</h3>", "<strong>Bold</strong>", "<em>italic</em>", "<li>one</li>", "<td>b</td>"):
        assert part in html
    assert "<h1" not in html


def test_the_words_without_the_marks() -> None:
    text = as_text("## Due\n\nOpen **Shipments**,\nthen [search](https://x.example).\n\n- one\n- two")
    assert text == "Due\nOpen Shipments, then search.\none\ntwo"


def test_deep_nesting_ends() -> None:
    assert len(as_html("> " * 3000 + "x")) < 100_000
    assert as_html("[" * 5000 + "]" * 5000)
