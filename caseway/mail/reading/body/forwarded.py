"""Messages inside of messages, told as text."""

from caseway.mail.reading.body.contents import contents_of
from caseway.mail.reading.body.text_parts import html_text_of, plain_text_of
from caseway.mail.reading.markup.flatten import MOST_SIGNS
from caseway.mail.reading.markup.plain import lines_of_markup
from caseway.mail.reading.markup.sanitise import sanitised
from caseway.mail.reading.markup.tokens import Token
from caseway.mail.reading.mime.part import Part
from caseway.mail.reading.mime.structure import structure_of

HEADERS = ("from", "date", "to", "subject")
HEADING = "---------- Forwarded message ----------"

MOST_MESSAGES = 1_000
MOST_ENCODED = 20


def forwarded_texts(messages: list[Part]) -> str:
    """Give the text of each message, and of those inside it, under its main headers.

    It walks instead of recursing. Of more than 1,000 messages the rest is left to the
    attachments that hold them.
    """
    pending = list(reversed(messages))
    texts: list[str] = []
    encoded = 0
    room = MOST_SIGNS
    while pending and len(texts) < MOST_MESSAGES:
        part = pending.pop()
        encoded += not part.children
        root = _root_of(part) if part.children or encoded <= MOST_ENCODED else None
        if root is None:
            continue
        contents = contents_of(root)
        passages: list[str] = []
        for passage in contents.passages:
            text, used = _text_of(passage.plain, passage.html, room)
            passages.append(text)
            room -= used
        texts.append(_told(root, passages))
        pending.extend(reversed(contents.messages))
    return "\n\n".join(texts)


def inner_message(part: Part) -> Part | None:
    """Give the root of the message that `part` holds, None if it holds nothing."""
    return _root_of(part)


def _root_of(part: Part) -> Part | None:
    if part.children:
        return part.children[0]
    content = part.content()
    return structure_of(content)[0] if content.strip() else None


def _told(root: Part, passages: list[str]) -> str:
    headers = [f"{name.title()}: {value}" for name in HEADERS if (value := root.headers.text(name))]
    return "\n".join([HEADING, *headers, "", *passages]).rstrip()


def _text_of(plain: list[Part], markup: list[Part], room: int) -> tuple[str, int]:
    """Give the text of a passage, and how many tokens of markup it took."""
    text = "\n".join(plain_text_of(part) for part in plain).strip("\n")
    if text.strip() or not markup:
        return text, 0
    tokens: list[Token] = []
    for part in markup:
        tokens.extend(sanitised(html_text_of(part), room - len(tokens))[0])
    return "\n".join(line.text for line in lines_of_markup(tokens)), len(tokens)
