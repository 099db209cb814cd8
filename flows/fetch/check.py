"""`taizhang sources check`: what each source would fetch tonight and what is wrong, without fetching a report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flows.errors import TaizhangError
from flows.fetch.config import EpaperSource, FeedSource, InboxSource, RemoteSource, SourceConfig, WebSource
from flows.fetch.core import Credentials, options_of
from flows.fetch.epaper import Issue, days_due, newest_issue, today, url_of_day
from flows.fetch.feed import read_feed
from flows.fetch.http import Ask, Client
from flows.fetch.http_index import walk_index
from flows.fetch.inbox import list_reports
from flows.fetch.model import Attempt, FetchState
from flows.fetch.remote import Folder, reports_of
from flows.fetch.web import Walk, is_due

SHOWN = 50
GOOD = ("fetched", "not_modified", "duplicate")


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What a source would fetch (the first ``SHOWN`` names or addresses), how many, and what is wrong with it."""

    source: str
    kind: str
    would_fetch: list[str]
    count: int
    problems: list[str]


def check_source(
    config: SourceConfig, *, state: FetchState | None = None, credentials: Credentials | None = None
) -> CheckReport:
    """Ask a source for its lists only. ``state`` None counts everything as new. Nothing is noted in ``state``."""
    memory = state.copy() if state else FetchState()
    try:
        names, problems = _checked(config, memory, credentials)
    except TaizhangError as error:
        names, problems = [], [str(error)]
    return CheckReport(config.name, config.kind, names[:SHOWN], len(names), problems)


def _checked(config: SourceConfig, state: FetchState, credentials: Credentials | None) -> tuple[list[str], list[str]]:
    if isinstance(config, InboxSource):
        if not config.path.is_dir():
            return [], [f"The folder {config.path} does not exist"]
        paths = list_reports(config)
        return [str(path.relative_to(config.path)) for path in paths], [] if paths else ["No file matches"]
    if isinstance(config, RemoteSource) and not config.is_http:
        folder = Folder(config, options_of(config, credentials))
        files, outcome, message = folder.files()
        folder.close()
        return _or_nothing(reports_of(config, files), [f"{config.url}: {message}"] if outcome != "fetched" else [])
    with Client(config) as client:
        match config:
            case RemoteSource():
                files, attempts = walk_index(config, client)
                return _or_nothing(reports_of(config, files), _wrong(attempts))
            case WebSource():
                walk = Walk(config, state, client)
                wrong = _wrong(list(walk.attempts()))
                return _or_nothing([item.url for item in walk.items if is_due(config, state, item.url)], wrong, state)
            case FeedSource():
                reply = client.get(Ask(config.url, "list"))
                row, entries = read_feed(config, reply)
                return _or_nothing([entry.item.url for entry in entries], _wrong([*client.robots_attempts(), row]))
            case EpaperSource():
                return _check_epaper(config, state, client)


def _check_epaper(config: EpaperSource, state: FetchState, client: Client) -> tuple[list[str], list[str]]:
    """The days that are due, and the articles of the newest of them that is out."""
    template = config.url
    if "{yyyy}" not in template:
        found, attempts = newest_issue(config, client)
        if found is None:
            return [], _wrong(attempts)
        template = found
    days = days_due(config, state, None, None, today())
    named = [f"{day}: {url_of_day(template, day)}" for day in days]
    problems: list[str] = []
    for day in reversed(days[-7:]):
        articles, outcome, message = _issue(config, client, template, day)
        if outcome != "missing":
            return [*articles, *named], [message] if outcome != "fetched" else problems
        problems.append(f"{day}: {message}")
    return named, [*problems, "No issue of the newest days that are due is there"] if days else []


def _issue(config: EpaperSource, client: Client, template: str, day: date) -> tuple[list[str], str, str]:
    attempts: list[Attempt] = []
    listed, outcome, message = Issue(config, client, day, attempts).list_articles(url_of_day(template, day))
    return [item.url for item in listed], outcome, message


def _wrong(attempts: list[Attempt]) -> list[str]:
    bad = [a for a in attempts if a.outcome not in GOOD and not (a.kind == "robots" and a.outcome == "missing")]
    return [f"{a.url}: {a.outcome}. {a.message}" for a in bad]


def _or_nothing(names: list[str], problems: list[str], state: FetchState | None = None) -> tuple[list[str], list[str]]:
    """Names and problems; that nothing matches is a problem, unless the state already holds it all."""
    empty = not names and not problems and not (state and state.seen)
    return names, ["No report matches"] if empty else problems
