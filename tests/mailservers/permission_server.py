"""A provider of permissions: Authlib's OAuth 2 server, as strict as the large ones.

Registered client, exact redirect address, PKCE by S256 alone, codes good once, refresh tokens good once; it
describes itself (OpenID discovery) and tells a mail server whether a token is good (RFC 7662).
"""

import contextlib
import secrets
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from authlib.integrations.flask_oauth2 import AuthorizationServer
from authlib.oauth2 import OAuth2Error
from authlib.oauth2.rfc6749 import ClientMixin, grants
from authlib.oauth2.rfc6749.errors import InvalidRequestError
from authlib.oauth2.rfc7636 import CodeChallenge
from flask import Flask, Response, jsonify, request
from werkzeug.serving import make_server

CLIENT, SECRET = "caseway-client", "the-clients-own-long-secret"


class Registered(ClientMixin):
    """The one client."""

    def __init__(self, redirect_uri: str) -> None:
        self.redirect_uri = redirect_uri

    def get_client_id(self):
        return CLIENT

    def get_default_redirect_uri(self):
        return self.redirect_uri

    def get_allowed_scope(self, scope):
        return scope

    def check_redirect_uri(self, redirect_uri):
        return redirect_uri == self.redirect_uri

    def check_client_secret(self, client_secret):
        return secrets.compare_digest(client_secret, SECRET)

    def check_endpoint_auth_method(self, method, endpoint):
        return method == "client_secret_post"

    def check_response_type(self, response_type):
        return response_type == "code"

    def check_grant_type(self, grant_type):
        return grant_type in {"authorization_code", "refresh_token"}


class Person:
    """Whoever signs in at the provider."""

    def __init__(self, name: str) -> None:
        self.name = name

    def get_user_id(self):
        return self.name


@dataclass
class Code:
    """A code, good once."""

    redirect_uri: str
    scope: str
    person: str
    code_challenge: str
    code_challenge_method: str

    def get_redirect_uri(self):
        return self.redirect_uri

    def get_scope(self):
        return self.scope


@dataclass
class Refresh:
    """A refresh token, good once."""

    token: str
    person: str
    scope: str

    def check_client(self, client):
        return client.get_client_id() == CLIENT

    def get_scope(self):
        return self.scope


@dataclass
class PermissionServer:
    """A running provider; `person` is who is signed in there."""

    redirect_uri: str
    person: str = "support"
    seconds: int = 3600
    codes: dict[str, Code] = field(default_factory=dict)
    access: dict[str, tuple[str, float]] = field(default_factory=dict)
    refresh: dict[str, Refresh] = field(default_factory=dict)
    refreshed: int = 0
    port: int = 0

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def revoke(self) -> None:
        """The person takes back what they gave."""
        self.access.clear()
        self.refresh.clear()


def _grants(state: PermissionServer) -> list[tuple[type[Any], list[Any]]]:
    class ByCode(grants.AuthorizationCodeGrant):
        TOKEN_ENDPOINT_AUTH_METHODS = ["client_secret_post"]

        def save_authorization_code(self, code, request):
            data = request.payload.data
            state.codes[code] = Code(
                data["redirect_uri"],
                data["scope"],
                request.user.name,
                data["code_challenge"],
                data["code_challenge_method"],
            )

        def query_authorization_code(self, code, client):
            return state.codes.get(code)

        def delete_authorization_code(self, authorization_code):
            state.codes = {key: one for key, one in state.codes.items() if one is not authorization_code}

        def authenticate_user(self, authorization_code):
            return Person(authorization_code.person)

    class ByRefresh(grants.RefreshTokenGrant):
        TOKEN_ENDPOINT_AUTH_METHODS = ["client_secret_post"]
        INCLUDE_NEW_REFRESH_TOKEN = True

        def authenticate_refresh_token(self, refresh_token):
            return state.refresh.get(refresh_token)

        def authenticate_user(self, refresh_token):
            return Person(refresh_token.person)

        def revoke_old_credential(self, refresh_token):
            state.refreshed += 1
            state.refresh.pop(refresh_token.token, None)

    class Challenge(CodeChallenge):
        SUPPORTED_CODE_CHALLENGE_METHOD = ["S256"]

        def validate_code_challenge(self, grant, redirect_uri):
            if not grant.request.payload.data.get("code_challenge"):
                raise InvalidRequestError("PKCE is required")
            super().validate_code_challenge(grant, redirect_uri)

    return [(ByCode, [Challenge(required=True)]), (ByRefresh, [])]


def _application(state: PermissionServer) -> Flask:
    app = Flask(__name__)
    app.config["OAUTH2_REFRESH_TOKEN_GENERATOR"] = True
    client = Registered(state.redirect_uri)

    def save_token(token, request):
        token["expires_in"] = state.seconds
        state.access[token["access_token"]] = (request.user.name, time.time() + state.seconds)
        if "refresh_token" in token:
            scope = token.get("scope", "")
            state.refresh[token["refresh_token"]] = Refresh(token["refresh_token"], request.user.name, scope)

    server = AuthorizationServer(
        app, query_client=lambda key: client if key == CLIENT else None, save_token=save_token
    )
    for grant, extensions in _grants(state):
        server.register_grant(grant, extensions)

    @app.get("/.well-known/openid-configuration")
    def describe() -> Response:
        return jsonify(
            issuer=state.issuer,
            authorization_endpoint=f"{state.issuer}/authorize",
            token_endpoint=f"{state.issuer}/token",
        )

    @app.get("/authorize")
    def authorize() -> Any:
        """The person is signed in, and says yes."""
        person = Person(state.person)
        try:
            grant = server.get_consent_grant(end_user=person)
        except OAuth2Error as refused:
            return jsonify(error=refused.error), 400
        return server.create_authorization_response(grant_user=person, grant=grant)

    @app.post("/token")
    def token() -> Any:
        return server.create_token_response()

    @app.route("/introspect", methods=["GET", "POST"])
    def introspect() -> Response:
        person, until = state.access.get(request.values.get("token", ""), ("", 0.0))
        return jsonify(active=until > time.time(), username=person)

    return app


@contextlib.contextmanager
def permission_server(redirect_uri: str) -> Iterator[PermissionServer]:
    """A provider on this machine, with one registered client."""
    state = PermissionServer(redirect_uri)
    server = make_server("127.0.0.1", 0, _application(state), threaded=True)
    state.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield state
    finally:
        server.shutdown()
        thread.join(10)
