"""What an entry of sources.yaml may say: one model a kind of source, every key with its meaning and its default."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from cssselect import GenericTranslator, SelectorError
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator, model_validator

USER_AGENT = "taizhang/0.1 (nightly reader of public reports)"
PLACEHOLDER = re.compile(r"\{(\w*)\}")
DATE_PARTS = frozenset({"yyyy", "mm", "dd"})
SECRET = re.compile(r"pass(word|wd|phrase)|secret|token|private_key|(^|(?<!host)_)key$", re.IGNORECASE)
ENVIRONMENT = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Expect(_Strict):
    """What a night of this source looks like. ``minimum`` stops the night, the other two warn."""

    minimum: int | None = Field(default=None, ge=0, description="fewer reports than this shown in a night is an error")
    maximum: int | None = Field(default=None, ge=1, description="more reports than this in a night is a warning")
    fresh_days: int | None = Field(default=None, ge=1, description="no new report for this many days is a warning")

    @model_validator(mode="after")
    def _ordered(self) -> Expect:
        if self.minimum is not None and self.maximum is not None and self.minimum > self.maximum:
            raise ValueError(f"minimum {self.minimum} is over maximum {self.maximum}")
        return self


class Entry(_Strict):
    """What every source may say."""

    name: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_\-]{1,64}$")]
    enabled: bool = True
    place: Text | None = None
    issuer: Text | None = None
    language: Text = "zh"
    expect: Expect = Expect()
    max_megabytes: float = Field(default=64, gt=0, le=1024, description="a larger file is refused")

    @property
    def max_bytes(self) -> int:
        """The bound on a file, in bytes."""
        return int(self.max_megabytes * 1024 * 1024)

    @property
    def defaults(self) -> dict[str, str]:
        """Place, issuer and language, as hints for a report that does not state them."""
        pairs = {"place": self.place, "issuer": self.issuer, "language": self.language}
        return {key: value for key, value in pairs.items() if value}


class Http(Entry):
    """What every source on the web may say: whom to ask, how often, and when to give up."""

    allowed_hosts: tuple[Text, ...] = ()
    allow_private: bool = False
    robots: bool = True
    user_agent: Text = USER_AGENT
    rate: float = Field(default=1.0, gt=0, le=1000, description="requests a second to one host")
    concurrency: int = Field(default=2, ge=1, le=16, description="requests under way at once")
    timeout: float = Field(default=30, gt=0, le=600, description="seconds for one request, from first byte to last")
    retries: int = Field(default=3, ge=0, le=10, description="further attempts where one is worth it")
    backoff: float = Field(default=1.0, ge=0, le=60, description="seconds before the first retry; doubles, with jitter")
    max_requests: int = Field(default=2000, ge=1, description="requests a night")
    max_minutes: float = Field(default=60, gt=0, description="minutes a night")

    @field_validator("allowed_hosts")
    @classmethod
    def _hosts(cls, hosts: tuple[str, ...]) -> tuple[str, ...]:
        for host in hosts:
            if "/" in host or ":" in host or "*" in host.removeprefix("*."):
                raise ValueError(f"{host!r} is not a host name; write www.example.gov.cn or *.example.gov.cn")
        return tuple(host.lower() for host in hosts)

    def start_urls(self) -> tuple[str, ...]:
        """The URLs that the entry itself names."""
        return ()

    @property
    def hosts(self) -> tuple[str, ...]:
        """The hosts that may be asked: those of the entry's URLs and ``allowed_hosts``."""
        own = [urlsplit(url).hostname or "" for url in self.start_urls()]
        return tuple(dict.fromkeys([*own, *self.allowed_hosts]))


class InboxSource(Entry):
    """A folder of files. It is only read."""

    kind: Literal["inbox"]
    path: Path
    include: tuple[Text, ...] = ("**/*",)
    exclude: tuple[Text, ...] = ()


class RemoteSource(Http):
    """Files under a URL: S3, SFTP, an HTTP index, or any other file system that fsspec knows."""

    kind: Literal["remote"]
    url: Text
    include: tuple[Text, ...] = ("**/*",)
    exclude: tuple[Text, ...] = ()
    options: dict[str, Any] = Field(default_factory=dict, description="fsspec options; secrets as ${VARIABLE}")
    block: Text | None = None
    depth: int = Field(default=5, ge=1, le=50, description="folders below the URL")

    @field_validator("url")
    @classmethod
    def _url(cls, url: str) -> str:
        scheme = urlsplit(url).scheme
        if not scheme or "::" in url:
            raise ValueError("must be one URL with a scheme, such as s3://bucket/folder or sftp://host/folder")
        if scheme in ("file", "local"):
            raise ValueError("a folder of this machine is a source of kind inbox")
        if urlsplit(url).password:
            raise ValueError("holds a password; give it as an option: password: ${VARIABLE}")
        return url

    @field_validator("options")
    @classmethod
    def _no_secrets(cls, options: dict[str, Any]) -> dict[str, Any]:
        for path, value in _leaves(options):
            if SECRET.search(path[-1]) and isinstance(value, str) and not ENVIRONMENT.fullmatch(value):
                raise ValueError(f"{'.'.join(path)} holds a secret in plain; write ${{VARIABLE}} and set it there")
        return options

    @property
    def is_http(self) -> bool:
        """Whether this is an index page on the web."""
        return urlsplit(self.url).scheme in ("http", "https")

    def start_urls(self) -> tuple[str, ...]:
        return (self.url,) if self.is_http else ()


class EpaperSource(Http):
    """A digital newspaper, one issue a day."""

    kind: Literal["epaper"]
    url: Text
    start: date | None = None
    end: date | None = None
    catch_up_days: int = Field(default=730, ge=1, le=36600, description="older days are not asked for by themselves")
    recheck_days: int = Field(default=3, ge=0, le=60, description="days for which a missing issue is asked for again")
    pages: Text | None = None
    titles: Text | None = None

    @model_validator(mode="after")
    def _ordered(self) -> EpaperSource:
        if self.start and self.end and self.start > self.end:
            raise ValueError(f"start {self.start} is after end {self.end}")
        return self

    @field_validator("url")
    @classmethod
    def _url(cls, url: str) -> str:
        names = set(PLACEHOLDER.findall(url))
        if names and names != DATE_PARTS:
            raise ValueError("takes {yyyy}, {mm} and {dd}, all three, or none and the address of paperindex.htm")
        return _web_url(url)

    _patterns = field_validator("pages", "titles")(classmethod(lambda cls, value: _pattern(value)))

    def start_urls(self) -> tuple[str, ...]:
        return (self.url,)


class Listing(Http):
    """What leads to reports by links: where it begins, and which of its links are reports."""

    url: Text
    match: Text | None = None
    exclude: Text | None = None

    @field_validator("url")
    @classmethod
    def _url(cls, url: str) -> str:
        return _web_url(url)

    _patterns = field_validator("match", "exclude")(classmethod(lambda cls, value: _pattern(value)))

    def start_urls(self) -> tuple[str, ...]:
        return (self.url,)


class WebSource(Listing):
    """List pages and the pages they link to."""

    kind: Literal["web"]
    links: Text | None = None
    item_date: Text | None = None
    next: Text | None = None
    max_pages: int = Field(
        default=5, ge=1, le=1000, description="list pages a night; as many as it takes when backfilling"
    )
    attachments: bool = False
    revisit_days: int = Field(
        default=7, ge=0, le=3660, description="days for which a report still listed is asked for again"
    )

    _selectors = field_validator("links", "item_date", "next")(classmethod(lambda cls, value: _selector(value)))


class FeedSource(Listing):
    """An RSS or Atom feed, and the pages its entries link to."""

    kind: Literal["feed"]
    full_text: bool = False
    revisit_days: int = Field(
        default=7, ge=0, le=3660, description="days for which an entry still listed is asked for again"
    )


SourceConfig = InboxSource | RemoteSource | EpaperSource | WebSource | FeedSource
KINDS: dict[str, type[Entry]] = {
    "inbox": InboxSource,
    "remote": RemoteSource,
    "epaper": EpaperSource,
    "web": WebSource,
    "feed": FeedSource,
}


def _web_url(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("must be an address that begins with http:// or https://")
    if parts.username or parts.password:
        raise ValueError("holds a user name or password, which would end in logs")
    return url


def _pattern(value: str | None) -> str | None:
    try:
        re.compile(value or "")
    except re.error as error:
        raise ValueError(f"is not a regular expression: {error}") from None
    return value


def _selector(value: str | None) -> str | None:
    try:
        GenericTranslator().css_to_xpath(value or "*")
    except SelectorError as error:
        raise ValueError(f"is not a CSS selector: {error}") from None
    return value


def _leaves(options: dict[str, Any], above: tuple[str, ...] = ()) -> list[tuple[tuple[str, ...], Any]]:
    found: list[tuple[tuple[str, ...], Any]] = []
    for key, value in options.items():
        path = (*above, str(key))
        found += _leaves(value, path) if isinstance(value, dict) else [(path, value)]
    return found
