"""The flat stylesheet and scripts, and how they are found."""

import os
import re
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from caseway.core.management.commands.assets import first_visits, weights
from caseway.core.ui.bundles import ENTRIES, STATIC, bundle, flat_script, flat_stylesheet
from caseway.core.ui.finders import BundleFinder
from config.jinja import SLICES
from config.values import ROOT


def test_every_stylesheet_is_in_the_bundle_once() -> None:
    listed = (STATIC / "css" / "caseway.css").read_text()
    parts = [
        path.relative_to(STATIC / "css")
        for path in (STATIC / "css").rglob("*.css")
        if path.name != "caseway.css"
    ]
    assert [part for part in parts if listed.count(f'"{part.as_posix()}"') != 1] == []


def test_every_class_of_the_stylesheet_is_worn_by_something() -> None:
    classes = set(re.findall(r"\.([a-z][\w-]*)(?=[^{};]*[{,:])", bundle("caseway/caseway.css")))
    sources = [*SLICES.rglob("templates/**/*.html"), *(STATIC / "js").glob("*.js"), *SLICES.rglob("*.py")]
    words = set(re.findall(r"[a-z][\w-]*", " ".join(path.read_text("utf-8") for path in sources)))
    assert classes - words == set()


def test_the_stylesheet_is_flat() -> None:
    text = bundle("caseway/caseway.css")
    assert "@import" not in text
    assert text.startswith("@layer reset, tokens, base, layout, components, pages, utilities;")
    assert text.count("{") == text.count("}")
    assert "../" not in text


def test_pictures_of_the_stylesheet_exist() -> None:
    for name in set(map(str, re.findall(r'url\("([^"]+)"\)', bundle("caseway/caseway.css")))):
        assert (STATIC / name).is_file(), name


@pytest.mark.parametrize("name", ["caseway/desk.js", "caseway/portal.js"])
def test_scripts_are_flat(name: str) -> None:
    text = bundle(name)
    assert "import " not in text
    assert "export " not in text
    assert "innerHTML" not in text


@pytest.mark.parametrize("name", ["caseway/desk.js", "caseway/portal.js"])
def test_modules_of_a_page_share_no_name(name: str) -> None:
    """They become one script: a name declared twice stops all of it."""
    declared = r"^(?:async )?(?:const|let|function|class) (\w+)"
    names = re.findall(declared, bundle(name), re.MULTILINE)
    assert names
    assert [one for one, n in Counter(names).items() if n > 1] == []


def test_what_a_script_imports_comes_before_it(tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text("/** Says a. */\nexport const a = 1;\n")
    (tmp_path / "b.js").write_text('import { a } from "./a.js";\nexport function b() { return a; }\n')
    (tmp_path / "main.js").write_text('import "./b.js";\nimport "./a.js";\nb();\n')
    text = flat_script(tmp_path / "main.js")
    assert text.split() == ["const", "a", "=", "1;", "function", "b()", "{", "return", "a;", "}", "b();"]


def test_what_cannot_be_flattened_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text('import "./b.js";\n')
    (tmp_path / "b.js").write_text('import "./a.js";\n')
    with pytest.raises(ValueError, match="imports itself"):
        flat_script(tmp_path / "a.js")
    (tmp_path / "c.js").write_text("export default 1;\n")
    with pytest.raises(ValueError, match="cannot flatten"):
        flat_script(tmp_path / "c.js")
    (tmp_path / "d.css").write_text('@import "x.css";\n')
    with pytest.raises(ValueError, match="import other than"):
        flat_stylesheet(tmp_path / "d.css")


def test_the_finder_gives_fresh_bundles() -> None:
    for name in ENTRIES:
        path = finders.find(name)
        assert path
        assert Path(path).read_text("utf-8") == bundle(name)
    assert finders.find("caseway/nothing.css") is None


def test_a_killed_process_leaves_nothing_of_its_own(tmp_path: Path) -> None:
    """Three processes make the bundles at once and are killed: they leave what one would."""
    code = (
        "import django; django.setup()\n"
        "from caseway.core.ui.finders import BundleFinder\n"
        "import os, signal; list(BundleFinder().list([])); os.kill(os.getpid(), signal.SIGKILL)"
    )
    (tmp_path / "temporary").mkdir()
    folders = {"CASEWAY_DATA_DIR": str(tmp_path / "data"), "TMPDIR": str(tmp_path / "temporary")}
    environment = {**os.environ, **folders, "DJANGO_SETTINGS_MODULE": "config.settings"}
    run = [sys.executable, "-c", code]
    processes = [subprocess.Popen(run, env=environment, cwd=ROOT) for _ in range(3)]
    assert [process.wait(60) for process in processes] == [-signal.SIGKILL] * 3
    assert list((tmp_path / "temporary").iterdir()) == []
    kept = tmp_path / "data" / "bundles"
    assert {str(p.relative_to(kept)) for p in kept.rglob("*") if p.is_file()} == {*ENTRIES, "lock"}
    assert all((kept / name).read_text("utf-8") == bundle(name) for name in ENTRIES)


def test_a_stale_bundle_is_made_anew(settings, tmp_path: Path) -> None:
    settings.BUNDLES_DIR = tmp_path
    name = next(iter(ENTRIES))
    found = BundleFinder().find(name)
    assert isinstance(found, str)
    Path(found).write_text("old")
    assert Path(str(BundleFinder().find(name))).read_text("utf-8") == bundle(name)


def test_a_first_visit_is_light() -> None:
    """Everything a page loads beside itself, compressed; 150 kB with the page is the limit."""
    found = weights()
    assert {"caseway/caseway.css", "caseway/sprite.svg", "django_htmx/htmx-2.min.js"} <= found.keys()
    visits = first_visits(found)
    assert visits["first visit of the desk"] == sum(found.values()) - found["caseway/portal.js"]
    assert visits["first visit of the portal"] == sum(found.values()) - found["caseway/desk.js"]
    assert max(visits.values()) < 75_000


def test_a_brands_colour_is_a_stylesheet(client: Client) -> None:
    answer = client.get("/ui/brand-0f6674.css")
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/css")
    assert "immutable" in answer["Cache-Control"]
    assert client.get("/ui/brand-0F6674%7D.css").status_code == 404
