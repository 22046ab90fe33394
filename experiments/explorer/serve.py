"""The page on this machine alone: one file, served on loopback until it is interrupted."""

from __future__ import annotations

from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

LOOPBACK = "127.0.0.1"


def page_server(page: str, port: int) -> ThreadingHTTPServer:
    """Return a server of one page on loopback; port 0 takes any that is free.

    Raises:
        OSError: the port is taken, or may not be used.
    """
    return ThreadingHTTPServer((LOOPBACK, port), _answers(page.encode()))


def _answers(content: bytes) -> Callable[..., BaseHTTPRequestHandler]:
    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found = self.path.split("?")[0] in {"/", "/index.html"}
            self.send_response(200 if found else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(content) if found else 0))
            self.end_headers()
            if found:
                self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Say nothing of what was asked for."""

    return Answer
