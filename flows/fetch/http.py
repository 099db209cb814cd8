"""A polite, bounded HTTP client for one source. It never raises for what the other side does: it returns a Reply."""

from __future__ import annotations

import random
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from threading import Lock
from types import TracebackType
from typing import Any
from urllib.parse import urldefrag, urlsplit

import httpx

from flows.errors import SourceRefused
from flows.fetch.addresses import PinnedTransport, Resolver, host_allowed, resolve
from flows.fetch.blocked import blocked_reason, missing_reason
from flows.fetch.config import Http
from flows.fetch.decoding import decode_html
from flows.fetch.model import Attempt, Kind, Outcome, sha256_of
from flows.fetch.names import absolute
from flows.fetch.politeness import RateLimiter, Robots, origin

# 425 to 504 by RFC 9110 and 6585; 520 to 524 are Cloudflare's words for an origin that does not answer (521 apart,
# which Chinese protections use for a challenge).
RETRIABLE = frozenset({408, 425, 429, 500, 502, 503, 504, 520, 522, 523, 524})
MAX_REDIRECTS = 5
MAX_RETRY_AFTER = 120.0  # seconds; a longer wish means: not tonight
MAX_BACKOFF = 60.0


@dataclass(frozen=True, slots=True)
class Ask:
    """A URL to get, with what is known of it from earlier nights."""

    url: str
    kind: Kind = "document"
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """What came of asking for a URL; ``data`` is empty unless the outcome is fetched."""

    ask: Ask
    outcome: Outcome
    started_at: datetime
    seconds: float = 0.0
    status: int | None = None
    url: str = ""
    data: bytes = b""
    headers: httpx.Headers = field(default_factory=httpx.Headers)
    message: str = ""

    @property
    def media_type(self) -> str | None:
        """The media type the server states, without parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower() or None

    @property
    def text(self) -> str:
        """The answer as text, for finding links."""
        return decode_html(self.data, httpx.Response(200, headers=self.headers).charset_encoding)

    def attempt(self, source: str, **changes: Any) -> Attempt:
        """The row of ``retrievals``."""
        fetched = self.outcome == "fetched"
        row = Attempt(
            source=source,
            kind=self.ask.kind,
            url=self.ask.url,
            outcome=self.outcome,
            started_at=self.started_at,
            seconds=self.seconds,
            status=self.status,
            etag=self.headers.get("etag") or (None if fetched else self.ask.etag),
            last_modified=self.headers.get("last-modified") or (None if fetched else self.ask.last_modified),
            sha256=sha256_of(self.data) if fetched else None,
            bytes=len(self.data) if fetched else None,
            message=self.message,
        )
        return replace(row, **changes)


class Client:
    """Asks for URLs within the limits of an entry: hosts, addresses, robots.txt, rate, size, time, number."""

    def __init__(
        self, config: Http, *, sleep: Callable[[float], None] = time.sleep, resolver: Resolver = resolve
    ) -> None:
        self._config = config
        self._sleep = sleep
        self._limiter = RateLimiter(config.rate, sleep)
        self._robots = Robots(config.user_agent)
        self._robots_lock = Lock()
        self._count_lock = Lock()
        self._left = config.max_requests
        self._end = time.monotonic() + config.max_minutes * 60
        self._robots_attempts: list[Attempt] = []
        self._http = httpx.Client(
            transport=PinnedTransport(allow_private=config.allow_private, resolver=resolver),
            timeout=httpx.Timeout(config.timeout, connect=min(config.timeout, 15)),
            headers={"User-Agent": config.user_agent, "Accept-Encoding": "gzip", "Accept-Language": "zh-CN,zh;q=0.9"},
            follow_redirects=False,
            trust_env=False,
        )

    def __enter__(self) -> Client:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.close()

    def robots_attempts(self) -> list[Attempt]:
        """The attempts at robots.txt since this was last asked."""
        with self._robots_lock:
            taken, self._robots_attempts = self._robots_attempts, []
        return taken

    def get(self, ask: Ask) -> Reply:
        """One URL, with redirects and retries."""
        started, clock = datetime.now(UTC), time.monotonic()
        reply = self._attempt(ask, started)
        for number in range(self._config.retries):
            wait = _wait(reply, number, self._config.backoff)
            if wait is None or time.monotonic() + wait > self._end:
                break
            self._sleep(wait)
            reply = self._attempt(ask, started)
        return replace(reply, seconds=time.monotonic() - clock)

    def get_all(self, asks: Iterable[Ask]) -> Iterator[Reply]:
        """Replies in the order of the asks, up to ``concurrency`` of them under way, no more than these held."""
        if self._config.concurrency == 1:
            yield from map(self.get, asks)
            return
        under_way: deque[Future[Reply]] = deque()
        with ThreadPoolExecutor(self._config.concurrency) as pool:
            try:
                for ask in asks:
                    under_way.append(pool.submit(self.get, ask))
                    if len(under_way) >= self._config.concurrency:
                        yield under_way.popleft().result()
                while under_way:
                    yield under_way.popleft().result()
            finally:
                for future in under_way:
                    future.cancel()

    def _attempt(self, ask: Ask, started: datetime) -> Reply:
        """One try, redirects followed within the allowed hosts."""
        url = urldefrag(ask.url).url
        for _ in range(MAX_REDIRECTS + 1):
            refusal = self._refusal(url)
            if refusal:
                outcome, message = refusal
                return Reply(ask, outcome, started, url=url, message=message)
            try:
                reply = self._exchange(ask, url, started)
            except SourceRefused as error:
                return Reply(ask, "refused", started, url=url, message=str(error))
            except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
                told = str(error) or type(error).__name__
                return Reply(ask, "failed", started, url=url, message=f"No answer: {told}")
            location = reply.headers.get("location")
            if reply.status not in (301, 302, 303, 307, 308) or not location:
                return reply
            url = absolute(url, location)
        return Reply(ask, "failed", started, 0, reply.status, url, message=f"Over {MAX_REDIRECTS} redirects")

    def _refusal(self, url: str) -> tuple[Outcome, str] | None:
        """Why a URL is not asked for."""
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            return "refused", f"Not a web address: {url[:200]}"
        if not host_allowed(parts.hostname, self._config.hosts):
            return "refused", f"The host {parts.hostname} is not among allowed_hosts"
        if time.monotonic() > self._end:
            return "failed", f"The night's {self._config.max_minutes:g} minutes for this source are over (max_minutes)"
        with self._count_lock:
            self._left -= 1
            if self._left < 0:
                return "failed", f"The night's {self._config.max_requests} requests are used up (max_requests)"
        return self._robots_refusal(url) if self._config.robots else None

    def _robots_refusal(self, url: str) -> tuple[Outcome, str] | None:
        with self._robots_lock:
            if not self._robots.known(url):
                self._learn_robots(url)
        if self._robots.unreachable(url):
            return "failed", "Its robots.txt cannot be had, so nothing may be asked for now"
        return None if self._robots.allows(url) else ("refused", "robots.txt does not allow it")

    def _learn_robots(self, url: str) -> None:
        ask = Ask(origin(url) + "/robots.txt", "robots")
        started, clock = datetime.now(UTC), time.monotonic()
        reply = self._robots_reply(ask, started)
        for number in range(self._config.retries):
            wait = _wait(reply, number, self._config.backoff)
            if wait is None:
                break
            self._sleep(wait)
            reply = self._robots_reply(ask, started)
        delay = self._robots.learn(url, reply.status, reply.text if reply.outcome == "fetched" else "")
        if delay:
            self._limiter.slow_down(urlsplit(url).hostname or "", delay)
        self._robots_attempts.append(reply.attempt(self._config.name, seconds=time.monotonic() - clock))

    def _robots_reply(self, ask: Ask, started: datetime) -> Reply:
        """What came of one try at a robots.txt, its redirects followed (RFC 9309 asks for five) within our hosts."""
        target, reply = ask.url, Reply(ask, "failed", started)
        for _ in range(MAX_REDIRECTS):
            try:
                reply = self._exchange(ask, target, started)
            except SourceRefused as error:
                return Reply(ask, "refused", started, message=str(error))
            except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
                return Reply(ask, "failed", started, message=f"No answer: {str(error) or type(error).__name__}")
            location = reply.headers.get("location")
            target = absolute(target, location or "")
            if not location or not host_allowed(urlsplit(target).hostname, self._config.hosts):
                break
        return reply

    def _exchange(self, ask: Ask, url: str, started: datetime) -> Reply:
        """One request and its answer, judged."""
        self._limiter.wait(urlsplit(url).hostname or "")
        headers = {"If-None-Match": ask.etag, "If-Modified-Since": ask.last_modified}
        deadline = time.monotonic() + self._config.timeout
        request = self._http.build_request("GET", url, headers={k: v for k, v in headers.items() if v})
        response = self._http.send(request, stream=True)
        try:
            data = bytearray()
            for chunk in response.iter_bytes(65536):
                data += chunk
                if len(data) > self._config.max_bytes:
                    message = f"Over the bound of {self._config.max_megabytes:g} MB (max_megabytes)"
                    return Reply(ask, "refused", started, 0, response.status_code, url, message=message)
                if time.monotonic() > deadline:
                    raise httpx.ReadTimeout(f"not complete after {self._config.timeout:g} seconds")
        finally:
            response.close()
        return _judged(Reply(ask, "fetched", started, 0, response.status_code, url, bytes(data), response.headers))


def _judged(reply: Reply) -> Reply:
    """The reply with its outcome."""
    status = reply.status or 0
    if status == 304:
        return replace(reply, outcome="not_modified", data=b"")
    if 300 <= status < 400:
        return replace(reply, outcome="failed", data=b"", message=f"A redirect ({status}) without an address")
    if reply.ask.kind != "robots":
        blocked = blocked_reason(status, reply.media_type, reply.data, reply.url, reply.ask.url)
        if blocked:
            return replace(reply, outcome="blocked", data=b"", message=f"Blocked: {blocked}")
    if status in (404, 410):
        return replace(reply, outcome="missing", data=b"", message=f"Not there ({status})")
    if not 200 <= status < 300:
        return replace(reply, outcome="failed", data=b"", message=f"The server answered {status}")
    if reply.ask.kind == "robots":
        return reply
    gone = missing_reason(reply.media_type, reply.data)
    if gone:
        return replace(reply, outcome="missing", data=b"", message=f"Not there: {gone}")
    return reply if reply.data else replace(reply, outcome="failed", message="An empty answer")


def _wait(reply: Reply, number: int, backoff: float) -> float | None:
    """Seconds to wait before another try, or None where none is worth it."""
    if reply.outcome != "failed" or (reply.status is not None and reply.status not in RETRIABLE):
        return None
    if reply.status is None and not reply.message.startswith("No answer"):
        return None
    asked = _retry_after(reply.headers.get("retry-after"))
    if asked is not None:
        return asked if asked <= MAX_RETRY_AFTER else None
    # Full jitter: so that many clients that failed together do not come back together.
    return random.uniform(0.5, 1.0) * min(MAX_BACKOFF, backoff * float(2**number))


def _retry_after(value: str | None) -> float | None:
    """The seconds that a Retry-After header asks for, given as seconds or as a date."""
    if not value:
        return None
    if value.strip().isdigit():
        return float(value)
    try:
        at = parsedate_to_datetime(value)
    except ValueError:
        return None
    return max(0.0, (at.replace(tzinfo=at.tzinfo or UTC) - datetime.now(UTC)).total_seconds())
