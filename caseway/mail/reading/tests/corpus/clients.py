"""How each mail program builds an answer: the structures by which its quotes are known.

Every function takes the phrases of one language and gives `(markup or text, what is new)`.
"""

# ruff: noqa: E501 - markup stands here as the programs write it

import textwrap
from html import escape
from typing import Any

Phrases = dict[str, Any]
Answer = tuple[str, str]
ANA = "Ana Ruiz <ana@larkfield.example>"


def new_text(p: Phrases) -> str:
    return "\n\n".join(p["news"])


def quoted(lines: list[str]) -> str:
    return "\n>\n".join(f"> {line}" for line in lines)


def paragraphs(lines: list[str], tag: str = "div") -> str:
    between = f"<{tag}><br></{tag}>" if tag == "div" else ""
    return between.join(f"<{tag}>{escape(line)}</{tag}>" for line in lines)


def block(p: Phrases, *, bold: str = "") -> list[str]:
    values = [ANA, p["sent"], "Kim Tran <kim@orchid.example>", "Re: SHP-22"]
    return [f"{bold}{label}:{bold} {value}" for label, value in zip(p["labels"], values, strict=True)]


def bold_block(p: Phrases) -> str:
    return "<br>".join(
        f"<b>{escape(label)}:</b> {escape(value)}"
        for label, value in zip(
            p["labels"], [ANA, p["sent"], "Kim Tran <kim@orchid.example>", "Re: SHP-22"], strict=True
        )
    )


# Gmail


def gmail(p: Phrases) -> Answer:
    return (
        f'<div dir="ltr">{paragraphs(p["news"])}</div><br><div class="gmail_quote gmail_quote_container">'
        f'<div dir="ltr" class="gmail_attr">{escape(p["gmail"])}<br></div>'
        '<blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204);'
        f'padding-left:1ex"><div dir="ltr">{paragraphs(p["old"])}</div></blockquote></div>'
    ), new_text(p)


def gmail_with_signature(p: Phrases) -> Answer:
    signature = "<br>".join(map(escape, p["signature"]))
    return (
        f'<div dir="ltr">{paragraphs(p["news"])}<br clear="all"><div><br></div><span class="gmail_signature_prefix">'
        f'-- </span><br><div dir="ltr" class="gmail_signature"><div>{signature}</div></div></div><br>'
        f'<div class="gmail_quote"><div dir="ltr" class="gmail_attr">{escape(p["gmail"])}<br></div>'
        f'<blockquote class="gmail_quote">{paragraphs(p["old"])}</blockquote></div>'
    ), new_text(p)


def gmail_text(p: Phrases) -> Answer:
    return f"{new_text(p)}\n\n{p['gmail']}\n\n{quoted(p['old'])}\n", new_text(p)


def gmail_text_wrapped(p: Phrases) -> Answer:
    head = "\n".join(textwrap.wrap(p["gmail"], 46, break_long_words=False, break_on_hyphens=False))
    return f"{new_text(p)}\n\n{head}\n\n{quoted(p['old'])}\n", new_text(p)


def gmail_on_android(p: Phrases) -> Answer:
    return (
        f'<div dir="auto">{paragraphs(p["news"])}</div><br><div class="gmail_quote"><div dir="ltr" '
        f'class="gmail_attr">{escape(p["gmail"])}<br></div><blockquote class="gmail_quote" style="margin:0 0 0 .8ex;'
        f'border-left:1px #ccc solid;padding-left:1ex">{paragraphs(p["old"])}</blockquote></div>'
    ), new_text(p)


# Outlook


def outlook_on_windows(p: Phrases) -> Answer:
    news = "".join(f'<p class="MsoNormal">{escape(line)}<o:p></o:p></p><p class="MsoNormal"><o:p>&nbsp;</o:p></p>'
                   for line in p["news"])  # fmt: skip
    return (
        f'<div class="WordSection1">{news}<div><div style="border:none;border-top:solid #E1E1E1 1.0pt;'
        f'padding:3.0pt 0cm 0cm 0cm"><p class="MsoNormal">{bold_block(p)}<o:p></o:p></p></div></div>'
        f'<p class="MsoNormal"><o:p>&nbsp;</o:p></p>{paragraphs(p["old"], "p")}</div>'
    ), new_text(p)


def outlook_on_the_web(p: Phrases) -> Answer:
    news = "".join(f'<div class="elementToProof">{escape(line)}</div><div><br></div>' for line in p["news"])
    return (
        f'{news}<div id="appendonsend"></div><hr style="display:inline-block;width:98%" tabindex="-1">'
        f'<div id="divRplyFwdMsg" dir="ltr"><font face="Calibri">{bold_block(p)}</font><div>&nbsp;</div></div>'
        f"<div>{paragraphs(p['old'])}</div>"
    ), new_text(p)


def outlook_for_phones(p: Phrases) -> Answer:
    return (
        f'<div dir="ltr">{paragraphs(p["news"])}</div><div dir="ltr"><br></div><div id="ms-outlook-mobile-signature">'
        f'<a href="https://aka.ms/o0ukef">{escape(p["outlook"])}</a></div><hr style="display:inline-block;width:98%">'
        f'<div id="divRplyFwdMsg" dir="ltr">{bold_block(p)}</div>{paragraphs(p["old"])}'
    ), new_text(p)


def outlook_in_text(p: Phrases) -> Answer:
    old = "\n\n".join(p["old"])
    head = "\n".join(block(p))
    return f"{new_text(p)}\n\n-----{p['original']}-----\n{head}\n\n{old}\n", new_text(p)


def outlook_in_text_with_a_line(p: Phrases) -> Answer:
    old, head = "\n\n".join(p["old"]), "\n".join(block(p, bold="*"))
    return f"{new_text(p)}\n\n{'_' * 32}\n{head}\n\n{old}\n", new_text(p)


def outlook_for_phones_in_text(p: Phrases) -> Answer:
    old, head = "\n\n".join(p["old"]), "\n".join(block(p))
    line = f"{p['outlook']}<https://aka.ms/o0ukef>"
    return f"{new_text(p)}\n\n{line}\n{'_' * 32}\n{head}\n\n{old}\n", new_text(p)


# Apple


def apple_mail(p: Phrases) -> Answer:
    return (
        f'<html><body style="overflow-wrap: break-word;">{paragraphs(p["news"])}<div><br><blockquote type="cite">'
        f'<div>{escape(p["apple"])}</div><br class="Apple-interchange-newline"><div>{paragraphs(p["old"])}</div>'
        "</blockquote></div><br></body></html>"
    ), new_text(p)


def apple_mail_in_text(p: Phrases) -> Answer:
    return f"{new_text(p)}\n\n> {p['apple']}\n> \n{quoted(p['old'])}\n", new_text(p)


def iphone(p: Phrases) -> Answer:
    return (
        f'<html><body dir="auto">{paragraphs(p["news"])}<br id="lineBreakAtBeginningOfSignature"><div dir="ltr">'
        f'{escape(p["iphone"])}</div><div dir="ltr"><br><blockquote type="cite">{escape(p["apple"])}<br><br>'
        f'</blockquote></div><blockquote type="cite"><div dir="ltr">{paragraphs(p["old"])}</div></blockquote>'
        "</body></html>"
    ), new_text(p)


def iphone_in_text(p: Phrases) -> Answer:
    return f"{new_text(p)}\n\n{p['iphone']}\n\n> {p['apple']}\n> \n{quoted(p['old'])}\n", new_text(p)


# Thunderbird


def thunderbird(p: Phrases) -> Answer:
    return (
        f'<p>{"</p><p>".join(map(escape, p["news"]))}</p><div class="moz-cite-prefix">{escape(p["thunderbird"])}<br>'
        f'</div><blockquote type="cite" cite="mid:1@larkfield.example">{paragraphs(p["old"], "p")}</blockquote>'
    ), new_text(p)


def thunderbird_below(p: Phrases) -> Answer:
    signature = "<br>".join(map(escape, p["signature"]))
    return (
        f'<div class="moz-cite-prefix">{escape(p["thunderbird"])}<br></div><blockquote type="cite">'
        f"{paragraphs(p['old'], 'p')}</blockquote><p>{'</p><p>'.join(map(escape, p['news']))}</p>"
        f'<div class="moz-signature">-- <br>{signature}</div>'
    ), new_text(p)


def thunderbird_in_text(p: Phrases) -> Answer:
    signature = "\n".join(p["signature"])
    return f"{p['thunderbird']}\n{quoted(p['old'])}\n\n{new_text(p)}\n\n-- \n{signature}\n", new_text(p)


def between_quotes(p: Phrases) -> Answer:
    old, answers = p["old"], p["answers"]
    text = f"{p['thunderbird']}\n> {old[0]}\n\n{answers[0]}\n\n> {old[1]}\n\n{answers[1]}\n\n> {old[2]}\n"
    return text, "\n\n".join(answers)


def between_quotes_in_gmail(p: Phrases) -> Answer:
    old, answers = p["old"], p["answers"]
    quote = '<blockquote class="gmail_quote" style="border-left:1px solid">'
    return (
        f'<div dir="ltr"><div class="gmail_quote"><div class="gmail_attr">{escape(p["gmail"])}<br></div>'
        f"{quote}<div>{escape(old[0])}</div></blockquote><div><br></div><div>{escape(answers[0])}</div>"
        f"<div><br></div>{quote}<div>{escape(old[1])}</div></blockquote><div><br></div>"
        f"<div>{escape(answers[1])}</div></div></div>"
    ), "\n\n".join(answers)


# Samsung, Yahoo, QQ, 163


def samsung(p: Phrases) -> Answer:
    return (
        f'<html><body><div dir="auto">{paragraphs(p["news"])}</div><div dir="auto"><br></div><div id="composer_signature">'
        f'<div style="font-size:85%;color:#575757" dir="auto">{escape(p["galaxy"])}</div></div><div dir="auto"><br></div>'
        f'<div><br></div><div align="left" dir="auto" style="font-size:100%;color:#000000"><div>-------- {escape(p["samsung"])}'
        f" --------</div>{''.join(f'<div>{escape(line)}</div>' for line in block(p))}<div><br></div></div>"
        f"{paragraphs(p['old'])}</body></html>"
    ), new_text(p)


def samsung_in_text(p: Phrases) -> Answer:
    head, old = "\n".join(block(p)), "\n\n".join(p["old"])
    return f"{new_text(p)}\n\n{p['galaxy']}\n\n-------- {p['samsung']} --------\n{head}\n\n{old}\n", new_text(
        p
    )


def yahoo(p: Phrases) -> Answer:
    return (
        f'<div class="ydp1yahoo-style-wrap">{paragraphs(p["news"])}</div><div id="ydp2yahoo_quoted_1" '
        f'class="ydp2yahoo_quoted"><div><div>{escape(p["thunderbird"])}</div><div><br></div>{paragraphs(p["old"])}'
        "</div></div>"
    ), new_text(p)


def qq(p: Phrases) -> Answer:
    head = "".join(f"<div><b>{escape(label)}:</b>&nbsp;x</div>" for label in p["labels"])
    return (
        f'{paragraphs(p["news"])}<div><br></div><div style="font-size:12px">------------------&nbsp;{escape(p["original"])}'
        f'&nbsp;------------------</div><div style="font-size:12px;background:#efefef;padding:8px">{head}</div>'
        f"<div><br></div>{paragraphs(p['old'])}"
    ), new_text(p)


def netease(p: Phrases) -> Answer:
    head = '在 2024-05-06 10:30:00，"Ana Ruiz" <ana@larkfield.example> 写道：'
    if p["labels"][0] != "发件人":
        head = 'At 2024-05-06 10:30:00, "Ana Ruiz" <ana@larkfield.example> wrote:'
    return (
        f'<div style="line-height:1.7">{paragraphs(p["news"])}</div><br><pre><br>{escape(head)}<br></pre>'
        f'<blockquote id="isReplyContent" style="PADDING-LEFT:1ex;BORDER-LEFT:#ccc 1px solid">{paragraphs(p["old"])}'
        "</blockquote>"
    ), new_text(p)


HTML = (
    gmail, gmail_with_signature, gmail_on_android, outlook_on_windows, outlook_on_the_web, outlook_for_phones,
    apple_mail, iphone, thunderbird, thunderbird_below, between_quotes_in_gmail, samsung, yahoo, qq, netease,
)  # fmt: skip
TEXT = (
    gmail_text, gmail_text_wrapped, outlook_in_text, outlook_in_text_with_a_line, outlook_for_phones_in_text,
    apple_mail_in_text, iphone_in_text, thunderbird_in_text, between_quotes, samsung_in_text,
)  # fmt: skip
