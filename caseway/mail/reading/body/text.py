"""The text and markup of a message, whole and cut into new and quoted."""

from dataclasses import dataclass

from caseway.mail.reading.body.calendar import invitation_text
from caseway.mail.reading.body.contents import Contents, Passage
from caseway.mail.reading.body.forwarded import forwarded_texts
from caseway.mail.reading.body.text_parts import html_text_of, plain_text_of
from caseway.mail.reading.markup.flatten import MOST_SIGNS
from caseway.mail.reading.markup.fold import folded
from caseway.mail.reading.markup.plain import lines_of_markup
from caseway.mail.reading.markup.sanitise import sanitised
from caseway.mail.reading.markup.tokens import Token, closing, tag, text_token, written
from caseway.mail.reading.mime.characters import as_lines
from caseway.mail.reading.mime.charsets import text_of
from caseway.mail.reading.reply.history import is_forward_subject
from caseway.mail.reading.reply.lines import Line, lines_of
from caseway.mail.reading.reply.strip import Told, new_text, told_apart


@dataclass(frozen=True, slots=True)
class Body:
    """See `ReadMail` for what each field promises."""

    text: str
    reply: str
    html: str
    html_new: str
    html_quoted: str
    interleaved: bool
    flattened: bool


@dataclass(frozen=True, slots=True)
class _Form:
    """One passage in both forms; `tokens` is None where the sender wrote no markup."""

    lines: list[Line]
    tokens: list[Token] | None
    markup_lines: list[Line]
    flattened: bool = False


def body_of(contents: Contents, subject: str) -> Body:
    """Join the passages of a message in their order."""
    forms = _forms_of(contents.passages)
    forwarded = is_forward_subject(subject)
    own = _joined_lines(forms) or lines_of(_otherwise(contents))
    told = told_apart(own, forwarded=forwarded)
    text = "\n".join(line.text for line in own).strip("\n")
    passed_on = "" if contents.reports else forwarded_texts(contents.messages)
    markup = _markup_of(forms, own, told, forwarded=forwarded)
    return Body(
        text="\n\n".join(piece for piece in (text, passed_on) if piece.strip()),
        reply=new_text(own, told) or passed_on,
        html=written(markup.tokens),
        html_new=markup.new,
        html_quoted=markup.quoted,
        interleaved=told.interleaved,
        flattened=any(form.flattened for form in forms),
    )


@dataclass(frozen=True, slots=True)
class _Markup:
    tokens: list[Token]
    new: str
    quoted: str


def _markup_of(forms: list[_Form], own: list[Line], told: Told, *, forwarded: bool) -> _Markup:
    """Join the markup of all passages; plain ones between become paragraphs."""
    if all(form.tokens is None for form in forms):
        return _Markup([], "", "")
    if len(forms) == 1 and forms[0].tokens and forms[0].markup_lines is forms[0].lines:
        return _Markup(forms[0].tokens, *folded(forms[0].tokens, own, told))
    tokens: list[Token] = []
    lines: list[Line] = []
    for form in forms:
        offset = len(tokens)
        lines += [Line(line.text, line.hint, line.token + offset) for line in form.markup_lines]
        tokens.extend(form.tokens or _paragraph(form.lines))
    new, quoted = folded(tokens, lines, told_apart(lines, forwarded=forwarded))
    return _Markup(tokens, new, quoted)


def _forms_of(passages: list[Passage]) -> list[_Form]:
    """Read each passage that says anything; the markup of all shares one limit."""
    forms: list[_Form] = []
    room = MOST_SIGNS
    for passage in passages:
        form = _form_of(passage, room)
        room -= len(form.tokens or ())
        if form.lines or form.tokens:
            forms.append(form)
    return forms


def _form_of(passage: Passage, room: int) -> _Form:
    plain = "\n".join(plain_text_of(part) for part in passage.plain)
    lines = lines_of(plain.strip("\n")) if plain.strip() else []
    tokens: list[Token] = []
    too_much = False
    for part in passage.html:
        more, flat = sanitised(html_text_of(part), room)
        tokens.extend(more)
        room -= len(more)
        too_much = too_much or flat
    if not tokens:
        return _Form(lines, None, [Line(line.text, line.hint, 0) for line in lines])
    markup_lines = lines_of_markup(tokens)
    return _Form(lines or markup_lines, tokens, markup_lines, too_much)


def _joined_lines(forms: list[_Form]) -> list[Line]:
    if len(forms) == 1:
        return forms[0].lines
    joined: list[Line] = []
    for form in forms:
        if joined and form.lines:
            joined.append(Line(""))
        joined.extend(form.lines)
    return joined


def _paragraph(lines: list[Line]) -> list[Token]:
    tokens = [tag("div")]
    for line in lines:
        tokens += [text_token(line.text), tag("br")]
    return [*tokens, closing("div")]


def _otherwise(contents: Contents) -> str:
    """What to read where no text part says anything: an invitation, or the preamble."""
    for part in contents.calendars:
        invitation = invitation_text(plain_text_of(part))
        if invitation:
            return invitation
    if contents.files or contents.reports:
        return ""
    return as_lines(text_of(contents.preamble))
