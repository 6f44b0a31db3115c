"""A server that refuses, always or a few times before it lets another one answer."""

import http.client
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

ERROR = "<?xml version='1.0'?><Error><Code>{code}</Code><Message>no</Message></Error>"


class Answering:
    """`with Answering(503, "SlowDown", times=2, then=port) as port:` - refuses twice, then passes on."""

    def __init__(self, status: int, code: str, *, times: int = 1_000, then: int = 0) -> None:
        answering = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def answer(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                answering.times -= 1
                if answering.times >= 0:
                    self._give(status, ERROR.format(code=code).encode())
                    return
                onward = http.client.HTTPConnection("127.0.0.1", then, timeout=10)
                onward.request(self.command, self.path, body, dict(self.headers))
                response = onward.getresponse()
                self._give(response.status, response.read())

            def _give(self, status: int, body: bytes) -> None:
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(body)

            do_GET = do_HEAD = do_PUT = do_DELETE = do_POST = answer  # noqa: N815 - what the base class calls

            def log_message(self, *_: object) -> None:
                pass

        self.times = times
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)

    def __enter__(self) -> int:
        Thread(target=self._server.serve_forever, daemon=True).start()
        return self._server.server_port

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
