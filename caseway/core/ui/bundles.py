"""One stylesheet and one script per shell, made from the small files that people edit.

The sources work in a browser as they are: the stylesheet is a list of `@import … layer(…)`,
the scripts are modules. Flattening saves the reader some sixty requests. It understands no
more of either language than the sources use, and refuses what it doesn't know.
"""

import re
from pathlib import Path

STATIC = Path(__file__).resolve().parent.parent / "static" / "caseway"
ENTRIES = {
    "caseway/caseway.css": STATIC / "css" / "caseway.css",
    "caseway/desk.js": STATIC / "js" / "desk.js",
    "caseway/portal.js": STATIC / "js" / "portal.js",
}
_CSS_IMPORT = re.compile(r'@import url\("([^"]+)"\) layer\((\w+)\);\n')
_CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_CSS_URL = re.compile(r'url\("(?:\.\./)+')
_JS_IMPORT = re.compile(r'^import (?:\{[^}]*\} from )?"\./([\w-]+\.js)";\n', re.MULTILINE)
_JS_EXPORT = re.compile(r"^export (?=(?:async )?function|const|class)", re.MULTILINE)
_JS_DOC = re.compile(r"^[ \t]*/\*\*.*?\*/\n", re.DOTALL | re.MULTILINE)
_JS_LEFT = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)


def bundle(name: str) -> str:
    """The flat text of the bundle `name`, a key of `ENTRIES`."""
    entry = ENTRIES[name]
    return flat_stylesheet(entry) if entry.suffix == ".css" else flat_script(entry)


def flat_stylesheet(entry: Path) -> str:
    """An entry stylesheet with its imports in place, without comments and indentation."""

    def imported(match: re.Match[str]) -> str:
        text = (entry.parent / match[1]).read_text("utf-8")
        return f"@layer {match[2]} {{\n{text}}}\n"

    text = _CSS_IMPORT.sub(imported, entry.read_text("utf-8"))
    if "@import" in _CSS_COMMENT.sub("", text):
        raise ValueError(f'{entry} has an import other than @import url("…") layer(…);')
    text = _CSS_URL.sub('url("', _CSS_COMMENT.sub("", text))
    return "".join(f"{line.strip()}\n" for line in text.splitlines() if line.strip())


def flat_script(entry: Path) -> str:
    """An entry module with everything it imports before it, each file once, in one scope.

    Top-level names must therefore differ between files; a clash is a SyntaxError at load.
    """
    order: list[Path] = []
    _collect(entry, order, ())
    return "\n".join(_script_body(path) for path in order)


def _collect(path: Path, order: list[Path], above: tuple[Path, ...]) -> None:
    if path in above:
        raise ValueError(f"{path.name} imports itself over {above[-1].name}")
    if path in order:
        return
    for name in _JS_IMPORT.findall(path.read_text("utf-8")):
        _collect(path.parent / name, order, (*above, path))
    order.append(path)


def _script_body(path: Path) -> str:
    text = _JS_IMPORT.sub("", path.read_text("utf-8"))
    text = _JS_EXPORT.sub("", _JS_DOC.sub("", text))
    unknown = _JS_LEFT.search(text)
    if unknown:
        raise ValueError(f"{path.name}: cannot flatten {unknown[0]!r}")
    return text.strip() + "\n"
