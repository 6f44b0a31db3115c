"""HTML of strangers made safe: nothing runs, nothing is fetched, nothing poses as ours.

Ammonia (through nh3) decides which tags, attributes and addresses stay. A second pass over
its well-formed output turns images into inert ones and the signs of mail programs into one
class of ours. An image keeps its alternative text, and either `data-cid` (an attachment of
the same message, for the page to link) or `data-remote-src` (for the reader to allow).
"""

import re

import nh3

from caseway.mail.reading.markup.flatten import MOST_SIGNS, flattened, is_too_much
from caseway.mail.reading.markup.marks import Mark, mark_of
from caseway.mail.reading.markup.tokens import Token, closing, tag, text_token, tokens_of
from caseway.mail.reading.mime.characters import as_lines

_TAGS = (
    "a abbr address article aside b bdi bdo big blockquote br caption center cite code col colgroup "
    "dd del dfn div dl dt em figcaption figure footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li "
    "main mark nav ol p pre q rp rt ruby s samp section small strike strong sub sup table tbody td "
    "tfoot th thead time tr tt u ul var wbr"
)
TAGS = frozenset(_TAGS.split())
_REMOVED_WHOLE = (
    "script style title svg math template object embed applet iframe noembed noframes audio video "
    "canvas select datalist xmp"
)
REMOVED_WHOLE = frozenset(_REMOVED_WHOLE.split())
CELL = {"colspan", "rowspan", "align", "valign"}
ATTRIBUTES = {
    "*": {"class", "id", "style", "dir", "lang", "title"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "td": CELL,
    "th": CELL,
    "ol": {"start"},
    "blockquote": {"type"},
}
SIGNS = ("class", "id", "style")
NUMBER = re.compile(r"\d{1,4}\Z")
# Pictures written into the markup; only text and attachments are kept.
DATA_ADDRESS = re.compile(r"data:[a-zA-Z0-9/+.-]{0,100}[;,][^\"'<>\s)]{100,}")
MARK_NAMES = {mark.value: mark for mark in Mark}


def _kept(tag: str, attribute: str, value: str) -> str | None:
    """Decide on one attribute; signs of mail programs become marks."""
    if attribute in SIGNS:
        return mark_of(attribute, value)
    if attribute == "type":
        return "cite" if value.strip().lower() == "cite" else None
    if attribute in {"width", "height", "colspan", "rowspan", "start"}:
        return value if NUMBER.match(value) else None
    return value


CLEANER = nh3.Cleaner(
    tags=TAGS,
    clean_content_tags=REMOVED_WHOLE,
    attributes=ATTRIBUTES,
    attribute_filter=_kept,
    link_rel="noopener noreferrer nofollow",
    set_tag_attribute_values={"a": {"target": "_blank"}},
    url_schemes={"http", "https", "mailto", "tel", "cid"},
    url_relative="deny",
)


def sanitised(source: str, room: int = MOST_SIGNS) -> tuple[list[Token], bool]:
    """Give the tokens of safe HTML, and whether its layout had to be given up.

    Markup that nests so deeply or is so long that sanitising it would take seconds keeps its
    text in paragraphs only. `room` is what is left for this part where a message has many.
    """
    source = DATA_ADDRESS.sub("data:,", source)
    if is_too_much(source, room):
        return [tag("pre"), text_token(as_lines(flattened(source))), closing("pre")], True
    # Numeric entities may have brought control characters back.
    clean = as_lines(CLEANER.clean(source))
    return [_inert(token) for token in tokens_of(clean)], False


def _inert(token: Token) -> Token:
    attributes = token.attributes
    if not attributes:
        return token
    marks = [MARK_NAMES[value] for sign in SIGNS if (value := attributes.pop(sign, ""))]
    if marks:
        attributes["class"] = min(marks, key=list(Mark).index).value
    if token.name == "img":
        _disarm_image(attributes)
    elif attributes.get("href", "").lower().startswith("cid:"):
        del attributes["href"]
    elif not marks:
        return token
    return tag(token.name, attributes)


def _disarm_image(attributes: dict[str, str]) -> None:
    source = attributes.pop("src", "").strip()
    scheme, _, rest = source.partition(":")
    if scheme.lower() == "cid":
        attributes["data-cid"] = rest
    elif scheme.lower() in {"http", "https"}:
        attributes["data-remote-src"] = source
    attributes.setdefault("alt", "")
