"""A web server on loopback whose answers a test scripts, and which remembers what it was asked."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread


@dataclass
class Answer:
    """A scripted answer. ``etag`` True answers conditional requests with 304."""

    body: bytes | str = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    media_type: str = "text/html; charset=utf-8"
    etag: bool = False

    @property
    def data(self) -> bytes:
        return self.body.encode() if isinstance(self.body, str) else self.body


Route = Answer | str | bytes | Callable[["Request"], Answer] | list[Answer]


@dataclass
class Request:
    path: str
    headers: dict[str, str]


class Site:
    """Routes by path (with query), and the requests that came, in order."""

    def __init__(self) -> None:
        self.routes: dict[str, Route] = {}
        self.requests: list[Request] = []
        self.url = ""

    def paths(self) -> list[str]:
        """The paths asked for, without robots.txt."""
        return [request.path for request in self.requests if request.path != "/robots.txt"]

    def answer(self, request: Request) -> Answer:
        route = self.routes.get(request.path)
        if isinstance(route, list):
            route = route.pop(0) if len(route) > 1 else route[0]
        if callable(route):
            route = route(request)
        if isinstance(route, str | bytes):
            route = Answer(route)
        return route or Answer("没有这个页面", 404)


@contextmanager
def serve(site: Site) -> Iterator[Site]:
    """Run a site on a free port of 127.0.0.1."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            request = Request(self.path, {key.lower(): value for key, value in self.headers.items()})
            site.requests.append(request)
            answer = site.answer(request)
            data, headers = answer.data, dict(answer.headers)
            status = answer.status
            if answer.etag:
                headers["ETag"] = '"' + hashlib.sha256(data).hexdigest()[:16] + '"'
                if request.headers.get("if-none-match") == headers["ETag"]:
                    status, data = 304, b""
            if headers.get("Content-Encoding") == "gzip":
                data = gzip.compress(data)
            self.send_response(status)
            headers.setdefault("Content-Type", answer.media_type)
            headers.setdefault("Content-Length", str(len(data)))
            for key, value in headers.items():
                self.send_header(key, value)
            self.end_headers()
            try:
                self.wfile.write(data)
            except OSError:
                self.close_connection = True  # the client hung up at its bound

        def log_message(self, format: str, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        site.url = f"http://127.0.0.1:{server.server_address[1]}"
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield site
        finally:
            server.shutdown()
            thread.join()
