"""Names of shares, ranks, multiples and distances from a yardstick."""

from __future__ import annotations

import re
from typing import Final

from flows.extract.draft import Draft
from flows.extract.ends import without_noise
from flows.extract.names import NAME_LIMIT, clean, short
from flows.extract.naming_levels import LevelRules
from flows.extract.words import AGAINST, CHANGE_TAIL, SPEEDS, TIMES

_SHARE: Final = re.compile(
    r"(?P<subject>.*?)(?P<share>占(?:比|有率|(?P<whole>[^，。；]{0,18}?)(?:的)?(?:比重|比例|份额|总量|总数|总额)?)?)"
    r"(?:为|达到|达|约|超过|超|的|近|均|分别|提高到|提高至|提升至|上升到|升至|(?<=[重例比])[从由])*$"
)
_LIST_START: Final = re.compile("[、，；：）]|集中[在于]|分布[在于]|主要[是为有]|依次[是为]")
_NOUN: Final = 12  # characters of what a bracket stands behind
_DOUBLED: Final = re.compile(r"(?:(?:比|较)[^，。；]{2,10})?(?:再|将|已)?翻了?$")  # 人均生产总值比1980年翻两番
_SEVERAL_YARDSTICKS: Final = re.compile(
    r"(?:高|低|快|慢|好|优)[于过](?P<what>[\u4e00-\u9fff]{2,8}(?:[、和及与][\u4e00-\u9fff]{2,8}?)+)(?:平均)?(?:水平)?$"
)
_YARDSTICK: Final = 8  # characters of what a second distance is from: 高于全国0.5个、全省0.3个百分点
_HELD_AGAINST: Final = re.compile(r"，?(?:增速|增幅|涨幅|同比增速)?(?:也|均|都|又)?[高低快慢好]于[^，。；\d]{0,10}的")


class ShareRules(LevelRules):
    """Rules that name what a figure says of another, where it tells no growth."""

    def _rank(self, draft: Draft, drafts: list[Draft], index: int) -> bool:
        if not draft.gap.endswith("第") or draft.number.form != "arabic":
            return False
        words = re.split(
            r"位居|名列|排名|排在|位列|跃居|稳居|居|列|排|升至|在?全[国省市县区球]|世界", without_noise(draft.pre[:-1])
        )[0]
        own = clean(words)
        near = self.level or self.growth
        if own.rstrip("在") in SPEEDS and near is not None:
            own = near.base + own.rstrip("在")  # 增速在全市排第15位
        draft.base = short(own or (near.base if near else self.topic))
        draft.suffix, draft.kind, draft.measure = "位次", "rank", "index"
        return True

    def _share(self, draft: Draft, drafts: list[Draft], index: int) -> bool:
        """占…比重: the part is what stands before 占, else the figure before."""
        if self._share_of_stated(draft, drafts, index):
            return True
        said = draft.pre if draft.gap == "的" else draft.gap  # 占户籍总人口（91.4万人）的32.6%
        if draft.unit not in ("%", "‰", "成") or "占" not in said:
            return False
        match = _SHARE.search(without_noise(said))
        if match is None or CHANGE_TAIL.search(draft.gap):
            return False
        own = clean(match["subject"])
        near = self.growth or self.level
        before = drafts[index - 1] if index else None
        subject = (
            own or self._noun_of_bracket(draft, before) or (near.base.removesuffix("占比") if near else self.topic)
        )
        whole = clean(match["whole"] or "")
        full = f"{subject}占{whole}比重"
        draft.base = full if whole and len(full) <= NAME_LIMIT else short(subject) + "占比"
        draft.kind, draft.measure = "share", "rate"
        return True

    def _noun_of_bracket(self, draft: Draft, before: Draft | None) -> str:
        """主要是电梯（占比11.3%）、空调（占比7.3%）: the noun that a bracket with a share stands behind; empty where a
        figure stands there."""
        if draft.bracket >= 0 and before is not None and draft.bracket == before.start:
            return ""
        if not self.lead.endswith("（") or (before is not None and draft.lead - len(draft.gap) - 1 == before.tail):
            return ""
        noun = clean(_LIST_START.split(self.lead[:-1])[-1])
        return noun if 1 < len(noun) <= _NOUN and not noun[-1].isdigit() else ""

    def _share_of_stated(self, draft: Draft, drafts: list[Draft], index: int) -> bool:
        """流转5.4万亩，占耕地总面积6.9万亩的78.3%: the whole is stated between 占 and the share."""
        whole = drafts[index - 1] if index and draft.unit == "%" and draft.gap == "的" else None
        name = without_noise(whole.gap) if whole is not None and whole.yardstick else ""
        if not name.startswith("占") or self.level is None or self.level.sentence != draft.sentence:
            return False
        draft.base = short(f"{self.level.base}占{clean(name[1:])}比重")
        draft.kind, draft.measure = "share", "rate"
        return True

    def _against(self, draft: Draft, drafts: list[Draft], index: int) -> bool:
        """高于全省平均1.6个百分点: how far the rate before lies from a yardstick."""
        if index and self._next_distance(draft, drafts[index - 1]):
            return True
        if not draft.unit.endswith(("百分点", "基点", "千分点")):
            return False
        gap = without_noise(draft.gap)
        self.yardsticks = []
        if (several := _SEVERAL_YARDSTICKS.search(gap)) is not None:  # 分别高于全国、全省0.5个和0.3个百分点
            first, *self.yardsticks = re.split("[、和及与]", several["what"])
            gap = gap[: several.start("what")] + first
        match = AGAINST.search(gap) if draft.unit.startswith(("个", "百分点")) else None
        if match is None:
            return False
        rates = [d for d in self.spoken if d.unit in ("%", "‰")]
        own = clean(gap[: match.start()].removesuffix("分别"))
        near = rates[-1] if rates else self.growth or self.level
        draft.parent = near if rates else None
        draft.base = short(own if len(own) > 2 and own != "增速" else near.indicator if near else self._lookback())
        draft.suffix = "与" + match["what"] + "之差"
        draft.kind, draft.measure, draft.negative = "change", "change", match["down"] is not None
        return True

    def _of_yardstick(self, draft: Draft, words: str, last: Draft | None) -> bool:
        """增速高于全省的2%，也高于全国的2.5%: the growth elsewhere that the growth before is held against."""
        if last is None or last.kind != "change" or last.unit != "%" or last.sentence != draft.sentence:
            return False
        further = words in ("的", "，的") and "yardstick" in last.rules
        if not further and not (words.endswith("的") and _HELD_AGAINST.fullmatch(words)):
            return False
        draft.base, draft.suffix, draft.kind, draft.measure = last.base, last.suffix, "change", "change"
        draft.rules["yardstick"] = "growth elsewhere"
        return True

    def _next_distance(self, draft: Draft, last: Draft) -> bool:
        """高于全国0.5个、全省0.3个百分点: the second distance is of the same rate, from another yardstick."""
        if not draft.linked or last.unit != draft.unit or not last.suffix.endswith("之差"):
            return False
        what = draft.raw.strip("、和及与 ") or (self.yardsticks.pop(0) if self.yardsticks else "")
        if not 1 < len(what) <= _YARDSTICK or CHANGE_TAIL.search(what):
            return False
        draft.base, draft.suffix, draft.parent = last.base, f"与{what}之差", last.parent
        draft.kind, draft.measure, draft.negative = "change", "change", last.negative
        return True

    def _times(self, draft: Draft, drafts: list[Draft], index: int) -> bool:
        """是2020年末的2.8倍: a multiple of an earlier level; 翻一番: of itself."""
        if draft.unit == "番":
            own = clean(_DOUBLED.sub("", without_noise(draft.gap)))
            near = self.level
            draft.base, draft.suffix = short(own or (near.base if near else "")), "翻番"
            draft.kind, draft.measure = "change", "change"
            return True
        match = TIMES.search(draft.raw) if draft.unit == "倍" else None
        if match is None:
            return False
        own = clean(without_noise(draft.gap[: match.start()]))
        near = self.level
        draft.base = short(own or (near.base if near else self._lookback()))
        draft.suffix, draft.measure = "是" + match["what"] + "的倍数", "rate"
        return True
