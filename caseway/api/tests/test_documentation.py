"""The OpenAPI document and the page that shows it."""

import re

import pytest
from django.test import Client

from caseway.api.catalogue import api
from caseway.api.http.budgets import REQUESTS, UPLOADS
from caseway.api.tokens.scopes import Scope
from config.values import ROOT

pytestmark = pytest.mark.django_db


def test_the_document_is_public_and_whole():
    response = Client().get("/api/v1/openapi.json")

    document = response.json()
    assert document["openapi"].startswith("3.1")
    assert document["components"]["securitySchemes"]["token"]["scheme"] == "bearer"
    operations = [one for path in document["paths"].values() for one in path.values()]
    assert len({one["operationId"] for one in operations}) == len(operations) > 45
    for one in operations:
        assert one["summary"], one["operationId"]
        assert set(one["x-scopes"]) <= set(Scope.values)
        assert {"400", "401", "403", "404", "422", "429"} <= set(one["responses"])


def test_every_reference_leads_somewhere():
    document = Client().get("/api/v1/openapi.json").json()
    known = document["components"]["schemas"]

    def references(value):
        if isinstance(value, dict):
            yield from [value["$ref"]] if "$ref" in value else []
            for inner in value.values():
                yield from references(inner)
        elif isinstance(value, list):
            for inner in value:
                yield from references(inner)

    found = {reference.rsplit("/", 1)[1] for reference in references(document)}
    assert found <= set(known)


def test_the_page_shows_every_operation_without_script():
    response = Client().get("/api/docs")
    text = response.content.decode()

    assert response.status_code == 200
    for path, methods in api.get_openapi_schema()["paths"].items():
        assert path in text
        for operation in methods.values():
            assert f'id="{operation["operationId"]}"' in text
    assert "<script" not in text
    assert 'style="' not in text
    assert "http://" not in text.replace("http://testserver", "")
    assert "https://" not in text


def test_its_links_lead_somewhere():
    text = Client().get("/api/docs").content.decode()
    ids = set(re.findall(r'id="([^"]+)"', text))

    assert set(re.findall(r'href="#([^"]+)"', text)) <= ids


GUIDE = ROOT / "docs/integrators/api.md"


def test_the_guide_names_every_operation_and_no_other():
    written = set(re.findall(r"`((?:GET|POST|PUT|PATCH|DELETE) /[^`]*)`", GUIDE.read_text("utf-8")))
    paths = api.get_openapi_schema()["paths"]
    offered = {f"{method.upper()} {path.removeprefix('/api/v1')}" for path in paths for method in paths[path]}

    assert written == offered


def test_the_guide_tells_the_limits_and_scopes_that_hold():
    text = GUIDE.read_text("utf-8")

    assert f"{REQUESTS.limit} requests a minute, {UPLOADS.limit} of them uploads" in text
    assert all(f"`{scope}`" in text for scope in Scope.values)
