"""The kit's environment, as strict as in development."""

import pytest
from django.template import engines
from jinja2 import Environment


@pytest.fixture(autouse=True)
def _addresses(settings):
    settings.ROOT_URLCONF = "caseway.core.ui.tests.urls"


@pytest.fixture(scope="session")
def env() -> Environment:
    return engines["jinja2"].env  # type: ignore[attr-defined,no-any-return]


@pytest.fixture(scope="session")
def draw(env):
    """Renders a call of one macro: draw("button", "button(text)", text="…")."""

    def render(file: str, call: str, **context: object) -> str:
        name = call.split("(", maxsplit=1)[0]
        source = f'{{% from "ui/{file}.html" import {name} %}}{{{{ {call} }}}}'
        return str(env.from_string(source).render(context))

    return render
