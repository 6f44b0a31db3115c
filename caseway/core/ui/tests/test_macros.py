"""Components: the wiring that makes them usable, and hostile input that stays text."""

import re

import pytest
from django import forms
from jinja2 import Environment, UndefinedError

from caseway.core.ui.reference.samples import SampleForm, samples
from caseway.core.ui.words import STATUSES

HOSTILE = "\"><script>alert(1)</script><b onmouseover='x'>"


def test_a_button_may_be_a_link_a_post_or_an_opener(draw) -> None:
    assert draw("button", 'button("Go", href="/x?a&b")') == '<a class="btn" href="/x?a&amp;b">Go</a>'
    shut = draw("button", 'button("Go", href="/x", disabled=True)')
    assert "href" not in shut
    assert 'aria-disabled="true"' in shut
    opener = draw("button", 'button("Close", key="e", opens="reason")')
    assert 'command="show-modal" commandfor="reason"' in opener
    assert 'data-key="e"' in opener
    assert 'title="Close (e)"' in opener
    assert (
        draw("button", 'button("Off", disabled=True)')
        == '<button class="btn" type="button" disabled>Off</button>'
    )
    post = draw("button", 'post_button("Claim", "/claim", csrf)', csrf="TOKEN")
    assert re.match(r'<form class="inline" method="post" action="/claim">TOKEN<button', post)


def test_buttons_without_words_have_a_name_and_a_tip(draw) -> None:
    html = draw("button", 'icon_button("Next case", "down", key="j", href="/next")')
    assert 'aria-label="Next case"' in html
    assert 'title="Next case (j)"' in html


def test_a_field_ties_hint_and_error_to_its_control(draw) -> None:
    html = draw("field", 'input("number", "Number", value=0, hint="On the label", error=["Wrong", "Short"])')
    assert 'id="f-number"' in html
    assert '<label for="f-number">' in html
    assert 'aria-invalid="true" aria-describedby="f-number-hint f-number-error"' in html
    assert 'value="0"' in html
    assert "Wrong Short" in html
    plain = draw("field", 'input("number", "Number")')
    assert "aria-" not in plain
    assert "value=" not in plain


def test_a_select_marks_what_was_chosen_in_groups_too(draw) -> None:
    options = [("", "Any"), ("Delivery", [(1, "Late"), (2, "Lost")])]
    html = draw("field", 'select("type", "Type", options, 2)', options=options)
    assert '<option value="2" selected>Lost</option>' in html
    assert html.count("selected") == 1


def test_a_bound_field_keeps_what_was_typed_and_says_what_is_wrong(draw) -> None:
    form = SampleForm({"email": HOSTILE, "note": "kept"})
    html = draw("field", "field(bound)", bound=form["email"])
    assert "<script" not in html
    assert 'class="input"' in html
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_email-hint id_email-error"' in html
    assert html.count("aria-describedby") == 1
    assert "optional" not in html
    note = draw("field", "field(bound)", bound=form["note"])
    assert ">\nkept</textarea>" in note
    assert "optional" in note
    boxes = draw("field", "field(bound)", bound=form["sides"])
    assert boxes.count('type="radio"') == 2
    assert "<legend" in boxes


def test_a_hidden_field_has_no_label(draw) -> None:
    class Hidden(forms.Form):
        token = forms.CharField(widget=forms.HiddenInput)

    html = draw("field", "field(bound)", bound=Hidden({"token": "x"})["token"])
    assert html.startswith('<input type="hidden"')
    assert "<label" not in html


@pytest.mark.parametrize("key", STATUSES)
def test_every_status_has_shape_and_word(draw, key: str) -> None:
    assert f"#s-{key}" in draw("status", "status(key)", key=key)
    assert f'aria-label="{STATUSES[key]}"' in draw("status", "glyph(key, named=True)", key=key)
    assert str(STATUSES[key]) in draw("status", "portal_status(key, exact=True)", key=key)


def test_warn_means_that_the_reader_has_to_act(draw) -> None:
    assert "data-turn" not in draw("status", 'portal_status("pending_agent")')
    assert 'data-status="open"' in draw("status", 'portal_status("pending_agent")')
    assert 'data-turn="yours"' in draw("status", 'portal_status("pending_customer")')


def test_the_composer_names_who_reads_and_keeps_one_text_each(draw) -> None:
    html = draw("composer", "composer(c, csrf)", c=samples().composer, csrf="TOKEN")
    assert html.count('type="radio"') == 4
    assert 'value="customer" checked' in html
    for audience in ("partner", "team", "record"):
        assert f'data-text-for="{audience}"' in html
        assert f'data-name="attachments-{audience}"' in html
    assert "Send to Brightwater Freight" in html
    assert "Only people at Larkfield Home can read this." in html


def test_messages_show_their_audience(draw) -> None:
    for message, icon in zip(samples().messages, ("user", "truck", "chat", "lock"), strict=True):
        html = draw("message", "message(m)", m=message)
        assert f'data-audience="{message["audience"]}"' in html
        assert f"#i-{icon}" in html
        assert "&lt;one&gt;" in html


CALLS = {
    "avatar": "avatar(x, x, alone=True) ~ person(x, x, x)",
    "bubble": "bubble(m) ~ milestone('user', x, at)",
    "button": "button(x, href=x, data_x=x) ~ icon_button(x, 'x', key=x)",
    "chip": "chip(x, href=x) ~ chip_on(x, x, x, more=2)",
    "event": "event('new', x, at)",
    "facts": "facts([(x, x)])",
    "field": "input(x, x, x, hint=x, error=x, count=5) ~ textarea(x, x, x) ~ select(x, x, [(x, x)], x)"
    " ~ checkbox(x, x) ~ radios(x, x, [(x, x, x)]) ~ form_errors([x])",
    "file": "files([{'name': x, 'url': x, 'size': 1}, {'name': x, 'url': x, 'size': 1, 'held': x}])",
    "flag": "flag(x, short=True)",
    "linkrows": "linkrows([{'url': x, 'number': x, 'subject': x, 'status': 'new', 'at': at, 'detail': x}])",
    "list": "select_row(x) ~ unread(x) ~ sort_head(x, x, 'ascending')",
    "listfoot": "listfoot(x, x, x) ~ pager(x, x, x)",
    "menu": "menu_item(x, href=x) ~ menu_item(x, action=x) ~ menu_item(x, key=x)",
    "message": "message(m)",
    "nav": "nav_item({'label': x, 'url': x, 'key': x, 'shortcut': x, 'count': 3})",
    "pagehead": "pagehead(x, x)",
    "picker": "picker_results(x, [{'value': x, 'title': x, 'detail': x}], x, status=x)",
    "presence": "presence([{'name': x, 'key': x}, {'name': x, 'key': x}])",
    "progress": "progress(3, x)",
    "search": "search(x, x, x, x)",
    "segment": "segment(x, [{'url': x, 'text': x, 'n': x}]) ~ segment_radios(x, x, [(x, x)])",
    "shipment": "shipment_state(x) ~ route([{'name': x, 'detail': x}])"
    " ~ track([{'text': x, 'place': x, 'at': at}])",
    "status": "portal_status('on_hold', until=x) ~ portal_status('merged', into=x)",
    "steps": "steps([{'text': x, 'detail': x, 'state': 'done'}], x)",
    "tabs": "tabs(x, [{'url': x, 'text': x}])",
    "tag": "tag(x, remove_url=x)",
    "toast": "toast(x, undo_url=x, undo=x) ~ toasts([x])",
    "upload": "upload(x, x, limits, files=[{'id': x, 'name': x, 'size': 1, 'remove_url': x}], label=x)",
}


@pytest.mark.parametrize("file", CALLS)
def test_hostile_words_stay_words(env: Environment, file: str) -> None:
    """Nothing that a person typed becomes markup, in whatever parameter it comes."""
    sample = samples()
    author = {"name": HOSTILE, "key": HOSTILE, "organisation": HOSTILE, "other": True}
    message = sample.messages[1] | {"author": author, "label": HOSTILE, "quoted_from": HOSTILE, "mine": False}
    macros = sorted(set(re.findall(r"(\w+)\(", CALLS[file])))
    source = f'{{% from "ui/{file}.html" import {", ".join(macros)} %}}{{{{ {CALLS[file]} }}}}'
    html = env.from_string(source).render(x=HOSTILE, at=sample.earlier, m=message, limits=sample.limits)
    assert "<script>" not in html
    assert not re.search(r"<b\s+onmouseover", html)
    assert "&lt;script&gt;" in html


def test_a_missing_variable_is_an_error(env: Environment) -> None:
    with pytest.raises(UndefinedError):
        env.from_string("{{ nobody_passed_this }}").render()
