"""Manners: a rate for each host, and what robots.txt asks for."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Lock
from urllib.parse import urlsplit

from protego import Protego

MAX_CRAWL_DELAY = 60.0  # seconds; robots.txt may ask for more, and the entry may set a lower rate


class RateLimiter:
    """Spaces requests to a host evenly; safe for several threads."""

    def __init__(self, rate: float, sleep: Callable[[float], None] = time.sleep) -> None:
        self._interval = 1.0 / rate
        self._intervals: dict[str, float] = {}
        self._next: dict[str, float] = {}
        self._lock = Lock()
        self._sleep = sleep

    def slow_down(self, host: str, seconds: float) -> None:
        """Leave at least ``seconds`` between two requests to a host."""
        with self._lock:
            self._intervals[host] = max(self._intervals.get(host, self._interval), min(seconds, MAX_CRAWL_DELAY))

    def wait(self, host: str) -> None:
        """Return when the next request to the host may go."""
        with self._lock:
            now = time.monotonic()
            at = max(now, self._next.get(host, now))
            self._next[host] = at + self._intervals.get(host, self._interval)
        if at > now:
            self._sleep(at - now)


class Robots:
    """What the robots.txt of each host allows to our user agent (RFC 9309).

    No robots.txt (any 4xx) allows all; one that cannot be had (5xx, no answer) forbids all, for now.
    """

    def __init__(self, user_agent: str) -> None:
        self._agent = user_agent.partition("/")[0] or user_agent
        self._rules: dict[str, Protego | None] = {}

    def known(self, url: str) -> bool:
        """Whether the host's robots.txt was asked for."""
        return origin(url) in self._rules

    def learn(self, url: str, status: int | None, body: str) -> float | None:
        """Keep what the robots.txt at ``url`` said; returns the crawl delay it asks for, in seconds."""
        rules: Protego | None = None
        if status is not None and 200 <= status < 300:
            rules = Protego.parse(body)
        elif status is not None and 400 <= status < 500 and status != 429:
            rules = Protego.parse("")
        self._rules[origin(url)] = rules
        delay = rules.crawl_delay(self._agent) if rules else None
        return float(delay) if delay else None

    def unreachable(self, url: str) -> bool:
        """Whether the host's robots.txt could not be had."""
        return self._rules.get(origin(url)) is None

    def allows(self, url: str) -> bool:
        """Whether robots.txt lets us ask for a URL."""
        rules = self._rules.get(origin(url))
        return rules is not None and bool(rules.can_fetch(url, self._agent))


def origin(url: str) -> str:
    """Scheme, host and port of a URL."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.lower()}"
