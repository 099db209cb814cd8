"""Sentences and clauses: where a statement begins and ends, and what words stand before and after each of its figures.

A clause ends at ，；：。！？, at a bracket that holds figures, and at 、 or 和 straight after a figure. A bracket
without figures belongs to the words around it. Inside a clause the figures are taken out, and what is left reads as
the name of the thing: 45位区级领导领办的145件实事已完成118件 gives, before 118, 区级领导领办的实事已完成.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from flows.extract.draft import Draft
from flows.extract.names import abbreviated
from flows.extract.words import POST_STOP

_SENTENCE_END: Final = re.compile(r"[。！？\n】]")
_EDGE: Final = re.compile(r"[，；：（）【]")
_LINK: Final = re.compile(r"(?:、|以及|及其|和|及|与|或|，和|，)")
_NEW_STATE: Final = re.compile(r"累计|新增|现有|现存")
_LIST_END: Final = re.compile(r"(?:、|以及|及|和|与|或)$")
_PART: Final = re.compile(
    r"其中|包括|包含|含(?<![不包]含)(?=$|[^量有税水盖糖氧金义])|(?:(?<=[，；])|^)按[^，。；\d]{2,12}(?:划?分|看)(?=[，：]|$)"
)
_NAME: Final = re.compile(r"[、\x01]?[\u4e00-\u9fffA-Za-z]{2,16}")
_WHOLE: Final = re.compile(r"占(?:同期|全部)?([\u4e00-\u9fff]{2,12})$")
_PART_SIGN: Final = re.compile(r"其中|包括|含|[，；]按")
_NEXT_ITEM: Final = re.compile(r"[二三四五六七八九十]是|全年|全[省市州县区旗]|年末|截至")
_STARTING: Final = re.compile(r"(?:从|由)[\x01 的]*$")  # 从2020年的…增加到…: belongs to the first alone
_STEP: Final = re.compile(
    r"(?:[百千万亿]+级?)?元?(?:的)?(?:[两三四五六七八]个)?(?:新|大)*(?:台阶|大关|关口)"
)  # 迈上4200亿元台阶, 连跨四个千亿级台阶
_STEP_STARTS: Final = frozenset("百千万亿元的新大台关两三四五六七八")
_CLOSED: Final = re.compile("（[^（）]*）")
_BRACKET: Final = re.compile(r"[（）]")
_PLACE_LED: Final = "\x01 、，有为：达共含"  # what stands around the places of a list
_POST_LIMIT: Final = 12
_LONGEST: Final = 3000


def sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Spans of the sentences of a block."""
    at = start
    for match in _SENTENCE_END.finditer(text, start, end):
        if match.end() > at:
            yield from _bounded(text, at, match.end())
        at = match.end()
    if at < end:
        yield from _bounded(text, at, end)


def _bounded(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence without a stop for thousands of characters is cut at a mark, so that no work grows with its square."""
    while end - start > _LONGEST:
        cut = (
            max(text.rfind(mark, start + _LONGEST // 2, start + _LONGEST) for mark in "；，、 ") + 1 or start + _LONGEST
        )
        yield start, cut
        start = cut
    yield start, end


class _Walk:
    """State of the walk over one sentence."""

    __slots__ = ("apart", "clause", "in_part", "named", "outer", "parted", "segment", "start")

    def __init__(self, start: int, parted: bool) -> None:
        self.start = start
        self.parted = parted  # whether the sentence has a word of _PART at all
        self.clause = 0
        self.in_part = False
        self.apart = False  # 其中…；全年…: a statement of its own, after the parts
        self.segment = 0
        # start of the clause outside, bracket owner, in_part of that clause, where the bracket opened
        self.outer: list[tuple[int, int, int, int]] = []
        self.named: tuple[int, int] | None = None  # the words of the clause before a bracket that its figure follows

    def open(self, at: int) -> None:
        self.start = at
        self.clause += 1
        self.named = None


def place_in_clauses(text: str, shadow: str, start: int, end: int, drafts: list[Draft]) -> None:
    """Sets clause, gap, pre, post, in_part and bracket of the drafts of one sentence, in order.

    ``shadow`` is the text with times and places blanked by \\x01, character for character.
    """
    walk = _Walk(start, _PART_SIGN.search(text, start, end) is not None)
    edges = [m.start() for m in _EDGE.finditer(text, start, end)]
    edge_at = 0
    previous: Draft | None = None
    for index, draft in enumerate(drafts):
        while edge_at < len(edges) and edges[edge_at] < draft.lead:
            edge_at = _cross(text, shadow, edges, edge_at, walk, drafts, index, end)
        floor = walk.start
        if previous is not None and previous.tail >= floor:
            floor, pre = _after_previous(text, shadow, previous, draft, walk)
        else:
            pre = shadow[floor : draft.lead]
            if walk.named is not None and pre.strip("\x01 ") in ("", "的"):
                pre = shadow[walk.named[0] : walk.named[1]] + pre.strip("\x01 ")  # 占人口（91.4万人）的32.6%
        draft.sentence = (start, end)
        draft.clause = walk.clause
        draft.segment = walk.segment
        draft.gap = shadow[floor : draft.lead]
        draft.raw = text[floor : draft.lead]
        draft.place_list = "\x01" in draft.gap and not draft.gap.strip(_PLACE_LED)
        draft.pre = pre
        draft.in_part = walk.in_part or (walk.parted and _opens(draft.gap))
        draft.apart = walk.apart and not draft.in_part
        walk.in_part = draft.in_part
        said_from = previous.tail if previous else start
        draft.opens_part = walk.parted and _opens(text[said_from : draft.lead])
        if draft.opens_part and text.find("其中：", said_from, draft.lead) >= 0:
            draft.rules["opens"] = "the parts of all that follows"
        draft.bracket = walk.outer[-1][1] if walk.outer else -1
        previous = draft
    _set_posts(text, shadow, end, drafts)


def _cross(
    text: str, shadow: str, edges: list[int], i: int, walk: _Walk, drafts: list[Draft], index: int, end: int
) -> int:
    """Steps over one edge; the index of the next edge to look at."""
    at = edges[i]
    mark = text[at]
    if mark == "（":
        close = _closing(text, at, end)
        inside = any(at < d.lead < close for d in drafts[index : index + 1])
        if not inside:
            while i < len(edges) and edges[i] <= close:
                i += 1
            return i
        owner = index - 1 if index else -1
        begin = max(walk.start, drafts[owner].tail) if owner >= 0 else walk.start
        listed = shadow[begin] == "、" or text.startswith("、", close + 1)
        named = listed and drafts[index].lead == at + 1 and _NAME.fullmatch(shadow, begin, at) is not None
        walk.outer.append((walk.start, -1 if named else owner, int(walk.in_part), at))
        walk.open(at + 1)
        whole = _WHOLE.search(shadow, begin, at) if drafts[index].lead == at + 1 else None
        if named and begin == walk.outer[-1][0]:
            walk.named = begin, at  # 纤维含量（6批次）、酸碱值（2批次）: of what stands before the bracket
        elif whole is not None:
            walk.named = whole.start(1), at  # 占户籍总人口（91.4万人）的32.6%
    elif mark == "）":
        if walk.outer:
            outer = walk.outer.pop()
            walk.in_part = bool(outer[2])
            walk.open(at + 1)
            if outer[1] < 0 or drafts[outer[1]].tail <= outer[0]:
                walk.named = outer[0], outer[3]  # 平均亩产（折14%水分）712公斤
    else:
        if walk.parted and _opens(text[walk.start : at]):
            walk.in_part = True
        if mark == "；" and not walk.outer:
            walk.segment += 1
            if walk.in_part and _NEXT_ITEM.match(text, at + 1):
                walk.in_part, walk.apart = False, True
        walk.open(at + 1)
    return i + 1


def _opens(words: str) -> bool:
    """Whether the words open the parts of a total (其中, 含); not those of a bracket that closes (公路（含班线）)."""
    return _PART.search(_CLOSED.sub("", words) if "）" in words else words) is not None


def _closing(text: str, at: int, end: int) -> int:
    depth = 0
    for match in _BRACKET.finditer(text, at, end):
        depth += 1 if match[0] == "（" else -1
        if depth == 0:
            return match.start()
    return at


def _after_previous(text: str, shadow: str, previous: Draft, draft: Draft, walk: _Walk) -> tuple[int, str]:
    """Where the words of a figure begin that follows another in the same clause, and what they are."""
    gap = shadow[previous.tail : draft.lead]
    link = _LINK.match(gap)
    if link is None and _NEW_STATE.match(gap):
        walk.clause += 1
        walk.start = previous.tail
        return previous.tail, gap  # 新增89例累计764例
    if link is not None or gap.startswith((" ", "·", "\t")):
        walk.clause += 1
        draft.linked = link is not None
        begin = previous.tail + (link.end() if link else 1)
        walk.start = begin
        return begin, shadow[begin : draft.lead]
    if _CASUALTY.fullmatch(gap.strip("\x01 ")):
        return previous.tail, ""  # 致3人死亡2人受伤
    if _LIST_END.search(gap):
        draft.rules["list"] = "follows 、 or 和"
        return previous.tail, ""
    lead = _STARTING.sub("", previous.pre)
    return previous.tail, lead + gap


def _set_posts(text: str, shadow: str, end: int, drafts: list[Draft]) -> None:
    for i in range(len(drafts) - 1, -1, -1):
        draft = drafts[i]
        limit = drafts[i + 1].lead if i + 1 < len(drafts) else end
        draft.yardstick = i + 1 < len(drafts) and text[draft.tail : limit] in _THEN and drafts[i + 1].unit == "%"
        if text[draft.tail : draft.tail + 1] in _STEP_STARTS:
            draft.yardstick = draft.yardstick or _STEP.match(text, draft.tail) is not None
        if limit <= draft.tail and i + 1 < len(drafts):
            draft.post = drafts[i + 1].post
            continue
        at = draft.tail
        opens = text[at : at + 1] == "（" and i + 1 < len(drafts) and drafts[i + 1].bracket == i
        if opens and _BARE_LEAD.fullmatch(draft.gap):
            at, limit = _behind_bracket(text, at, end, drafts[i + 1 :])
        after = shadow[at : min(limit, at + 60)]
        draft.owns = after.startswith("的")
        runs_on = limit < end and not _EDGE.search(after)
        if (runs_on and _NEW_STATE.match(after)) or (after[:1] == "中" and _AMONG_SO_MANY.match(text, at)):
            continue  # 新增5例累计确诊182例, 2486套中90㎡以下358套: what follows is of the next
        draft.post = _post(after)
        if (
            draft.post.endswith("级")
            and i + 1 < len(drafts)
            and (drafts[i + 1].linked or "list" in drafts[i + 1].rules)
        ):
            noun = _LEVEL_NOUN.fullmatch(drafts[i + 1].post)
            draft.post += noun[1] if noun else ""  # 4个国家级、4个自治区级区域医疗中心
        draft.said = draft.post if runs_on else _said(after, draft.post)
        if draft.dimension == "money":
            draft.purpose = _purpose(shadow, draft.tail, end, drafts[i + 1 :])


def _behind_bracket(text: str, at: int, end: int, later: list[Draft]) -> tuple[int, int]:
    """尚有715例（本土665例、境外输入50例）无症状感染者: where the noun behind a bracket begins, and the next figure."""
    close = min(_closing(text, at, end) + 1, end)
    return close, min((draft.lead for draft in later if draft.lead >= close), default=end)


_CASUALTY: Final = re.compile(r"(?:当场)?(?:死亡|受伤|失踪|遇难|失联|被困|重伤|轻伤|获救|死|伤)")
_LEVEL_NOUN: Final = re.compile(r"[\u4e00-\u9fff]{1,4}级([\u4e00-\u9fff].+)")
_THEN: Final = ("的", "）的")  # 6.9万亩的78.3%, （91.4万人）的32.6%
_AMONG_SO_MANY: Final = re.compile(r"中\d")
_BARE_LEAD: Final = re.compile(r"[\x01，\s]*(?:尚有|现有|共有|另有|还有|仍有|有|共)?")
_FOR: Final = re.compile(
    r"，?(?:重点|主要|持续|全力|大力|专项)?(?:支持|用于|推动|促进|保障|助力|引|推进|建设|实施|开展|加快|重点)"
)


def _purpose(shadow: str, at: int, end: int, later: list[Draft]) -> str:
    """What money is for: the words straight after it, or the next clause where that says so; figures taken out."""
    if not _FOR.match(shadow, at, end):
        return ""
    stop = re.compile(r"[，。；]").search(shadow, at + 1, end)
    close = stop.start() if stop else end
    pieces, floor = [], at
    for draft in later:
        if draft.lead >= close:
            break
        pieces.append(shadow[floor : draft.lead])
        floor = draft.tail
    words = "".join([*pieces, shadow[floor:close]]).lstrip("，").replace("\x01", "")
    verb = re.match(r"(?:重点|主要|持续|全力|大力)?(?:支持|用于|推动|促进|保障|助力|推进|实施)?", words)
    if "等" in words[4:-2]:
        words = (verb[0] if verb else "") + words[words.rindex("等", 4, len(words) - 2) + 1 :]
    return words[:16]


_ADVERB: Final = re.compile(r"已经|已|均|全部|都|仍|正在|还(?![本款贷建迁原])|尚|了|\x01")
_SAID_LIMIT: Final = 18


def _without_among(words: str, stop: int) -> str:
    """The words before a mark; 566例确诊病例中，…: without the 中 that opens what they are divided into."""
    among = words.startswith("中，", stop - 1) and not words.startswith(("初中", "高中"), stop - 2)
    return words[: stop - among]


@lru_cache(maxsize=16384)
def _said(after: str, post: str) -> str:
    """The noun phrase and what is said of it, to the end of the clause: 学生到医院接受检查. A bracket without figures
    is passed over; adverbs are left out."""
    words = re.sub(r"（[^（）]*）", "", after)
    stop = re.search(r"[，。；：！？\n、（）【】]", words)
    words = _without_among(words, stop.start()) if stop else words
    if "“" in words and "”" not in words:
        words = words[: words.index("“")]
    words = _ADVERB.sub("", words.lstrip("的"))
    return words if len(words) <= _SAID_LIMIT else post


@lru_cache(maxsize=16384)
def _post(after: str) -> str:
    """The noun phrase at the start of ``after``: up to a verb, a mark or twelve characters, quotations not counted."""
    words = abbreviated(after.lstrip("的"))
    quoted = [m.span() for m in re.finditer(r"[“《][^”》]{0,30}[”》]", words)]
    limit = _POST_LIMIT + sum(b - a for a, b in quoted if a <= _POST_LIMIT + 8)
    stop = len(words)
    for match in POST_STOP.finditer(words):
        if (match[0] == "、" and match.start() == 1) or (match[0] in ("以上", "以下") and match.start() >= 2):
            continue  # 国、省控断面; 县级以上水源地
        if not any(a < match.start() < b for a, b in quoted):
            stop = match.start()
            break
    phrase = _without_among(words, stop) if stop <= limit else words[:limit]
    phrase = phrase.replace("\x01", "")
    phrase = re.sub(r"[“《]?[^”》“《]*$", "", phrase) if phrase.count("“") > phrase.count("”") else phrase
    return phrase.rstrip("的之和与、").strip(" \t")
