"""What the OpenAPI document says of every operation alike: errors, headers, the token."""

from typing import Any

from ninja.openapi.schema import OpenAPISchema

from .problems import CONTENT_TYPE, Problem

REF = "#/components/schemas/{model}"
EVERY_ERROR = {
    "400": "The request can't be read",
    "401": "No valid token was sent",
    "403": "The token or its person may not do this",
    "404": "There is no such thing, or the caller may not know of it",
    "422": "Some of the input can't be taken; `errors` says which and why",
    "429": "The token has called too often; `Retry-After` says how many seconds to wait",
}
WRITING_ERRORS = {
    "409": "The state of the case forbids it, often since somebody else was quicker",
    "413": "The body is too large",
    "415": "The body is of another type than the operation takes",
}
VERSION_ERRORS = {
    "412": "Somebody else changed it first; `current` is what is stored now",
    "428": "`If-Match` is missing",
}
IDEMPOTENCY_KEY = {
    "in": "header",
    "name": "Idempotency-Key",
    "required": False,
    "description": "Any string of your own. The same request sent again within 24 hours under the same "
    "key has one effect and gets the same answer.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$"},
}
IF_MATCH = {
    "in": "header",
    "name": "If-Match",
    "required": True,
    "description": "The ETag of the version that is changed",
    "schema": {"type": "string"},
}
LIMITS = {
    "RateLimit-Limit": "Requests that the token may make in a window",
    "RateLimit-Remaining": "How many of them are left",
    "RateLimit-Reset": "Seconds until the next window",
}


def completed(document: OpenAPISchema) -> OpenAPISchema:
    """`document` with what holds for every operation."""
    schemas = document["components"].setdefault("schemas", {})
    schemas["Problem"] = Problem.model_json_schema(ref_template=REF)
    document["components"]["securitySchemes"] = {
        "token": {
            "type": "http",
            "scheme": "bearer",
            "description": "An API token: `caseway token --user EMAIL`",
        }
    }
    for path in document["paths"].values():
        for method, operation in path.items():
            _complete(operation, method)
    return document


def _complete(operation: dict[str, Any], method: str) -> None:
    if operation.get("description", "").rstrip(".") == operation["summary"]:
        del operation["description"]  # Ninja repeats the summary where there is nothing more to say
    scopes = operation["x-scopes"]
    operation["security"] = [{"token": scopes}]
    errors = dict(EVERY_ERROR)
    if method != "get":
        errors |= WRITING_ERRORS
    if method == "post":
        operation["parameters"].append(IDEMPOTENCY_KEY)
    if method in ("put", "patch"):
        operation["parameters"].append(IF_MATCH)
        errors |= VERSION_ERRORS
    for answer in operation["responses"].values():
        headers = {name: _header(meaning) for name, meaning in LIMITS.items()}
        answer["headers"] = headers | answer.get("headers", {})
    # Ninja writes the statuses as numbers; they become strings in JSON anyhow.
    operation["responses"] |= {status: _problem(meaning) for status, meaning in errors.items()}


def _header(meaning: str) -> dict[str, Any]:
    return {"description": meaning, "schema": {"type": "integer"}}


def _problem(meaning: str) -> dict[str, Any]:
    return {
        "description": meaning,
        "content": {CONTENT_TYPE: {"schema": {"$ref": REF.format(model="Problem")}}},
    }
