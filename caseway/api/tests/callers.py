"""A program that calls the API as somebody, for tests."""

import json
from typing import Any

from django.test import Client

from caseway.accounts.models import Organisation, Person
from caseway.api.tokens.actions import make_token

JSON = "application/json"


class Caller:
    """Calls `/api/v1` with a token of `person`; without one, as nobody."""

    def __init__(self, person: Person | None, *scopes: str, organisation: Organisation | None = None) -> None:
        self.client = Client()
        self.secret = ""
        if person is not None:
            self.token, self.secret = make_token(person, organisation=organisation, scopes=scopes)

    def call(self, method: str, path: str, body: object = None, /, **headers: str) -> Any:
        """Send `body` as JSON; `If_Match="…"` becomes a header."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.secret:
            named.setdefault("Authorization", f"Bearer {self.secret}")
        sent: dict[str, Any] = {} if body is None else {"data": json.dumps(body), "content_type": JSON}
        return self.client.generic(method, f"/api/v1{path}", headers=named, **sent)

    def get(self, path: str, /, **headers: str) -> Any:
        """GET."""
        return self.call("GET", path, **headers)

    def post(self, path: str, body: object = None, /, **headers: str) -> Any:
        """POST."""
        return self.call("POST", path, body, **headers)

    def put(self, path: str, body: object = None, /, **headers: str) -> Any:
        """PUT, of any version unless one is named."""
        return self.call("PUT", path, body, **({"If_Match": "*"} | headers))

    def patch(self, path: str, body: object = None, /, **headers: str) -> Any:
        """PATCH, of any version unless one is named."""
        return self.call("PATCH", path, body, **({"If_Match": "*"} | headers))

    def delete(self, path: str, body: object = None, /, **headers: str) -> Any:
        """DELETE."""
        return self.call("DELETE", path, body, **headers)

    def upload(self, name: str, content: bytes, /, **headers: str) -> Any:
        """POST a file."""
        from django.core.files.uploadedfile import SimpleUploadedFile

        named = {"Authorization": f"Bearer {self.secret}"} | {
            key.replace("_", "-"): value for key, value in headers.items()
        }
        return self.client.post(
            "/api/v1/attachments", {"file": SimpleUploadedFile(name, content)}, headers=named
        )
