"""New text is told from quotes and signatures, and nothing is thrown away.

The mails of `replies/` are written as the programs of six languages write them: a name after
"%%", the text, and what is new in it. Spaces that can't be seen are named in brackets.
"""

from pathlib import Path

import pytest

from caseway.mail.reading import ReadMail, read

INVISIBLE = {"<NNBSP>": "\u202f", "<NBSP>": "\u00a0", "<BOM>": "\ufeff"}


def cases():
    for path in sorted((Path(__file__).parent / "replies").glob("*.txt")):
        pieces = path.read_text(encoding="utf-8").split("%% ")[1:]
        for case, new in zip(pieces[::2], pieces[1::2], strict=True):
            name, _, text = case.partition("\n")
            for mark, character in INVISIBLE.items():
                text = text.replace(mark, character)
            yield pytest.param(text, new.partition("\n")[2].strip(), id=f"{path.stem}: {name}")


CASES = list(cases())


def mail(text: str, subject: str = "Re: Parcel") -> ReadMail:
    head = f"From: kim@orchid.example\nSubject: {subject}\nContent-Type: text/plain; charset=utf-8\n\n"
    return read((head + text).encode())


def test_the_table_is_complete():
    assert len(CASES) >= 50


@pytest.mark.parametrize(("text", "new"), CASES)
def test_reply_is_what_the_writer_added(text, new):
    assert mail(text).reply == new


@pytest.mark.parametrize(("text", "new"), CASES)
def test_text_stays_whole(text, new):
    assert mail(text).text.split() == text.split()


@pytest.mark.parametrize(("text", "new"), CASES)
def test_line_ends_of_the_wire_change_nothing(text, new):
    assert mail(text.replace("\n", "\r\n")).reply == new


def test_answers_between_quotes_are_told():
    answered = mail("On 5/6/24 10:30, Ana wrote:\n> Arrived?\nNo.\n> Search?\nYes.\n")
    assert answered.interleaved
    assert not mail("Fine.\n\nOn 5/6/24 10:30, Ana wrote:\n> Arrived?\n").interleaved


def test_header_block_of_a_forwarded_mail_is_news():
    text = (
        "Please see.\n\nFrom: Omar <omar@brightwater.example>\nSent: Monday\nTo: Kim\n"
        "Subject: Delay\n\nThe trailer is late."
    )
    assert mail(text, "FW: Delay").reply == text
    assert mail(text, "RE: Delay").reply == "Please see."


def test_text_of_more_lines_than_are_searched_stays():
    text = "> quoted\n" * 60_000 + "new"
    assert mail(text).reply.startswith("> quoted")
