"""Where templates are found."""

from pathlib import Path

import pytest
from jinja2 import Environment, TemplateNotFound

from caseway.core.ui.loader import SliceLoader


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name in (
        "cases/templates/lifecycle/close.html",
        "cases/lifecycle/templates/close.html",
        "cases/templates/list.html",
        "core/ui/templates/button.html",
        "accounts/templates/account/login.html",
        "secret.txt",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    return tmp_path


@pytest.fixture
def loader(tree: Path) -> SliceLoader:
    return SliceLoader(tree, plain=(tree / "accounts" / "templates",))


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("cases/lifecycle/close.html", "cases/lifecycle/templates/close.html"),
        ("cases/list.html", "cases/templates/list.html"),
        ("ui/button.html", "core/ui/templates/button.html"),
        ("account/login.html", "accounts/templates/account/login.html"),
    ],
)
def test_the_longest_package_wins(loader: SliceLoader, tree: Path, name: str, path: str) -> None:
    source, found, _ = loader.get_source(Environment(), name)
    assert Path(found) == tree / path
    assert source == path


@pytest.mark.parametrize(
    "name",
    ["admin/base.html", "cases/../../secret.txt", "../secret.txt", "/etc/hostname", "", "cases", "a\\b"],
)
def test_nothing_else_is_found(loader: SliceLoader, name: str) -> None:
    with pytest.raises(TemplateNotFound):
        loader.get_source(Environment(), name)


def test_every_listed_name_is_found_again(loader: SliceLoader) -> None:
    names = loader.list_templates()
    assert "ui/button.html" in names
    assert "account/login.html" in names
    assert all(loader.path_of(name) for name in names)


def test_a_changed_file_is_read_again(loader: SliceLoader, tree: Path) -> None:
    _, path, is_fresh = loader.get_source(Environment(), "cases/list.html")
    assert is_fresh()
    Path(path).unlink()
    assert not is_fresh()
