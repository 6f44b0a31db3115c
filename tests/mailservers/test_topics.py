"""Saying yes to a topic, at a server that speaks TLS and is the only one that is called."""

import ssl
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit

import pytest

from caseway.core.outbound import Forbidden
from caseway.mail.webhooks import topics

from .certificate import make_certificate

TOPIC, TOKEN = "arn:aws:sns:eu-west-1:123456789012:mail", "a1" * 50


@contextmanager
def amazon(folder, status):
    """A server with a certificate for localhost; gives its port and what it was asked."""
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(parse_qs(urlsplit(self.path).query))
            self.send_response(status)
            self.send_header("Location", "http://127.0.0.1:1/")
            self.end_headers()

        def log_message(self, *_):
            pass

    chain, key = make_certificate(folder)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(chain, key)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_port, asked, chain
    finally:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize("status", [200, 302, 403])
def test_yes_is_said_once_and_no_redirection_followed(tmp_path, monkeypatch, settings, status):
    with amazon(tmp_path, status) as (port, asked, chain):
        monkeypatch.setattr(topics, "_server_of", lambda *_: ("localhost", port))
        with pytest.raises(ssl.SSLCertVerificationError):
            topics.confirm(TOPIC, TOKEN)
        monkeypatch.setenv("SSL_CERT_FILE", str(chain))
        if status == 200:
            topics.confirm(TOPIC, TOKEN)
        else:
            with pytest.raises(OSError, match=f"status {status}"):
                topics.confirm(TOPIC, TOKEN)
        assert asked == [{"Action": ["ConfirmSubscription"], "TopicArn": [TOPIC], "Token": [TOKEN]}]
        settings.PRIVATE_NETWORKS = ()
        with pytest.raises(Forbidden):
            topics.confirm(TOPIC, TOKEN)
