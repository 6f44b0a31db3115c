"""Somebody with a browser, far from the server, and what their browser is told."""

import hashlib
import re
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import quote

from django.db import connection
from django.http.response import HttpResponseBase
from django.test import Client

from .building import person_of
from .world import World

TOKEN = "t" * 32
HOST = "larkfield.localhost"
FAR_AWAY = "203.0.113.9"
# Tables in which every request may leave something that says nothing of cases.
OF_REQUESTS = ("core_cache", "core_tally", "django_session", "procrastinate_workers")


class Visitor:
    """A browser, signed in as a person of the world. Forms carry their token unless told otherwise."""

    def __init__(self, world: World, name: str) -> None:
        self.name, self.world = name, world
        self.client = Client(enforce_csrf_checks=True, headers={"host": HOST}, REMOTE_ADDR=FAR_AWAY)
        person = person_of(world.cast, name)
        if person is not None:
            self.client.force_login(person)
        self.client.cookies["csrf"] = TOKEN
        self._signed_in = self.client.cookies.output(header="", sep=";")

    def ask(self, method: str, path: str, data: Any = None, **headers: str) -> Any:
        """Send a request; `HX_Request="true"` becomes a header."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        named.setdefault("X-CSRFToken", TOKEN)
        # As it was at first: no answer signs anybody out, or leaves a notice for the next page.
        self.client.cookies = SimpleCookie(self._signed_in)
        send = getattr(self.client, method.lower())
        return send(path, data, headers=named) if data is not None else send(path, headers=named)

    def get(self, path: str, **headers: str) -> Any:
        """GET."""
        return self.ask("GET", path, **headers)

    def post(self, path: str, data: Any = None, **headers: str) -> Any:
        """POST."""
        return self.ask("POST", path, data or {}, **headers)

    def leaks(self, response: Any, *, asked_for: tuple[str, ...] = ()) -> list[str]:
        """What the answer tells this person beyond their share."""
        return [secret.what for secret in self.world.leaks(self.name, told(response), asked_for=asked_for)]


def told(response: HttpResponseBase) -> str:
    """All that an answer says, in its body and its headers."""
    body = b"".join(response) if response.streaming else response.content  # type: ignore[attr-defined]
    heads = "\n".join(f"{name}: {value}" for name, value in response.items())
    return f"{response.status_code}\n{heads}\n{body.decode('utf-8', 'replace')}"


def without_chance(text: str, *paths: str) -> str:
    """The answer without what differs each time: reference, form tokens, time, and the paths asked for."""
    for reference in re.findall(r"X-Request-ID: (\S+)", text):
        text = text.replace(reference, "REFERENCE")
    for path in paths:
        text = text.replace(path, "PATH").replace(quote(path), "PATH").replace(quote(path, safe=""), "PATH")
    text = re.sub(r'name="(csrfmiddlewaretoken|token)" value="[^"]*"', r'name="\1"', text)
    text = re.sub(r'name="as_of" value="[^"]*"', 'name="as_of"', text)
    text = re.sub(r"\b[A-Za-z0-9]{64}\b", "FORM-TOKEN", text)
    text = re.sub(r'(data-live="\w+">)[^<]*<', r"\1<", text)
    return re.sub(r"(Content-Length|Expires): .*", "", text)


def state() -> str:
    """A digest of everything that is stored, but for what a mere request leaves."""
    with connection.cursor() as cursor:
        names = [name for name in connection.introspection.table_names(cursor) if name not in OF_REQUESTS]
        # Each row as text; the names come from the catalogue.
        rows = " UNION ALL ".join(
            f"SELECT '{name}', coalesce(string_agg(md5(t::text), '' ORDER BY md5(t::text)), '')"
            f' FROM "{name}" t'
            for name in names
        )
        cursor.execute(rows)
        return hashlib.sha256(repr(sorted(cursor.fetchall())).encode()).hexdigest()
