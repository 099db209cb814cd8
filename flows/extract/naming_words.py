"""The words of a level: what the clause says before its number and the noun behind it, as far as they belong to the
name."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from flows.extract.draft import Draft
from flows.extract.ends import without_heading, without_noise, without_outcome, without_trail
from flows.extract.names import clean
from flows.extract.naming_plans import PlanRules
from flows.extract.naming_state import SETTING
from flows.extract.words import SPENDING, ends_in_head, is_generic

_ENUMERATION: Final = re.compile(r"^.{5,}等$")
_COVERBS: Final = frozenset("对为向给由从将把使让")  # 对76名未成年人…
_AT_RATE: Final = re.compile(r"按[^，。；]{0,12}汇率(?:计算|折算|换算|折合)?")
_OF_WHICH: Final = re.compile(r"中(?<![初高]中)(?=已|有|$)")
_OUTCOME_SPAN: Final = 6
_AT_STAGE: Final = re.compile(r"在[^，的]{1,8}(?:期|时期|阶段|期间)")  # 外销占比，在投产初期由…
_MOVED: Final = re.compile(r"将([^由从]{4,}?)[由从]")
_GRANTED: Final = re.compile(r"(?:设立|出资|募集|新增|安排|筹集|下达|获得|争取|争取到|投入|拨付)$")
# 增发1万亿元国债: a verb that says nothing without what stands behind the sum.
_BARE_VERB: Final = re.compile(
    r"(?:再|先|共|累计|一次性|新|已|及时|全年)*(?:增发|增加|发行|形成|释放|撬动|盘活|消化|化解|减免|偿还|清偿|募集|发放|投放|置换|收回|压减|节约|追回|挽回|缴纳|退还|返还|吸纳|签订|签约)"
)
_GRANT: Final = re.compile(r"(?:资金|经费|贷款|债券|补助|补贴|奖金|投资|奖补|额度|投资计划)$")
_MARK_PASSED: Final = re.compile(r"(?:大关|关口|台阶|新台阶|大台阶|门槛)")
_INVESTED: Final = re.compile(r"(?:计划|预计|概算|估算|累计)?总?投资(?:额|约)?|(?:工程)?(?:总?造价|合同额)")
_MADE: Final = re.compile(r"(?:全面|正式|顺利|已)?(?:建成|投用|投产|开工|竣工|完工|启动|落地|签约|投入使用).*$")
_HELPED: Final = re.compile(r"[^，；]{4,}(?:助力|带动|推动|拉动|助推|促进)(?=[\u4e00-\u9fff]{3})")
_RATIO_BEFORE: Final = re.compile(r"[:：].*$")  # what remains of 24.6:39.1:36.3调整为
TURNS: Final = re.compile(r"(?:缩小|扩大|下降|上升|提高|提升|优化|调整|改善|降低|回落|收窄|降|升)(?:到|至|为)?")
_FROM_TIME: Final = re.compile(r"[由从][^，。；由从]{0,8}的?$")


class WordRules(PlanRules):
    """Finds the words of the name of a level."""

    def _words(self, draft: Draft, index: int) -> tuple[str, str]:
        """What the clause says before the number, and the noun after it where that belongs to the name."""
        own = self._without_means(clean(self._trimmed(draft)))
        own = "" if _AT_STAGE.fullmatch(own) else own
        own = "" if own in _COVERBS or (own == "除" and draft.post) else own  # 除12名轻微伤外
        own = "" if own == "地区" and "\x01" in draft.gap else own  # 台湾地区10例
        if own.startswith(("实现", "完成")) and is_generic(own[2:]) and self._companies_here(draft):
            own = own[2:]  # 装备制造企业45家，实现产值123.6亿元
        own = "" if draft.unit.endswith("元") and _AT_RATE.fullmatch(own) else own
        if own.startswith("将"):  # 将低保标准由每月700元提高到770元
            moved = _MOVED.match(own)
            own = moved[1] if moved is not None else own[1:] if ends_in_head(own) else own
        own = _RATIO_BEFORE.sub("", own) if "ratio" in draft.rules else own
        post = draft.post
        own = own.removeprefix("对") if post and own.startswith("对新增") else own
        if draft.unit in ("%", "‰", "成"):
            post = "" if TURNS.match(post) else post
            phrase = draft.said if draft.owns and len(draft.said) > len(post) else post
            post = phrase + "比例" if post and not own else ""
        elif draft.dimension == "money":
            granted = bool(_GRANTED.search(own.rstrip("的"))) and bool(_GRANT.search(post))
            granted = granted or (_BARE_VERB.fullmatch(own) is not None and not draft.owns)
            post = "" if own and not granted and not SPENDING.fullmatch(own) else post
            told = any(d.sentence == draft.sentence for d in self.spoken)
            if own in ("支出", "财政支出"):
                post = ""
            elif draft.owns and own.endswith("形成") and ends_in_head(draft.post):
                own, post = "", draft.post  # 带动社会资金形成3.2万亿元的投资规模
            elif granted and draft.gap.endswith("的"):
                own = own.rstrip("的")  # 县财政安排的300万元抢收补贴
            elif SPENDING.fullmatch(own) or not (own or told):
                post = draft.purpose or (_MADE.sub("", post) if draft.owns else "") or self._purpose(draft) or post
            elif draft.owns and _INVESTED.fullmatch(own) and draft.post:
                own = _MADE.sub("", draft.post) + own  # 总投资3.2亿元的污水处理厂
        if (not draft.unit or _FROM_TIME.search(draft.raw)) and TURNS.match(post):
            draft.said = post = ""  # 由年初的35万户扩大到年末的62万户
        post = "" if post and _MARK_PASSED.match(post) else post
        if "list" in draft.rules and index and post:
            own = ""
        return own, post

    def _purpose(self, draft: Draft) -> str:
        """What money is for, where the clause names only the spending: 拨付1.6亿元，支持稳增长."""
        if draft.purpose:
            return draft.purpose
        words = clean(self.before_figures) or self._announced()
        return words if 2 <= len(words) <= 16 and not SETTING.search(words) else ""

    @staticmethod
    def _without_means(own: str) -> str:
        """实验室助力页岩油年产量突破100万吨: what helped is no part of what is counted."""
        if "动" not in own and "助" not in own and "促进" not in own:
            return own
        match = _HELPED.match(own)
        return own[match.end() :] if match is not None and ends_in_head(own) else own

    def _companies_here(self, draft: Draft) -> bool:
        """Whether the sentence has counted companies or households, whose output a figure may be."""
        return any(d.unit in ("家", "户") for d in self._levels_here(draft))

    @staticmethod
    def _trimmed(draft: Draft) -> str:
        return _trimmed(draft.pre, bool(draft.post), draft.dimension == "count")


@lru_cache(maxsize=16384)
def _trimmed(pre: str, followed: bool, counted: bool) -> str:
    """The words before a figure without the verb that leads to it; none where they only list examples."""
    words = without_noise(without_heading(pre))
    words = _OF_WHICH.sub("", words) if "中" in words else words
    if followed and words.endswith("等") and _ENUMERATION.match(words):
        return ""
    words = without_trail(words)
    if not counted or not ("已" in words[-_OUTCOME_SPAN:] or "累计" in words[-_OUTCOME_SPAN:]):
        shorter = without_outcome(words)
        words = shorter if shorter and not shorter.endswith("未") else words
    return words
