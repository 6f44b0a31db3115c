"""Saying yes to a topic of Amazon's (SNS), which asks before it sends anything.

The address that its question names is never called: who is asked follows from the region in the topic's own
name, and can be none but Amazon.
"""

import re
import ssl
from http.client import HTTPException, HTTPSConnection
from urllib.parse import urlencode

from caseway.core.outbound import connect

from .brought import Incomplete

TOPIC = re.compile(
    r"arn:(?P<part>aws|aws-cn|aws-us-gov):sns:(?P<region>[a-z]{2,3}(?:-[a-z]+){1,3}-\d):\d{12}:[\w-]{1,256}(?:\.fifo)?",
    re.ASCII,
)
TOKEN = re.compile(r"[0-9a-zA-Z]{16,1024}")
SECONDS = 10.0


class _Guarded(HTTPSConnection):
    """Over a connection that reaches public networks only (caseway.core.outbound)."""

    def connect(self) -> None:
        """Connect, under TLS from the first byte."""
        plain = connect(self.host, self.port, timeout=SECONDS)
        try:
            self.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=self.host)
        except BaseException:
            plain.close()
            raise


def confirm(topic: str, token: str) -> None:
    """Tell Amazon that the topic's notes are wanted. Raises Incomplete where `topic` or `token` are no such
    thing, OSError where Amazon does not agree."""
    named = TOPIC.fullmatch(topic)
    if named is None or not TOKEN.fullmatch(token):
        raise Incomplete
    query = urlencode({"Action": "ConfirmSubscription", "TopicArn": topic, "Token": token})
    connection = _Guarded(*_server_of(named["part"], named["region"]))
    try:
        connection.request("GET", f"/?{query}")
        status = connection.getresponse().status
    except HTTPException as error:
        raise OSError(type(error).__name__) from error
    finally:
        connection.close()
    if status != 200:
        raise OSError(f"status {status}")


def _server_of(part: str, region: str) -> tuple[str, int]:
    return f"sns.{region}.amazonaws.com{'.cn' if part == 'aws-cn' else ''}", 443
