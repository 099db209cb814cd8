"""Indicators: what a figure counts, the way a statistician heads a column.

The name comes from the words before the figure (主体 and action), the noun after its counting word, or, where the clause
has none of its own, from the figure it goes with: the level that a growth rate follows, the total under 其中, the head
noun of a list. Growth gets a suffix that is the same for rise and fall (同比增长), so that one series carries it; the
sign is in the value.
"""

from __future__ import annotations

import re

from flows.extract.draft import Draft
from flows.extract.model import Measure
from flows.extract.words import (
    CHANGE_BARE,
    CHANGE_BRIEF,
    CHANGE_TAIL,
    DONE_TRAIL,
    GENERIC,
    HEAD,
    LEAD,
    NEGATIVE,
    ORIGIN,
    RATE_OF_CHANGE,
    TERM,
    TRAIL,
)

_BRACKETS = re.compile(r"（[^（）]*）|\([^()]*\)|[\[［]\d+[\]］]")
_NOISE = re.compile(r"[\x01\s·#■●◆★▲△※]+|[\[［]\d{1,3}[\]］]")
_ENUMERATION = re.compile(r"^.{6,}等(?=[^级候离待于]|$)")
_SHARE = re.compile(r"(?P<subject>.*?)(?P<share>占(?:比|有率|(?P<whole>[^，。；]{0,18}?)(?:的)?(?:比重|比例|份额|总量|总数|总额)?)?)(?:为|达到|达|约|超过|超|的|近|均|分别|提高到|提高至|提升至|上升到|升至)*$")
_QUARTER_BASIS = re.compile(r"环比|上月|上季|上旬|上周")
_YEARLY = re.compile(r"同比|上年|去年|同期")
_LIMIT = 24


def clean(words: str) -> str:
    """The name in the words before a figure: connectives, adverbs and verbs of stating taken off both ends."""
    words = _NOISE.sub("", words)
    while True:
        shorter = TRAIL.sub("", LEAD.sub("", words))
        if shorter == words:
            return words
        words = shorter


def short(words: str) -> str:
    """At most ``_LIMIT`` characters: brackets go first, then everything before the last mark of a list."""
    if len(words) <= _LIMIT:
        return words
    words = _BRACKETS.sub("", words)
    for mark in ("等", "、", "的", "对", "以"):
        while len(words) > _LIMIT and mark in words[:-4]:
            words = words[words.index(mark) + 1 :]
    return words[-_LIMIT:]


def subject_of(base: str) -> str:
    """The name without its head noun: 一般公共预算收入 → 一般公共预算."""
    match = HEAD.search(base)
    return base[: match.start()] if match and match.start() >= 2 else ""


def head_of(base: str) -> str:
    """The head noun of a name: 农作物总播种面积 → 播种面积; empty where none is known."""
    match = HEAD.search(base)
    return match[0].lstrip("总") if match else ""


class Namer:
    """Names the figures of one block in order; remembers what the words before have established."""

    def __init__(self) -> None:
        self.topic = ""
        self.level: Draft | None = None  # the last level or share, that growth is of
        self.growth: Draft | None = None
        self.total: Draft | None = None  # the figure that 其中 divides
        self.sentence: tuple[int, int] = (-1, -1)
        self.before_figures = ""

    def silence(self, words: str) -> None:
        """A sentence without figures: its words may name the subject of the next."""
        self.before_figures = words

    @staticmethod
    def measure(draft: Draft) -> Measure:
        """The measure of a level by its unit."""
        return _measure(draft)

    def name(self, drafts: list[Draft], index: int, lead_words: str) -> None:
        """Sets base, suffix, measure, sign, kind and parent of ``drafts[index]``; those before it are named."""
        draft = drafts[index]
        if draft.sentence != self.sentence:
            self.sentence = draft.sentence
            self.total = None
            self.before_figures = lead_words
            if draft.role in ("heading", "title"):
                self.level = None
        if draft.bracket >= 0:
            draft.parent = drafts[draft.bracket]
        elif draft.in_part:
            draft.parent = self._total(drafts, index)
        for rule in (self._rank, self._share, self._change, self._level):
            if rule(draft, drafts, index):
                draft.rules["indicator"] = rule.__name__.lstrip("_")
                break
        self._remember(draft)

    def _total(self, drafts: list[Draft], index: int) -> Draft | None:
        """The figure that 其中 divides: the last level of the same unit before the first part."""
        draft = drafts[index]
        if self.total is not None:
            return self.total
        candidates = [d for d in drafts[:index] if d.kind == "level" and not d.in_part]
        same = [d for d in candidates if d.unit == draft.unit]
        self.total = (same or candidates or [None])[-1]  # type: ignore[list-item]
        return self.total

    def _remember(self, draft: Draft) -> None:
        if draft.kind == "change":
            self.growth = draft
        elif draft.kind in ("level", "share"):
            self.level = draft
            self.growth = None
        subject = subject_of(draft.base)
        if subject and draft.kind == "level" and draft.parent is None:
            self.topic = subject
            draft.subject = subject

    def _rank(self, draft: Draft, drafts: list[Draft], index: int) -> bool:
        if not draft.gap.endswith("第") or draft.number.form != "arabic":
            return False
        words = re.split(r"(?:位居|名列|排名|排在|位列|跃居|稳居|居|列|排|升至|全国|全省|全球|世界)", _NOISE.sub("", draft.pre[:-1]))[0]
        own = clean(words)
        draft.base = short(own or (self.level.base if self.level else self.topic))
        draft.suffix, draft.kind, draft.measure = "位次", "rank", "index"
        return True

    def _share(self, draft: Draft, drafts: list[Draft], index: int) -> bool:
        """占…比重: the part is what stands before 占, else the figure before."""
        if draft.unit not in ("%", "‰", "成") or "占" not in draft.gap:
            return False
        match = _SHARE.search(_NOISE.sub("", draft.gap))
        if match is None or CHANGE_TAIL.search(draft.gap):
            return False
        own = clean(match["subject"])
        subject = own or self._subject_before(draft)
        whole = match["whole"] or ""
        draft.base = short(subject + "占" + clean(whole) + "比重") if whole else short(subject + "占比")
        draft.kind, draft.measure = "share", "rate"
        return True

    def _subject_before(self, draft: Draft) -> str:
        near = self.growth or self.level
        if near is None:
            return self.topic
        return near.base

    def _change(self, draft: Draft, drafts: list[Draft], index: int) -> bool:
        words = _NOISE.sub("", draft.gap)
        pp = draft.unit.startswith(("个百分点", "百分点", "个基点", "基点", "个千分点"))
        noun = RATE_OF_CHANGE.search(words)
        if noun and draft.unit in ("%", "‰"):
            draft.negative = noun["noun"][0] in "降跌下"
            return self._set_change(draft, words[: noun.start()], "同比增长", "同比")
        match = CHANGE_TAIL.search(words) or CHANGE_BRIEF.search(words) or (CHANGE_BARE.search(words) if pp else None)
        if match is None or match["to"]:
            return False
        if match["verb"] in ("减少", "增加", "降低", "压减", "压缩", "缩短", "提高") and draft.dimension == "count" and draft.post and not match["basis"]:
            return False
        own = words[: match.start()]
        draft.negative = bool(NEGATIVE.search(match["verb"]))
        return self._set_change(draft, own, self._suffix(draft, match, pp), match["basis"])

    def _suffix(self, draft: Draft, match: re.Match[str], pp: bool) -> str:
        basis, verb = match["basis"], match["verb"]
        span = "环比" if _QUARTER_BASIS.search(basis) else "同比" if not basis or _YEARLY.search(basis) else basis
        average = "年均" if "年均" in match["adverbs"] or "平均" in match["adverbs"] else ""
        if pp:
            return (span if basis else "") + "变化"
        if draft.unit in ("%", "‰", "倍", "成", "番"):
            return (average or span) + "增长"
        if verb in ("多增", "少增", "多增加", "少增加"):
            return span + "多增"
        if verb.startswith("净"):
            return "净增"
        return (span if basis else "") + "增加"

    def _set_change(self, draft: Draft, own_words: str, suffix: str, basis: str) -> bool:
        own = clean(own_words)
        draft.kind, draft.measure, draft.suffix = "change", "change", suffix
        speed = own in ("增速", "增幅", "涨幅") or own.endswith(("其增速",))
        if speed and self.growth is not None:
            draft.parent, draft.base = self.growth, self.growth.base + "增速"
        elif not own or speed:
            near = self.growth if draft.group >= 0 and self.level is None else self.level or self.growth
            draft.parent = near
            draft.base = (near.base if near else self._lookback()) + ("增速" if speed else "")
        else:
            draft.base = short(self._qualified(own, draft))
            if draft.parent is None and self.level is not None and self.level.base == draft.base:
                draft.parent = self.level
        return True

    def _lookback(self) -> str:
        """The subject of a figure whose clause has none: the noun before in the sentence, else the topic."""
        words = clean(self.before_figures)
        pieces = [p for p in re.split(r"[，：；]", words) if p]
        for piece in reversed(pieces):
            found = clean(re.split(r"(?:居|位|持续|稳步|快速|明显|全国|较快|全部|全省)", piece)[0])
            if 2 <= len(found) <= 16:
                return found
        return self.topic

    def _qualified(self, own: str, draft: Draft) -> str:
        """The own words, with the subject where they are only a head noun (产值, 完成率), or what they break down."""
        parent = draft.parent
        if parent is not None and parent.kind == "level":
            return self._part(own, parent)
        if GENERIC.match(own):
            if self.level is not None and self.level.sentence == draft.sentence:
                near = self.level.subject or subject_of(self.level.base) or self._without_state(self.level.base)
                if near and not own.startswith(near) and near != own:
                    return near + own
            subject = self.topic or subject_of(self._lookback())
            if not subject:
                subject = self._lookback()
            return own if own.startswith(subject) else subject + own
        if own.startswith(("加上", "减去", "扣除")):
            return self.topic + own[2:]
        origin = ORIGIN.search(self._sentence_first)
        if origin and draft.unit == "例" and not ORIGIN.search(own):
            return origin[0] + own
        return own

    @staticmethod
    def _without_state(base: str) -> str:
        return re.sub(r"(?:已|累计)?(?:完成|办结|开工|竣工|建成)$", "", base)

    _sentence_first = ""

    def _part(self, own: str, parent: Draft) -> str:
        """A part named under its total: 国家级 of 新闻报道 is 国家级新闻报道."""
        if TERM.match(own) and subject_of(parent.base):
            return subject_of(parent.base) + own
        head = head_of(parent.base)
        if head and (HEAD.search(own) or own.endswith(head)):
            return own
        if own.endswith(("级", "类", "型", "性", "籍")) or ORIGIN.fullmatch(own):
            return own + (head or parent.base[-8:].lstrip("的”"))
        return own + head if head and parent.kind == "level" and parent.unit not in ("例",) else own

    def _level(self, draft: Draft, drafts: list[Draft], index: int) -> bool:
        own = clean(self._trimmed(draft))
        post = draft.post if draft.dimension not in ("money", "share") or draft.tail < len(draft.post) else ""
        draft.measure = _measure(draft)
        if draft.unit in ("%", "‰", "成") or draft.dimension == "money":
            post = draft.post if not own else ""
        if draft.unit in ("%", "‰") and post:
            post += "比例"
        if "list" in draft.rules and index and post:
            own = ""
        if post and own:
            draft.base = short(_joined(own, post))
        elif post:
            draft.base = short(post)
            if len(post) <= 1:
                draft.base = short(self._inherited(draft) or post)
        elif own:
            draft.base = short(self._qualified(own, draft))
        else:
            draft.base = short(self._inherited(draft))
        return True

    def _trimmed(self, draft: Draft) -> str:
        words = _NOISE.sub("", draft.pre)
        words = TRAIL.sub("", words)
        if _ENUMERATION.match(words) and draft.post:
            tail = _ENUMERATION.sub("", words)
            words = tail
        if draft.dimension not in ("count",) or not re.search(r"已|累计", words[-6:]):
            shorter = DONE_TRAIL.sub("", words)
            words = shorter if shorter else words
        return words

    def _inherited(self, draft: Draft) -> str:
        if draft.parent is not None:
            return draft.parent.base
        if self.level is not None and self.level.sentence == draft.sentence:
            return self.level.base
        return self._lookback()


def _joined(own: str, post: str) -> str:
    """Action and noun: 新建 + 中小学. A long lead keeps only its last stretch."""
    if own.endswith(post):
        return own
    if len(own) > 14:
        for mark in ("，", "、", "等", "，"):
            if mark in own:
                own = own[own.rindex(mark) + 1 :]
    return own + post


def _measure(draft: Draft) -> Measure:
    dimension = draft.dimension
    if dimension == "money":
        return "money"
    if draft.unit in ("%", "‰", "‱", "成", "折", "分之一"):
        return "rate"
    if draft.unit.startswith(("个百分点", "百分点", "个基点")):
        return "change"
    if dimension == "multiple" or dimension == "index":
        return "index"
    if dimension in ("count", "none"):
        return "count"
    return "amount"
