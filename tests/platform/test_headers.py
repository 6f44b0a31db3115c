"""The headers of every answer."""

import pytest

from caseway.core.http.policy import CONTENT_SECURITY_POLICY, HEADERS


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["/health/live", "/health/ready", "/admin/login/", "/nowhere", "/metrics"]
)
def test_every_answer_carries_the_policy(client, address):
    response = client.get(address)

    for name in HEADERS:
        assert name in response.headers, name
    assert response.headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_nothing_is_allowed_that_is_not_named():
    rules = dict(rule.split(" ", 1) for rule in CONTENT_SECURITY_POLICY.split("; "))

    assert rules["default-src"] == "'none'"
    assert rules["base-uri"] == rules["frame-ancestors"] == "'none'"
    for name in ("script-src", "style-src", "connect-src", "form-action"):
        assert rules[name] == "'self'"
    assert "unsafe" not in CONTENT_SECURITY_POLICY
    assert "*" not in CONTENT_SECURITY_POLICY
