"""Quotes of the usual mail programs are folded away, their news stay in sight.

Each file of `html/` is an answer as one program writes it: NEWS above, HISTORY quoted.
"""

import re
from pathlib import Path

import pytest

from caseway.mail.reading import ReadMail, read

PROGRAMS = {
    path.stem: path.read_text(encoding="utf-8")
    for path in sorted((Path(__file__).parent / "html").glob("*.html"))
}


def mail(html: str, subject: str = "Re: Parcel") -> ReadMail:
    head = f"Subject: {subject}\nContent-Type: text/html; charset=utf-8\n\n"
    return read((head + html).encode())


@pytest.mark.parametrize("html", PROGRAMS.values(), ids=PROGRAMS)
def test_quote_is_folded(html):
    found = mail(html)
    assert "NEWS" in found.html_new
    assert "HISTORY" not in found.html_new
    assert "HISTORY" in found.html_quoted
    assert "NEWS" not in found.html_quoted


@pytest.mark.parametrize("html", PROGRAMS.values(), ids=PROGRAMS)
def test_attribution_is_folded_with_its_quote(html):
    found = mail(html)
    for word in ("Ana", "2024", "写道"):
        assert word not in found.html_new


@pytest.mark.parametrize("html", PROGRAMS.values(), ids=PROGRAMS)
def test_text_of_the_reply_is_the_news(html):
    found = mail(html)
    assert found.reply.splitlines()[0] == "NEWS"
    assert "HISTORY" not in found.reply
    assert "HISTORY" in found.text


@pytest.mark.parametrize("html", PROGRAMS.values(), ids=PROGRAMS)
def test_both_halves_are_well_formed(html):
    found = mail(html)
    for half in (found.html_new, found.html_quoted):
        unmarked = re.sub(r' class="[^"]*"', "", half)
        assert mail(unmarked).html == unmarked


def test_answers_between_quotes_stay_with_them():
    found = mail(
        "<blockquote type=cite>Arrived?</blockquote><p>No.</p>"
        "<blockquote type=cite>Search?</blockquote><p>Yes.</p>"
    )
    assert found.interleaved
    assert found.html_quoted == ""
    assert "Arrived?" in found.html_new
    assert found.reply == "No.\n\nYes."


def test_indented_text_is_no_quote():
    found = mail("<p>The list:</p><blockquote>two pallets</blockquote><p>Kim</p>")
    assert "two pallets" in found.reply
    assert found.html_quoted == ""


def test_forwarded_mail_stays_in_sight():
    html = """<div>See below.</div>
        <div class="gmail_quote"><div class="gmail_attr">---------- Forwarded message
        ---------<br>From: Omar &lt;omar@brightwater.example&gt;<br>Subject: Delay</div><p>Late.</p></div>"""
    found = mail(html, "Fwd: Delay")
    assert "Late." in found.html_new
    assert "Late." in found.reply


def test_signature_is_folded():
    found = mail('<p>NEWS</p><div>-- <br></div><div class="gmail_signature">Orchid Hotels</div>')
    assert found.reply == "NEWS"
    assert "Orchid" in found.html_quoted
    assert "Orchid" not in found.html_new


def test_answer_below_the_quote_stays_in_sight():
    found = mail(
        "<div class=moz-cite-prefix>On 5/6/24, Ana wrote:</div>"
        "<blockquote type=cite>HISTORY</blockquote><p>NEWS</p>"
    )
    assert "NEWS" in found.html_new
    assert "HISTORY" not in found.html_new
    assert found.reply == "NEWS"


def test_text_keeps_paragraphs_lists_links_and_quotes():
    found = mail(
        "<h1>Order</h1><p>One<br>two</p>"
        "<ul><li>first</li><li><p>second</p><ol><li>inner</li></ol></li></ul>"
        '<p>See <a href="https://x.example/t?a=1&amp;b=2">the page</a> or'
        ' <a href="https://x.example/">x.example</a>.</p>'
        "<table><tr><td>Pallet</td><td>2</td></tr><tr><td>Box</td><td>3</td></tr></table>"
        "<pre>a\n  b</pre><blockquote type=cite>old</blockquote>"
    )
    assert found.text == (
        "Order\n\nOne\ntwo\n\n- first\n- second\n\n  1. inner\n\nSee the page <https://x.example/t?a=1&b=2>"
        " or x.example.\n\nPallet  2\nBox  3\n\na\n  b\n\n> old"
    )
