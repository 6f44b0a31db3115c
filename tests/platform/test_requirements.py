"""The product runs on the requirements of `bin/serve` alone; those of development are for tests."""

import ast
import re
import sys
from collections.abc import Iterator
from importlib.metadata import packages_distributions

from config.values import ROOT

OURS = {"caseway", "config", "tests"}


def imported(body: list[ast.stmt]) -> Iterator[str]:
    """The packages that a module imports when it runs, not those for the type checker."""
    for statement in body:
        if isinstance(statement, ast.If) and ast.unparse(statement.test) == "TYPE_CHECKING":
            continue
        for node in ast.walk(statement):
            if isinstance(node, ast.Import):
                yield from (alias.name.split(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                yield node.module.split(".")[0]


def test_what_the_product_imports_is_locked_for_it():
    locked = set(re.findall(r"^([a-z0-9._-]+)==", (ROOT / "requirements/base.txt").read_text(), re.MULTILINE))
    brought_by = packages_distributions()
    missing = set()
    for folder in ("caseway", "config"):
        for file in (ROOT / folder).rglob("*.py"):
            if "tests" in file.parts:
                continue
            for name in imported(ast.parse(file.read_text()).body):
                names = {re.sub(r"[-_.]+", "-", one).lower() for one in brought_by.get(name, [])}
                if name not in sys.stdlib_module_names | OURS and not names & locked:
                    missing.add(f"{file.relative_to(ROOT)}: {name}")
    assert not missing, sorted(missing)
