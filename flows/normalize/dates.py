"""Publication dates: the shapes in which metas, URLs, file names and texts write them.

Shapes of PubDate surveyed on 120 government pages: date; date and time with or without seconds; ``2020-05-26,15:44``;
``15∶44`` (U+2236); ``.0`` tails; empty; a template placeholder. In URLs only folders and ``t2022…_`` names count: ids
such as ``2025092212550713215`` are the time of a migration.
"""

from __future__ import annotations

import calendar
import re
from datetime import date

_FIRST_YEAR, _LAST_YEAR = 1949, 2099
_YMD = re.compile(
    r"(?<!\d)((?:19|20)\d\d)\s*(?:[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{1,2})(?!\d)|年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日)"
)
_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)")
NARROW = str.maketrans("０１２３４５６７８９", "0123456789")  # keeps every offset
_CHINESE_DIGITS = {**dict(zip("〇零○一二三四五六七八九", (0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))}
_CHINESE = re.compile(
    r"([一二][〇零○一二三四五六七八九]{3})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日"
)
_URL_SHAPES = (
    re.compile(r"[/_]t((?:19|20)\d\d)(\d\d)(\d\d)_\d+"),  # t20221118_1775567.htm (TRS WCM)
    re.compile(r"/((?:19|20)\d\d)[-/]?(\d\d)[-/](\d\d)(?=/)"),  # /2012-02/22/, /2022/02/18/, /2022/01-11/, /202412/05/
    re.compile(r"/((?:19|20)\d\d)/(\d{1,2})/(\d{1,2})(?=/)"),  # /art/2022/1/11/art_1
    re.compile(r"/((?:19|20)\d\d)-(\d\d)-(\d\d)(?=[/_.])"),
    re.compile(r"/((?:19|20)\d\d)(\d\d)(\d\d)(?=/)"),
)


def valid(year: int, month: int, day: int) -> str | None:
    """The ISO day, or None where no such day exists or the year is not one of reports."""
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def month_end(year: int, month: int) -> str:
    """The last day of a month, ISO."""
    return date(year, month, calendar.monthrange(year, month)[1]).isoformat()


def _chinese_number(text: str) -> int:
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return _CHINESE_DIGITS[text]
    return (_CHINESE_DIGITS[tens] if tens else 1) * 10 + (_CHINESE_DIGITS[ones] if ones else 0)


def days_in(text: str) -> list[tuple[int, str]]:
    """(offset, ISO day) of every full date written in a text, in its order."""
    found = []
    text = text.translate(NARROW)
    for match in _YMD.finditer(text):
        year, month, day = (int(group) for group in match.groups() if group)
        found.append((match.start(), valid(year, month, day)))
    for match in _CHINESE.finditer(text):
        year = int("".join(str(_CHINESE_DIGITS[digit]) for digit in match.group(1)))
        found.append((match.start(), valid(year, _chinese_number(match.group(2)), _chinese_number(match.group(3)))))
    return sorted((offset, day) for offset, day in found if day)


def day_of(text: str) -> str | None:
    """The first full date of a short string (a meta's content, a value of a sidecar); None for a placeholder."""
    days = days_in(text[:200])
    if days:
        return days[0][1]
    compact = _COMPACT.search(text[:200].translate(NARROW))
    return valid(*(int(group) for group in compact.groups())) if compact else None


def day_of_url(url: str) -> str | None:
    """The day that the path of a URL names by its folders or its ``t2022…_`` file name; ids are not read."""
    for shape in _URL_SHAPES:
        for match in shape.finditer(url):
            day = valid(*(int(group) for group in match.groups()))
            if day:
                return day
    return None


def day_of_filename(name: str) -> str | None:
    """The day in a file name: 20220213.txt, 2020-01-25_37.txt, 安徽2021年3月5日.txt."""
    return day_of(name.replace("_", " "))


_PERIOD_IN_NAME = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:[-_年.]?(0[1-9]|1[0-2]))?(?!\d)")


def period_of_filename(name: str) -> str | None:
    """The last day of the year or month in a file name: huiji-2021-11.txt gives 2021-11-30."""
    found = _PERIOD_IN_NAME.search(name)
    if not found or not valid(int(found.group(1)), 1, 1):
        return None
    return month_end(int(found.group(1)), int(found.group(2) or 12))
