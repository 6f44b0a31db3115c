"""Answers of every big mail program in every language of the portal: exactly the new text is found.

Nothing is thrown away: the whole text and the two halves of the markup hold every word.
"""

import tomllib
from pathlib import Path

import pytest

from caseway.mail.reading import ReadMail, read
from caseway.mail.reading.markup.flatten import flattened
from caseway.mail.reading.tests.corpus.clients import HTML, TEXT

PHRASES = tomllib.loads((Path(__file__).parent / "corpus" / "phrases.toml").read_text("utf-8"))
BETWEEN = {"between_quotes", "between_quotes_in_gmail"}


def cases(clients):
    return [
        pytest.param(language, client, id=f"{client.__name__} {language}")
        for client in clients
        for language in PHRASES
    ]


def answer(content: str, kind: str) -> ReadMail:
    head = f"From: kim@orchid.example\nSubject: Re: SHP-22\nContent-Type: text/{kind}; charset=utf-8\n\n"
    return read((head + content).encode())


def words(text: str) -> str:
    return "".join(text.replace(">", "").split())


def test_it_is_a_corpus():
    assert len(PHRASES) == 6
    assert len(cases((*HTML, *TEXT))) >= 120


@pytest.mark.parametrize(("language", "client"), cases(HTML))
def test_markup(language, client):
    content, new = client(PHRASES[language])
    found = answer(content, "html")
    assert found.reply == new
    assert found.interleaved is (client.__name__ in BETWEEN)
    kept = words(flattened(found.html_new) + flattened(found.html_quoted))
    for line in PHRASES[language]["old"] + new.splitlines():
        assert words(line) in words(found.text)
        if client.__name__ not in BETWEEN or line in new:
            assert words(line) in kept
    if not found.interleaved:
        assert words(PHRASES[language]["old"][1]) not in words(flattened(found.html_new))


@pytest.mark.parametrize(("language", "client"), cases(TEXT))
def test_text(language, client):
    content, new = client(PHRASES[language])
    found = answer(content, "plain")
    assert found.reply == new
    assert found.interleaved is (client.__name__ in BETWEEN)
    assert words(found.text) == words(content)
