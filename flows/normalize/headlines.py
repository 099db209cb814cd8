"""The head of a plain text: its title, and the lines that say when, where and by whom it was published.

Text dumps of pages open with their URL, a title, and a line such as 发布时间:2017-10-12 14:54 来源:…; posts end with
（人民网 2020-01-25 09:33:39 http…）; a newspaper page has its title in the middle, after the columns it stands over.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import log

from flows.normalize.dates import day_of, days_in
from flows.normalize.model import Candidate, SourceText

_HEAD_LINES = 14
_NAVIGATION_LINES = 60  # the list of a page's articles stands before the article in a dump of a digital newspaper
_URL = re.compile(r"https?://[^\s）)\]】\"'<>]+")
_NAVIGATION = re.compile(
    r"上一[版篇期]|下一[版篇期]|返回(?:主页|首页|目录)|当前(?:所在)?位置|^首页\s*[>»]|版面导航|标题导航|-->>"
)
_PAGE = re.compile(r"第\s*([A-Z]{0,2}\d{1,3})\s*版\s*[:：]\s*([^\s上下]{1,16})")
_DATE_LABEL = re.compile(r"(?:发布(?:时间|日期)|发表(?:时间|日期)|成文日期|(?:^|\s)(?:时间|日期))\s*[:：]?\s*(.{0,24})")
_ISSUER = re.compile(
    r"(?:信息来源|来源|出处|稿源|发布机构|供稿单位|发布单位)\s*[:：]\s*([^\s\d,，;；|（(][^\s,，;；|（(]{1,29})"
)
# A line of its own (记者 甲 通讯员 乙 丙), or the brackets behind a dateline (记者甲、乙).
_BYLINE = re.compile(
    r"^\s*[□■]?\s*(?:(?:本报|首席|见习)*记者|通讯员|作者)(?:\s*[:：]|\s)\s*([\u4e00-\u9fff·、/ 　]{2,40})$"
    r"|[（(](?:(?:本报|首席|见习)*记者|通讯员)\s*([\u4e00-\u9fff·、 　]{2,40})[）)]"
)
_SESSION = re.compile(
    r"^\s*(?:[—\-─]+\s*\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日\s*在|\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日\s*在.{2,60}(?:会议|大会|全会))"
)
_SENTENCE = re.compile(r"[。；;！!？?，,、：:]\s*$")
_SECTION = re.compile(r"^\s*(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[.．、])")
_DECORATION = re.compile(r"^[#\s*]+|[#\s*]+$")
_LONGEST_TITLE = 70
_NEWSPAPER_WIDTH = 30  # characters: a text of which most lines are shorter is set in columns


def first_lines(source: SourceText) -> list[str]:
    """The lines that may hold the title: the first that are not blank, after the navigation where there is any."""
    lines = [line.strip() for line in source.text[:20_000].splitlines() if line.strip()]
    start = 0
    for index, line in enumerate(lines[:_NAVIGATION_LINES]):
        if _NAVIGATION.search(line) and len(line) <= 60:
            start = index + 1
    kept = [line for line in lines[:start] if _URL.match(line) or _PAGE.search(line)]
    return kept + lines[start : start + _HEAD_LINES]


def text_candidates(source: SourceText, lines: Sequence[str]) -> Iterator[tuple[str, Candidate]]:
    """What the head and the last lines of a text say: url, page, published_on, issuer, byline."""
    tail = [line.strip() for line in source.text[-2_000:].splitlines() if line.strip()][-3:]
    for line in (*lines[:6], *tail):
        if found := _URL.search(line):
            yield "url", Candidate(found.group(0), "text")
    for line in lines:
        if page := _PAGE.search(line):
            yield "page", Candidate(f"{page.group(1)} {page.group(2)}", "text")
        if issuer := _ISSUER.search(line):
            yield "issuer", Candidate(issuer.group(1), "text")
    for line in source.text[:20_000].splitlines():
        if byline := _BYLINE.search(line[:200]):
            yield "byline", Candidate(" ".join((byline.group(1) or byline.group(2)).split()), "text")
            break
    if day := _day_of_lines(lines, tail):
        yield "published_on", Candidate(day, "text")


def byline_candidates(line: str) -> Iterator[tuple[str, Candidate]]:
    """What one line such as 发布时间：2026-01-16 来源：… says: published_on, issuer."""
    label = _DATE_LABEL.search(line)
    if day := day_of(label.group(1) if label else line):
        yield "published_on", Candidate(day, "text")
    if issuer := _ISSUER.search(line):
        yield "issuer", Candidate(issuer.group(1), "text")


def _day_of_lines(lines: Sequence[str], tail: Sequence[str]) -> str | None:
    """A labelled date, else a date that is all of a line or is in brackets below the title, else the signature."""
    for line in (*lines, *tail):
        if (label := _DATE_LABEL.search(line)) and (day := day_of(label.group(1))):
            return day
    for line in lines[:8]:
        if (_is_date_alone(line) or _SESSION.match(line)) and (days := days_in(line)):
            return days[0][1]
    for line in reversed(tail):
        if _is_date_alone(line) or (_URL.search(line) and len(line) <= 120):
            days = days_in(line)
            if days:
                return days[-1][1]
    return None


def _is_date_alone(line: str) -> bool:
    """2007年9月6日, 2008-4-16 10:58:56, （2026年1月20日）, but not a sentence that begins with a date."""
    line = _ISSUER.sub("", line)
    rest = re.sub(r"[\d\s年月日时分:：∶/.\-（）()〇零○一二三四五六七八九十星期]+", "", line)
    return bool(days_in(line)) and len(line) <= 32 and len(rest) <= 2


def main_title(source: SourceText, lines: Sequence[str]) -> str | None:
    """The title of a report: a block with that role, else by the lines of the text; None where no line is one."""
    for span in source.spans:
        if span.role == "title":
            return " ".join(source.text[span.start : span.end].split())
    if _set_in_columns(source.text):
        return _title_in_the_middle(source.text)
    for index, line in enumerate(lines[:8]):
        if _is_headline(line):
            following = lines[index + 1] if index + 1 < len(lines) else ""
            return _clean("".join(line.split()) + following) if _is_spaced_cover(line, following) else _clean(line)
        if not (_URL.match(line) or _PAGE.match(line) or _is_date_alone(line) or len(line) <= 12):
            break
    return _title_in_brackets(lines[0]) if lines else None


def _is_headline(line: str) -> bool:
    if len(line) > _LONGEST_TITLE or len(line) < 4 or "\t" in line:
        return False
    if _URL.search(line) or _SENTENCE.search(line) or _SECTION.match(line) or _is_date_alone(line):
        return False
    if days_in(line[:12]) and _ISSUER.search(line):
        return False
    return not (_DATE_LABEL.search(line) or _ISSUER.match(line) or _PAGE.search(line) or "。" in line)


def _is_spaced_cover(line: str, following: str) -> bool:
    """政 府 工 作 报 告 over ——2024年1月22日在…: spaces between single characters, and the session names the place."""
    return bool(re.fullmatch(r"(?:\S\s+){3,}\S", line)) and bool(_SESSION.match(following))


def _title_in_brackets(line: str) -> str | None:
    """A post opens with its title in 【】 and goes on in the same line."""
    found = re.search(r"【([^】]{6,80})】", line)
    return _clean(found.group(1)) if found else None


def _clean(title: str) -> str:
    return _DECORATION.sub("", re.sub(r"\s+", " ", title))


def _set_in_columns(text: str) -> bool:
    lines = [len(line.strip()) for line in text[:20_000].splitlines() if line.strip()]
    return len(lines) >= 12 and sum(length <= _NEWSPAPER_WIDTH for length in lines) > 0.8 * len(lines)


def _title_in_the_middle(text: str) -> str | None:
    """The heading block of a newspaper page that shares most with all of the page.

    A block of at most three lines without a sentence end is a heading. Of several, the subject of the page is in the
    one whose character pairs recur most in the text; a caption (after the last body line) is only taken for want of
    another.
    """
    blocks = [block.strip() for block in re.split(r"\n\s*\n", text[:60_000])]
    bodies = [index for index, block in enumerate(blocks) if "。" in block]
    pairs = Counter(a + b for a, b in pairwise(text))
    best: tuple[float, str] | None = None
    for index, block in enumerate(blocks):
        lines = [line.strip() for line in block.splitlines()]
        if not 1 <= len(lines) <= 3 or not all(map(_is_headline, lines)) or len(block) < 8:
            continue
        title = " ".join(lines)
        shared = sum(log(pairs[a + b]) for a, b in pairwise(title) if pairs[a + b] > 1)
        score = shared / max(8, len(title)) - (1.0 if bodies and index > bodies[-1] + 3 else 0.0)
        if best is None or score > best[0]:
            best = score, title
    return best[1] if best else None
