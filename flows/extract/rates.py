"""Rates: 145件…完成118件，完成率81%; 占…的73.5%; 为年度计划44亿元的106.6%; a rate that the counts beside it give to
the last digit."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import Final

from flows.extract.draft import Draft, gap_of
from flows.extract.model import Relation
from flows.extract.names import BEGINNING, begin_alike

_DONE_RATE: Final = re.compile(
    r"(?P<stem>完成|完工|办结|审结|执结|结案|开工|竣工|落实|整改|办理|解决|答复|销号|合格|达标|覆盖|到位|执行|入库|化解|治愈|支付|回复|接种|签约|投产|兑现|查处|满意|检出|拨付|就业|改造|建成|交付|入住|参保|修复|开通)率"
    r"(?:为|达到|达|约|分别)*$"
)
_DONE: Final = re.compile(r"完成|完工|办结|审结|开工|竣工|落实|整改")
_MID_YEAR: Final = re.compile(r"出生率|死亡率|自然增长率")  # of the mean population of the year, not of its end
_OF_ALL: Final = re.compile(r"(?:化率|占比|比重|比例)(?:为|达到?)*$")
_OF_A_PLAN: Final = re.compile(r"占(?:年初|年度|全年|调整)?(?:预算|计划|任务|目标)数?的$")
_SHARE_OF: Final = re.compile(r"占([^，。；]{2,20}?)(?:的)?(?:比重|比例)?(?:为|达|约)*$")


def rates(drafts: list[Draft], recent: list[Draft], wholes: list[Draft]) -> list[Relation]:
    found = []
    for i, draft in enumerate(drafts):
        if draft.unit not in ("%", "‰") or draft.kind not in ("level", "share") or _MID_YEAR.search(draft.base):
            continue
        stated = True
        pair = (
            _of_yardstick(drafts, i)
            or _of_bracket(drafts, i)
            or (_shares(drafts, i, recent) if draft.kind == "share" else _completion(drafts, i, recent))
        )
        if pair is None and draft.kind == "share":
            here = [d for d in drafts[:i] if d.kind == "level" and d.unit not in ("%", "‰")]
            pair, stated = _named_share(draft, [*recent, *here], wholes), False
        if pair is None and draft.kind == "level":
            pair, stated = _computed(drafts, i, recent), False
        if pair is None:
            pair, stated = _by_arithmetic(drafts, i, recent), False
        if pair is not None and pair[1].modality != "target" and _OF_A_PLAN.search(gap_of(draft)):
            continue  # 收入8.1亿元，支出完成3万元，占预算的0.1%: of a budget that is not told
        if pair is not None and draft.kind == "share":
            wholes.append(pair[1])
        if pair is not None:
            found.append(
                Relation("rate", numerator=pair[0].start, denominator=pair[1].start, rate=draft.start, stated=stated)
            )
    return found


def _of_yardstick(drafts: list[Draft], i: int) -> tuple[Draft, Draft] | None:
    """完成46.9亿元，为年度计划44亿元的106.6%."""
    if i < 2 or not drafts[i - 1].yardstick:
        return None
    plan = drafts[i - 1]
    done = [d for d in drafts[: i - 1] if d.kind == "level" and d.unit == plan.unit]
    return (done[-1], plan) if done and fits(done[-1], plan, drafts[i], Decimal(2)) else None


def _named_share(rate: Draft, recent: list[Draft], wholes: list[Draft]) -> tuple[Draft, Draft] | None:
    """委托贷款余额占比2.6%: the part by its name among the levels before, of the whole that it names or that the shares
    before it were of; only where the numbers agree."""
    name, _, whole_name = rate.base.partition("占")
    whole_name = re.sub(r"^(?:同期|全部)|(?:的)?(?:比重|比例|比)$", "", whole_name)
    parts = [d for d in recent if name and (d.base == name or d.base.endswith(name) or name.endswith(d.base))]
    if not parts and rate.number.decimals and len(name) > BEGINNING:
        parts = [d for d in recent if begin_alike(name, d.base)]  # 同城业务量 of 同城快递业务量
    named = [d for d in recent if len(whole_name) > 1 and whole_name in d.base]
    for part in reversed(parts):
        for whole in [*reversed(named), *reversed(wholes[-2:])]:
            if whole is not part and whole.unit == part.unit and fits(part, whole, rate, rate.number.ulp):
                return part, whole
    return None


def _computed(drafts: list[Draft], i: int, recent: list[Draft]) -> tuple[Draft, Draft] | None:
    """18个断面中有17个…，优良比例94.4%: a rate that the two counts right before it give to its last digit."""
    rate = drafts[i]
    counts = [d for d in drafts[:i] if d.kind == "level" and d.unit not in ("%", "‰", "") and d.number.value]
    if not counts or counts[-1].clause < rate.clause - 1 or rate.number.value in (None, 100, 50):
        return None
    done = counts[-1]
    named = (
        recent[-4:] if rate.number.decimals and _OF_ALL.search(gap_of(rate)) else []
    )  # 常住人口 in the sentence before 城镇化率66.90%
    for whole in reversed([*named, *counts[-4:-1]]):
        if (
            whole.unit == done.unit
            and (whole.number.value or 0) > (done.number.value or 0)
            and fits(done, whole, rate, rate.number.ulp / 2)
        ):
            return done, whole
    return None


def _by_arithmetic(drafts: list[Draft], i: int, recent: list[Draft]) -> tuple[Draft, Draft] | None:
    """抢通公路139处，占94.6%, of the 147 cut a paragraph before: a ratio that two counts of one unit give to its last
    digit. A rate without decimals is looked for in its own sentence only."""
    rate = drafts[i]
    if not _OF_RATIO.search(rate.gap) or rate.number.value in (None, 50):
        return None
    here = [d for d in drafts[:i] if d.kind == "level" and d.unit not in ("%", "‰") and d.number.value]
    here = [d for d in here if d.bracket < 0 or d.bracket == rate.bracket]
    if rate.number.value == 100:
        planned = [d for d in here[:-1] if d.modality == "target" and d.unit == here[-1].unit]
        return (here[-1], planned[-1]) if planned and planned[-1].number.value == here[-1].number.value else None
    if not here and rate.number.decimals and _OF_BEFORE.search(rate.gap):
        here = recent[-4:]  # 年末常住人口…，其中城镇…。城镇化率为64.27%
    if not here or rate.number.high is not None or rate.unit == "‰" or rate.number.form != "arabic":
        return None
    here = [d for d in here if not _is_round(d)]
    far = [d for d in recent if not _is_round(d)] if rate.number.decimals else []
    for part in reversed(here[-2:] if rate.group < 0 else here[-4:]):
        for whole in [*reversed(here), *reversed(far)]:
            if whole is part or whole.unit != part.unit or whole.number.value == part.number.value:
                continue
            if fits(part, whole, rate, rate.number.ulp / 2):
                return part, whole
    return None


def _is_round(draft: Draft) -> bool:
    """近1万亿元, 超3万亿元: a number of one low digit makes any rate with another."""
    return draft.number.ulp * _QUARTER > (draft.number.value or 0) and draft.number.magnitude > 0


_QUARTER: Final = 4
_DUE: Final = re.compile(r"[应需]")  # 应接种6.4万人: all of whom so many are
_OF_BEFORE: Final = re.compile(r"化率|存贷比|贷存比")
_OF_RATIO: Final = re.compile(r"率|占|比重|比例|完成|存贷比|贷存比|[预计]算?的$|(?:目标|任务|计划)数?的$")


def _completion(drafts: list[Draft], i: int, recent: list[Draft]) -> tuple[Draft, Draft] | None:
    """N件…完成M件，完成率: the count whose words say what the rate is named after, and the whole it is counted from."""
    match = _DONE_RATE.search(gap_of(drafts[i]))
    if match is None:
        return None
    stem = match["stem"]
    says = _says(stem)
    counts = [d for d in drafts[:i] if d.kind == "level" and d.unit not in ("%", "‰") and d.number.value is not None]
    done = next(
        (
            d
            for d in reversed(counts)
            if says.search(d.gap) or says.search(d.said) or says.search(d.base, len(d.base) - len(stem) - 1)
        ),
        None,
    )
    if done is None:
        return _of_plan(counts, drafts[i]) if stem == "完成" else None
    part = done.parent is not None and done.parent.unit == done.unit and done.parent.kind == "level"
    if part and done.parent is not None and fits(done, done.parent, drafts[i], Decimal(2)):
        full = drafts[i].number.value == 100 and done.parent.number.value != done.number.value
        return None if full else (done, done.parent)
    at = counts.index(done)
    wholes = [d for d in counts[:at] if _alike(d, done) and (stem not in d.gap or _DUE.search(d.gap)) and d.bracket < 0]
    undone = [d for d in wholes if not _DONE.search(d.gap)]
    if not undone:  # 已开工31个，开工率96.9%；已完成19个，完成率59.4%: of the 32 in a sentence before
        undone = [
            d
            for d in recent[-6:]
            if d.unit == done.unit and not _DONE.search(d.gap) and fits(done, d, drafts[i], drafts[i].number.ulp)
        ]
    wholes = undone or wholes
    if len(wholes) > 1 and (given := [d for d in wholes if fits(done, d, drafts[i], drafts[i].number.ulp)]):
        wholes = given  # 任务20985户，已动工21410户…；竣工16030户，竣工率76.4%: of the task
    if wholes and not fits(done, wholes[-1], drafts[i], Decimal(2)):
        far = [d for d in recent[-12:] if d.unit == done.unit and fits(done, d, drafts[i], drafts[i].number.ulp / 2)]
        wholes = far[-1:] or wholes
    if not wholes or (drafts[i].number.value == 100 and wholes[-1].number.value != done.number.value):
        return None  # 223个问题已全部办结，办结率100%: of the 223, whatever count stands before
    return done, wholes[-1]


def _alike(whole: Draft, done: Draft) -> bool:
    """Whether two counts may be divided: in one unit, people and the doses that they were given, or beds and those in
    them."""
    people = done.unit in ("人", "名")
    return (
        whole.unit == done.unit
        or (whole.unit in ("人", "名") and (people or done.unit in ("剂次", "人次")))
        or (whole.unit == "张" and people)
    )


@cache
def _says(stem: str) -> re.Pattern[str]:
    """The stem of a rate in words: 合格 of 合格率, and not 不合格."""
    return re.compile(f"(?<![不未无]){stem}")


def _of_plan(counts: list[Draft], rate: Draft) -> tuple[Draft, Draft] | None:
    """计划新增泊位1500个，目前建成投用1065个，完成率71%: what has come of the plan right before it."""
    if len(counts) < 2 or counts[-1].clause != rate.clause - 1 or counts[-1].bracket >= 0:
        return None
    done, plan = counts[-1], counts[-2]
    planned = plan.modality == "target" and done.modality == "actual" and plan.unit == done.unit
    return (done, plan) if planned and plan.clause == done.clause - 1 else None


def _of_bracket(drafts: list[Draft], i: int) -> tuple[Draft, Draft] | None:
    """抽检3184批次，完成年度计划（3900批次）的81.6%."""
    plan = drafts[i - 1] if i >= 2 else None
    if plan is None or plan.bracket < 0 or gap_of(drafts[i]) != "的" or drafts[i].bracket >= 0:
        return None
    done = [d for d in drafts[: i - 1] if d.kind == "level" and d.unit == plan.unit and d.bracket < 0]
    return (done[-1], plan) if done and fits(done[-1], plan, drafts[i], Decimal(2)) else None


def _shares(drafts: list[Draft], i: int, recent: list[Draft]) -> tuple[Draft, Draft] | None:
    """M亿元，占X的p%: X is named before, in the sentence or shortly before it; from another sentence only where the
    numbers agree as well."""
    rate = drafts[i]
    levels = [d for d in drafts[:i] if d.kind == "level" and d.unit not in ("%", "‰")]
    match = _SHARE_OF.search(gap_of(rate))
    if not levels or rate.number.value is None:
        return None
    if match is None:  # 农业用水8.11亿立方米，占56.9%; 71眼、29眼、18眼，各占60.2%、24.6%和15.3%
        named = [d for d in levels if d.base + "占比" == rate.base] if rate.group >= 0 else []
        part = (named or levels)[-1]
        whole = part.parent
        agrees = whole is not None and whole.unit == part.unit and fits(part, whole, rate, rate.number.ulp)
        return (part, whole) if agrees and whole is not None else None
    part, name = levels[-1], match[1].replace("\x01", "").rstrip("的")
    for whole in reversed(levels[:-1]):
        if (
            whole.unit == part.unit
            and (name in whole.base or whole.base in name)
            and fits(part, whole, rate, Decimal(2))
        ):
            return part, whole
    for whole in reversed(recent):
        if whole.unit == part.unit and name in whole.base and fits(part, whole, rate, rate.number.ulp):
            return part, whole
    return None


def fits(part: Draft, whole: Draft, rate: Draft, slack: Decimal) -> bool:
    """Whether part / whole may be the rate, within the rounding of all three and ``slack`` points."""
    if not part.number.value or not whole.number.value or rate.number.value is None:
        return False
    share = part.number.value / whole.number.value * (1000 if rate.unit == "‰" else 100)
    blur = share * (part.number.ulp / part.number.value + whole.number.ulp / whole.number.value) / 2
    return abs(share - rate.number.value) <= slack + blur
