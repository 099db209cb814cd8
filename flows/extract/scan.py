"""From running text to figures in the making and the ledger of everything else: one pass over all numerals."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Final

from flows.extract import classes, qualifiers
from flows.extract.classes import Masks, NonFigure
from flows.extract.draft import Draft
from flows.extract.model import Qualifier
from flows.extract.neighbours import joined_ranges, share_units
from flows.extract.numerals import Number, first_numeral, scan_numerals
from flows.extract.tables import TableReader
from flows.extract.times_model import TimeMention
from flows.extract.units import dimension, read_unit
from flows.extract.words import PERSON_WORDS, RANKING, TOWNS
from flows.normalize.model import Span

_TIME_CLASS: Final = {"clock": "time", "duration": "duration", "plan": "plan"}
_UNIT_PREFIX: Final = "米克瓦伏升卡乏焦帕牛"
_BARE_ALLOWED: Final = frozenset("有为达共至到是约近超比计分数：")
_COLONS: Final = (":", "：")


def scan(
    text: str,
    blocks: Sequence[Span],
    mentions: Sequence[TimeMention],
    tables: TableReader,
    places: Sequence[tuple[int, int]] = (),
) -> tuple[list[Draft], list[tuple[Number, str, NonFigure]]]:
    """Drafts of figures and the non-figures (number, unit, class), each in the order of the text. A numeral that begins
    one of the ``places`` (三台县, 五河县) is a part of its name."""
    named = {start for start, _ in places}
    masks = Masks(text)
    cursor = [0]
    drafts: list[Draft] = []
    others: list[tuple[Number, str, NonFigure]] = []
    bare: list[tuple[int, int]] = []
    time_at = _Spans([(m.start, m.end, m.kind) for m in mentions])
    serials = _serials(text, blocks) if any(head in text for head in _SERIAL_HEADS) else frozenset()
    ahead = first_numeral(text, 0)
    for index, block in enumerate(blocks):
        if ahead >= block.end:
            continue
        ahead = first_numeral(text, block.end)
        for number in scan_numerals(text, block.start, block.end):
            kind = time_at.covering(number.start, number.end)
            if tables.holds(number.start) and number.start not in serials:
                draft = Draft(
                    number, "", "none", number.start, number.end, "exact", index, (block.start, block.end), block.role
                )
                tables.fill(draft)
                drafts.append(draft)
                continue
            if number.start in serials:
                others.append((number, "", NonFigure("section_number", "numbers the rows of a table")))
                continue
            if tables.is_code(number.start):
                others.append((number, "", NonFigure("code", "the number of an account")))
                continue
            if number.form != "arabic" and tables.covers(number.start):
                others.append((number, "", NonFigure("component", "part of a label or a unit in a table")))
                continue
            if number.start in named and number.form != "arabic":
                others.append((number, "", NonFigure("word", "part of a word or a name")))
                continue
            unit, tail, infix = _unit(text, number, block.end)
            if block.role == "table_row" and not unit and not number.percent and tables.covers(number.start):
                others.append((number, "", NonFigure("code", "numbers a row or a label of a table")))
                continue
            why = _why_not(text, number, unit, block, kind, masks, cursor)
            if why is not None:
                others.append((number, unit, why))
                if why.numeral_class == "code" and not unit:
                    bare.append((len(others) - 1, index))
                continue
            drafts.append(_draft(text, number, unit, tail, infix, index, block))
    if bare:
        _join_lists(text, blocks, drafts, others, bare)
    share_units(text, drafts)
    return joined_ranges(text, drafts), others


_LEVELS: Final = frozenset("省市县州区旗镇乡")
_OF_LEVELS: Final = re.compile(
    r"[省市县州区旗镇乡]（[省市县州区旗镇乡、]{1,5}）|[省县市州](?=\d[\d.]*[万亿]?[人户例起])"
)
_GOVERNS: Final = re.compile(r"(?:辖|\d[镇乡][、，]?)$")
_SERIAL_HEADS: Final = ("序号", "编号")
_SERIALS: Final = 3
_SEX, _BY_SEX = re.compile("[男女]性?$"), re.compile("[，、；][男女]性?")
_LIST_GAP: Final = re.compile(r"[、，]|(?:、)?[和及与]")


def _serials(text: str, blocks: Sequence[Span]) -> frozenset[int]:
    """Where the numbers 1, 2, 3 … stand that a table of one cell a line has under 序号: each alone, with the cells of
    its row behind it."""
    found: list[int] = []
    headed = between = False
    for block in blocks:
        words = text[block.start : block.end]
        if words in _SERIAL_HEADS:
            headed = True
        elif headed and between and words == str(len(found) + 1):
            found.append(block.start)
            between = False
            continue
        between = True
    return frozenset(found) if len(found) >= _SERIALS else frozenset()


def _join_lists(
    text: str,
    blocks: Sequence[Span],
    drafts: list[Draft],
    others: list[tuple[Number, str, NonFigure]],
    bare: list[tuple[int, int]],
) -> None:
    """48.47、51.50、39.07亿元: numbers of a list that take unit and magnitude from its last."""
    starts = {d.number.start: d for d in drafts}
    taken: set[int] = set()
    for position, index in reversed(bare):
        number = others[position][0]
        gap = _LIST_GAP.match(text, number.end)
        last = starts.get(gap.end()) if gap else None
        by_sex = _BY_SEX.match(text, number.end) if last is None else None
        if by_sex is not None and _SEX.search(text, max(0, number.start - 2), number.start):
            gap, last = by_sex, starts.get(by_sex.end())  # 其中男444，女140人
        if text[number.start - 1 : number.start].isascii() and text[number.start - 1 : number.start].isalpha():
            continue  # the 3 of mg/m3
        if last is None or not last.unit or last.table or number.form != "arabic":
            continue
        spread = "分别" in text[max(blocks[index].start, number.start - 40) : number.start]
        if not (spread or by_sex) and not (number.decimals and number.decimals == last.number.decimals):
            continue
        if last.number.magnitude and number.value is not None:
            number.value = number.value.scaleb(last.number.magnitude)
            number.ulp = number.ulp.scaleb(last.number.magnitude)
            number.magnitude = last.number.magnitude
        draft = _draft(text, number, last.unit, number.end, 0, index, blocks[index])
        drafts.append(draft)
        starts[number.start] = draft
        taken.add(position)
    if taken:
        drafts.sort(key=lambda d: d.number.start)
        others[:] = [row for n, row in enumerate(others) if n not in taken]


class _Spans:
    """Looks up the span that covers a numeral; queries move forward only."""

    __slots__ = ("_at", "_spans")

    def __init__(self, spans: list[tuple[int, int, str]]) -> None:
        self._spans, self._at = spans, 0

    def covering(self, start: int, end: int) -> str | None:
        spans, i = self._spans, self._at
        while i < len(spans) and spans[i][1] <= start:
            i += 1
        self._at = i
        if i < len(spans) and spans[i][0] <= start and end <= spans[i][1]:
            return spans[i][2]
        if i < len(spans) and spans[i][0] < end and spans[i][1] > start:
            return "overlap"
        return None


def _unit(text: str, number: Number, stop: int) -> tuple[str, int, int]:
    """Unit, end of unit, and the length of 余 or 多 between."""
    at = number.end
    infix = qualifiers.infix(text, at)
    at += infix
    if at < stop and text[at] == " " and number.form == "arabic":
        nearer = read_unit(text, at + 1)
        if len(nearer) > 1:
            at += 1
    if number.percent in ("%", "‰", "‱"):
        return number.percent, at, infix
    if number.percent == "成":
        return "成", at, infix
    if text.startswith("个多", at) and (over := _OVER.match(text, at)) is not None and over.end() <= stop:
        number.infix = "多"  # 7个多小时
        return "个" + over[1], over.end(), infix
    unit = read_unit(text, at)
    if not unit and text[at : at + 1] in _LEVELS and (levels := _OF_LEVELS.match(text, at)) is not None:
        return levels[0], levels.end(), infix  # 27省（区、市）3385万人次受灾
    if not unit and text[at : at + 1] in TOWNS and _GOVERNS.search(text, max(0, number.start - 4), number.start):
        return text[at], at + 1, infix  # 辖7镇8乡
    if not unit and text[at : at + 1] in _LEVELS and text.startswith("的", at + 1) and _closes_list(text, number):
        return text[at], at + 1, infix
    return unit, at + len(unit), infix


def _closes_list(text: str, number: Number) -> bool:
    """会宁、靖远2县的5个乡: whether as many names as the number says stand right before it."""
    names = _NAMES_LISTED.search(text, max(0, number.start - _LIST_SPAN), number.start)
    if names is None or number.form != "arabic":
        return False
    return any(number.value == len(re.split(marks, names[0])) for marks in ("、", "[、和]"))


_LIST_SPAN: Final = 60
_NAMES_LISTED: Final = re.compile(r"[\u4e00-\u9fff]{2,6}(?:[、和][\u4e00-\u9fff]{2,6})+$")


def _why_not(
    text: str, number: Number, unit: str, block: Span, kind: str | None, masks: Masks, cursor: list[int]
) -> NonFigure | None:
    mask = masks.at(number.start, number.end, cursor)
    if mask is not None and mask != "quoted":
        return classes.masked(mask)
    if block.role == "furniture":
        return NonFigure("page_number", "stands in the furniture of the page")
    if kind == "duration":
        return _duration(text, number, unit)
    if kind is not None:
        return _in_time(kind)
    if mask is not None:
        return classes.masked(mask)
    if number.form == "arabic":
        if _rank(text, number, block.start):
            return None
        limited = unit and text.startswith(("及", "以"), number.end + len(unit))
        if limited and block.role != "table_row" and _THRESHOLD.match(text, number.end + len(unit)):
            return NonFigure("threshold", "a class limit in the name of what is counted")
        if unit in _SIZES and _SIZE_CLASS.match(text, number.end + len(unit)):
            return NonFigure("threshold", "a class of size that names what is counted")
        why = classes.arabic_class(text, number, unit, block.start, block.end, block.role == "table_row")
        if why is None and not unit and not number.percent and not number.magnitude and block.role != "table_row":
            return _bare(text, number, block)
        return why
    if text.startswith("分点", number.end):
        return NonFigure("component", "part of the unit 个百分点")
    if (
        text[number.end : number.end + 1] in _UNIT_PREFIX
        and number.start > block.start
        and text[number.start - 1].isdigit()
    ):
        return NonFigure("component", "part of the unit before it")
    if number.start > block.start and (text[number.start - 1].isdigit() or text[number.start - 1] in "万亿"):
        return NonFigure("component", "part of the unit before it")
    return classes.chinese_class(text, number, unit, block.start, block.end)


@cache
def _in_time(kind: str) -> NonFigure:
    return NonFigure(_TIME_CLASS.get(kind, "date"), f"part of a time expression ({kind})")


def _duration(text: str, number: Number, unit: str) -> NonFigure | None:
    """A stretch of time is a figure where the text counts it (连续15年, 压缩至3个工作日); else it dates something."""
    left = text[max(0, number.start - 4) : number.start]
    if _LASTS.search(text, max(0, number.start - 10), number.start):
        return None  # 排队时间不超过3个月
    if "连续" in left or left.endswith(("缩短", "压缩至", "缩短至", "延长", "提前", "时长", "达到", "历时", "平均")):
        return None
    return NonFigure("duration", "a stretch of time")


def _rank(text: str, number: Number, floor: int) -> bool:
    """居全国第2位: a rank is a figure."""
    if number.start == floor or text[number.start - 1] != "第" or number.magnitude or number.percent:
        return False
    after = text[number.end : number.end + 1]
    if after and after not in "位名，。；、）！ \n" and text[number.end : number.end + 2] not in ("大城",):
        return False
    return bool(RANKING.search(text, max(floor, number.start - 24), number.start))


def _bare(text: str, number: Number, block: Span) -> NonFigure | None:
    """A number with neither unit nor percent nor magnitude: a figure only where the words say that it counts."""
    before = text[number.start - 1] if number.start > block.start else ""
    after = text[number.end : number.end + 1]
    if ":" in (before, after) or (before == "：" and text[number.start - 2 : number.start - 1].isdigit()):
        return _ratio_class(text, number)
    if text.startswith(PERSON_WORDS, number.end + (after in ("多", "余"))):
        return None
    word = text[number.start : number.end]
    if before in _BARE_ALLOWED and (not after or after in "，。；、）（ \n"):
        left = text[max(block.start, number.start - 2) : number.start]
        if left.endswith(("有", "为", "达", "共", "达到", "至", "约", "是", "得分", "评分", "指数为")) and not (
            len(word) == 4 and word[:2] in ("19", "20")
        ):
            return None
    if "." in word and before and before in "为达至到约是数在" and not after.isdigit():
        return None
    if (
        "." in word
        and before in ("比", "差")
        and _BARE_RATIO.search(text, max(block.start, number.start - 4), number.start)
    ):
        return None
    if "." in word and _TO_ANOTHER.match(text, number.end):
        return None  # 收入比由上年的2.48缩小至2.43
    if "." in word and _CHANGED.search(text, max(block.start, number.start - 4), number.start):
        return None
    return NonFigure("code", "a number without a unit that the words do not count")


# 90平方米及以下住宅价格下降1.4%: a limit that names a class, where the clause goes on to its own figure.
_THRESHOLD: Final = re.compile(
    r"(?:及?以[上下]|及以[上下])的?[\u4e00-\u9fff]{2,14}(?:[上下]?[增下提降上减回]|达|为|共|有)[\u4e00-\u9fff]{0,4}-?\d"
)
# 90㎡以下358套，90—120㎡的户型占48%: a class of size, with the count of those in it
_SIZES: Final = frozenset(("平方米", "㎡", "平米", "亩", "公顷", "公斤", "厘米"))
_SIZE_CLASS: Final = re.compile(
    r"(?:及?以[上下])?(?:\d+(?:\.\d+)?[套户宗个人家例处]|的?[\u4e00-\u9fff]{2,8}(?:\d+(?:\.\d+)?[套户宗个人家例处]|占(?:比)?[\u4e00-\u9fff]{0,8}\d))"
)
_GROWN: Final = re.compile(r"的?(?:同比|年均|正|稳定|快速|较快|高速)?(?:增长(?!点|极|率)|增速|增幅|涨幅|降幅)")
_LASTS: Final = re.compile(
    r"(?:时间|期限|周期|时限|工期|时长|寿命)(?:不超过|不少于|不低于|缩短[至到]|压缩[至到]|为|达到?|控制在|由|从)?$"
)
_OVER: Final = re.compile(r"个多(小时|月|星期)")
_CHANGED: Final = re.compile(r"(?:缩小|扩大|提高|提升|下降|上升|增加|减少|增长|降低)$")
_TO_ANOTHER: Final = re.compile(r"(?:缩小|扩大|提高|提升|优化|改善|下降|上升|降低|回落|收窄|降|升)(?:到|至|为)\d")
_BARE_RATIO: Final = re.compile(r"(?:[\u4e00-\u9fff](?<![同环占])比|倍差)$")  # 收入比1.68
_RATIO: Final = re.compile(r"\d+(?:\.\d+)?(?:[:：]\d+(?:\.\d+)?)+")
_RATIO_WORDS: Final = re.compile(
    r"结构|构成|比例|比(?:分别)?(?:约?为|值|重|是|降至|缩小|收窄|扩大|由|从)|之比|性别比|比$"
)
_RATIO_BEFORE: Final = re.compile(r"[:：]1[、和与及]$")
_RATIO_TURNED: Final = re.compile(r"(?:调整|优化|变|转|演进)[^，。；]{0,3}[为成至到]$")


def _ratio_class(text: str, number: Number) -> NonFigure | None:
    """5.6：56.6：37.8 are three shares of a structure; of 2.04：1 the first is an index, the 1 belongs to it."""
    match = None
    for found in _RATIO.finditer(text, max(0, number.start - 24), number.end + 24):
        if found.start() <= number.start < found.end():
            match = found
    reach = 12
    if match is not None and _RATIO_TURNED.search(text, max(0, match.start() - 8), match.start()):
        reach = 40  # 三次产业结构由24.6:39.1:36.3调整为17.8:43.5:38.7
    if match is not None and _RATIO_BEFORE.search(text, max(0, match.start() - 12), match.start()):
        reach = 24  # 小学、初中生师比分别为15.4:1和11.5:1
    if match is None or not _RATIO_WORDS.search(text, max(0, match.start() - reach), match.start()):
        return NonFigure("code", "part of a row of digits")
    if match[0].endswith((":1", "：1")) and number.start != match.start():
        return NonFigure("component", "the 1 of a ratio")
    if (
        match[0].startswith(("1:", "1："))
        and number.start == match.start()
        and match[0].count(":") + match[0].count("：") == 1
    ):
        return NonFigure("component", "the 1 of a ratio")
    return None


def _draft(text: str, number: Number, unit: str, tail: int, infix: int, index: int, block: Span) -> Draft:
    before = text[number.start - 1 : number.start]
    minus = before == "-" and number.start - 1 > block.start and not text[number.start - 2].isdigit()
    if minus:
        number.start -= 1
    lead = number.start
    rules: dict[str, str] = {}
    qualifier: Qualifier = "range" if number.high is not None else "exact"
    front = qualifiers.before(text, number.start, block.start) or qualifiers.before_share(text, number, block.start)
    if front is not None:
        lead = front[1]
        qualifier = front[0] if qualifier == "exact" else qualifier
    if infix or number.infix:
        kind = qualifiers.infix_kind(number.infix or text[number.end : number.end + 1])
        qualifier = kind if qualifier != "range" else qualifier
    rear = qualifiers.after(text, tail)
    if number.percent and _GROWN.match(text, rear[1] if rear is not None else tail):
        rules["grown"] = "after the number"
    if rear is not None:
        tail = rear[1]
        held = front is not None and rear[0] == "approximate" and text.endswith("在", lead, number.start)
        if qualifier in ("exact", "approximate") or front is None or held:  # 控制在3.5%左右
            qualifier = rear[0] if qualifier != "range" else qualifier
    if number.form == "vague" and qualifier == "exact":
        qualifier = "range" if number.bounds else "approximate"
    colon = text[number.start - 1 : number.start] in _COLONS
    if (
        not unit
        and not number.percent
        and (colon or text[number.end : number.end + 1] in _COLONS)
        and (colon or _RATIO.match(text, number.start))
    ):
        whole = text[number.start : number.start + 24]
        single = bool(re.match(r"\d+(?:\.\d+)?[:：]1(?!\d|[:：.])", whole))
        reverse = text[max(0, number.start - 2) : number.start] in ("1:", "1：") and text[
            number.start - 3 : number.start - 2
        ] not in tuple(".0123456789")
        rules["ratio"] = "index" if single or reverse else "structure"
        if single:
            tail = number.end + 2
            rear = qualifiers.after(text, tail)
            qualifier, tail = (rear[0], rear[1]) if rear else (qualifier, tail)
    if front or infix or number.infix or rear:
        said = ("before" if front else "", "infix" if infix or number.infix else "", "after" if rear else "")
        rules["qualifier"] = "".join(said)
    else:
        rules["qualifier"] = "none"
    kind_of_unit = dimension(unit) if unit else "none"
    draft = Draft(number, unit, kind_of_unit, lead, tail, qualifier, index, (0, 0), block.role)
    draft.negative = minus or text.endswith("零下", 0, number.start)
    draft.rules = rules
    return draft
