"""Whom the network says we talk to."""

import pytest
from django.test import override_settings

from caseway.core.http.clients import client_address
from config.environment import Environment


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, "203.0.113.9", "198.51.100.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "6.6.6.6, 203.0.113.9", "203.0.113.9"),
        (2, "6.6.6.6, 203.0.113.9, 198.51.100.2", "203.0.113.9"),
        (2, "203.0.113.9", "198.51.100.1"),
        (1, "nonsense", "198.51.100.1"),
        (1, "", "198.51.100.1"),
        (1, "2001:db8::1", "2001:db8::1"),
    ],
)
def test_only_as_many_hops_are_believed_as_there_are_proxies(rf, proxies, forwarded, expected):
    request = rf.get("/", REMOTE_ADDR="198.51.100.1", headers={"X-Forwarded-For": forwarded})

    with override_settings(CASEWAY=Environment(proxies=proxies)):
        assert client_address(request) == expected
