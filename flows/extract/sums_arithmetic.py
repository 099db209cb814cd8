"""Sums that only arithmetic shows: figures in a row that exactly make the one before or after them, states of one
number of people, additions that lead to a total."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from flows.extract.draft import Draft, gap_of
from flows.extract.model import Relation
from flows.extract.sums_adding import (
    NOT_FEW,
    makes,
    opposite,
    paired,
    run_after,
    sum_of,
    telling,
    told_apart,
    told_rest,
)
from flows.extract.words import TOTAL_WORDS

_STATE: Final = re.compile(r"^(?:已|尚|仍|正|现有|共有|诊断|解除|转为|其余)|正在|接受")
_BALANCE: Final = re.compile(r"(?<!上年)(?<!上年度)(?:结余|结转)|余额|顺差|逆差|净")
_WHOLE_FLOW: Final = re.compile(r"总(?:收入|支出|财力)(?:为|达|达到|完成)?$")
_CUMULATED: Final = re.compile(r"累计")
_BEFORE_SIGN: Final = "\x01，、 "
_TOLD: Final = 12  # levels of the sentences before that this one may divide further
_ROUND: Final = 100
_FEW: Final = 2  # a total and two parts are three of one unit
_MANY: Final = 1000  # below it two figures of a sentence may make one that was told before by chance
_LARGE: Final = 50  # below it an exact sum of two or three figures may be chance
NOT_ADDITIVE: Final = re.compile(r"人均|户均|平均|单产|价格|单价|均价|指数|浓度|利率|寿命|年龄")


def arithmetic_sums(drafts: list[Draft], taken: set[int], recent: list[Draft]) -> list[Relation]:
    """Counts in a row whose exact sum is the figure before them, a 总计 after them, or the states of one number of
    people (已解除1964人，尚有6238人). ``taken`` are the starts of figures that are parts already; ``recent`` the levels
    of the sentences before."""
    levels = [d for d in drafts if _counts(d) and not d.yardstick]
    found: list[Relation] = []
    used: set[int] = set(taken)
    alike = Counter(d.unit for d in levels)
    leads = any(_is_plus(d.gap) for d in levels[:2])
    for i, total in enumerate(levels):
        if alike[total.unit] <= _FEW and not leads and not TOTAL_WORDS.search(total.gap or total.base):
            continue
        if not total.unit or total.start in used or NOT_ADDITIVE.search(total.base):
            continue
        run = _run_of(levels, i, recent)
        complete = run is not None
        run = run or _states(levels, i)
        if run is not None and total.place_list and all(p.place_list and p.linked for p in run):
            continue  # 郑州8例、开封1例、洛阳4例、…: none of a list is the total of the others
        balance = run is not None and not said_sum(total) and any(_BALANCE.search(p.gap) for p in run)
        if run is None or balance or any(p.start in used for p in run):
            continue
        if not said_sum(total) and all(_of_one_digit(p) for p in [total, *run]):
            continue  # 突破2000亿元, 3000亿元, 5000亿元
        plus = [p for p in run if not _is_minus(p.gap)]
        if len(plus) < 2:
            continue
        found.append(sum_of(total, plus, complete=complete and len(plus) == len(run)))
        if run[0].start > total.start and (led := _led_to(levels[:i], total)) is not None:
            found.append(sum_of(total, led))
        used.add(total.start)
        used.update(p.start for p in plus)
    return found


def said_sum(total: Draft) -> bool:
    """合计, 总量: whether the words of a figure say that it is a total."""
    return TOTAL_WORDS.search(total.gap or total.base) is not None


def _of_one_digit(draft: Draft) -> bool:
    """300, 5000亿: a round number, which others make by chance."""
    value = draft.number.value or Decimal(0)
    return value >= _ROUND and len(value.normalize().as_tuple().digits) == 1


def _led_to(levels: list[Draft], total: Draft) -> list[Draft] | None:
    """旧存1957件，新收11836件，二者合计13793件，已结10482件，未结3311件: what makes a total that is divided further."""
    return _before(levels, total, True) if said_sum(total) else None


def _is_plus(gap: str) -> bool:
    """加上转移支付, 加: the figure is added to those before."""
    return "加上" in gap or gap.lstrip(_BEFORE_SIGN).startswith("加")


def _is_minus(gap: str) -> bool:
    """减去, 扣除: the figure is taken from those before."""
    return gap.lstrip(_BEFORE_SIGN).startswith(("减", "扣除"))


def _counts(draft: Draft) -> bool:
    """A level outside brackets with one value that is no rate."""
    number = draft.number
    return (
        draft.kind == "level"
        and draft.bracket < 0
        and number.value is not None
        and number.high is None
        and draft.unit not in ("%", "‰", "个百分点")
    )


def _run_of(levels: list[Draft], i: int, recent: list[Draft]) -> list[Draft] | None:
    """The figures that exactly make ``levels[i]``: after it, before it, or in the sentences before a 总计."""
    total, before = levels[i], levels[:i]
    if before and before[-1].number.form == "chinese" and before[-1].clause == total.clause:
        before = before[:-1]  # 两项相加6853名
    said = said_sum(total) or gap_of(total) == "共"
    free = [total, *(d for d in levels[i + 1 :] if not d.in_part or d.parent is total)]
    run = run_after(free, 0)
    if run is not None and telling(total, run):
        return run
    run = _before(before, total, said) or (_of_unit(before, total) if said else None)
    if run is None and said:  # 收入51亿元，其中税收25亿元、非税26亿元。加上…，收入总计…
        run = _before([d for d in recent[-9:] if not d.yardstick and not d.in_part] + before, total, True)
    if run is None and said:
        run = _before(recent[-9:] + before, total, True)
    if run is None and any(_is_plus(d.gap) for d in levels[: min(i, 2)]):
        run = _before(recent[-2:] + before, total, False)  # 收入17.4亿元。加上转移支付…，总收入28亿元
    if run is None and said and any(_is_plus(d.gap) for d in levels[:i]):
        run = _added_to(recent, before, total)
    if run is None and _WHOLE_FLOW.search(total.gap):
        run = _flows_before(before, total)
    if run is None and _CUMULATED.search(total.gap) and (total.number.value or 0) >= _LARGE:
        run = _before(before, total, True)
    return run


def _added_to(recent: list[Draft], before: list[Draft], total: Draft) -> list[Draft] | None:
    """全省收入，加上转移支付等75亿元，收入总计89亿元: the flow of that name, told in a sentence before, and what is
    added to it; None where they do not make the total."""
    same = [d for d in before if d.unit == total.unit]
    flow = next((word for word in ("收入", "支出") if word in total.gap), "")
    told = (d for d in reversed(recent) if flow and d.unit == total.unit and not d.in_part and d.base.endswith(flow))
    return next((run for d in told if makes(run := [d, *same], total)), None)


def _flows_before(levels: list[Draft], total: Draft) -> list[Draft] | None:
    """收入27.7亿元，补助收入38.4亿元，上年结转5.5亿元，总收入71.6亿元: what the whole flow of an account is made of,
    within its rounding."""
    same = [d for d in levels if d.unit == total.unit and not d.in_part]
    runs = (same[n:] for n in range(max(0, len(same) - 1)))
    return next((run for run in runs if makes(run, total)), None)


def recalled_sums(drafts: list[Draft], recent: list[Draft], found: list[Relation]) -> list[Relation]:
    """诉求48623件。…从类别看，咨询21408件、求助15163件…: a sentence that divides a number told before, and pairs of
    counts (1408户5716人) that divide a pair before them. ``found`` are the relations of the sentence."""
    known = {p for r in found if r.relation == "sum" for p in (r.total, *r.parts)}
    levels = [d for d in drafts if _counts(d) and not d.yardstick and not NOT_ADDITIVE.search(d.base)]
    sums: list[Relation] = []
    for unit in dict.fromkeys(d.unit for d in levels if d.unit):
        same = [d for d in levels if d.unit == unit]
        if len(same) < 2 or any(d.start in known for d in same) or any(_BALANCE.search(d.gap) for d in same):
            continue
        paired = run_after(same, 0)
        if paired is not None and len(paired) == len(same) - 1 and telling(same[0], paired):
            sums.append(sum_of(same[0], paired))
            continue
        firsts = [d for n, d in enumerate(same) if n == 0 or same[n - 1].segment != d.segment]
        for parts in (same, firsts):
            if (total := _told(parts, recent)) is not None:
                sums.append(sum_of(total, parts))
                break
    return sums


def sums_of_rates(drafts: list[Draft], related: Sequence[Relation], found: list[Relation]) -> list[Relation]:
    """11个断面，Ⅱ类水质7个，占63.6%；Ⅲ类4个，占36.4%: counts whose shares of one total are told, and which make it.
    ``related`` are the rates, ``found`` the sums of the sentence."""
    known = {r.total for r in found}
    at = {d.start: d for d in drafts}
    shares: dict[int, list[Draft]] = {}
    for rate in related[-len(drafts) :]:
        if rate.relation == "rate" and rate.numerator in at and rate.denominator in at:
            shares.setdefault(rate.denominator, []).append(at[rate.numerator])
    made = [(at[start], parts) for start, parts in shares.items() if len(parts) > 1 and start not in known]
    return [sum_of(whole, parts) for whole, parts in made if makes(parts, whole)]


def further_sums(
    drafts: list[Draft], found: list[Relation], recent: list[Draft], before: Sequence[Relation]
) -> list[Relation]:
    """182例，其中男性93例、女性89例；110例有旅行史，64例有接触史，8例均无: further divisions of what the sentence, or
    one before it, has divided already, each a row of figures that makes it exactly. ``found`` are the relations of the
    sentence, ``before`` those of the sentences before, whose levels are ``recent``."""
    divided = {r.total for r in [*found, *before] if r.relation == "sum" and r.complete}
    told = [d for d in recent[-_TOLD:] if d.start in divided and d.dimension != "money"]
    levels = [d for d in drafts if _counts(d) and not d.yardstick]
    known = {p for r in found for p in r.parts}
    sums: list[Relation] = []
    for total in [d for d in [*told, *levels] if d.start in divided and (d.number.value or 0) >= _LARGE]:
        rest = [d for d in levels if d.start > total.start and d.unit == total.unit]
        i = 0
        while i < len(rest):
            run = None if rest[i].start in known else run_after([total, *rest[i:]], 0)
            if run is None or any(d.start in known for d in run):
                i += 1
                continue
            sums.append(sum_of(total, run))
            i += len(run)
    return sums


def _told(parts: list[Draft], recent: list[Draft]) -> Draft | None:
    """The latest level before the sentence that the parts make exactly, where that can hardly be chance."""
    whole = sum((d.number.value or Decimal(0) for d in parts), Decimal(0))
    if len(parts) == _FEW and (told_rest(parts) or all(told_apart(d) for d in parts)):  # 5例为输入性病例，1例为…
        return next((d for d in reversed(recent[-_TOLD:]) if d.unit == parts[0].unit and d.number.value == whole), None)
    few = NOT_FEW if len(parts) == _FEW and (opposite(*parts) or paired(*parts)) else _MANY
    if len(parts) < 2 or whole < (_LARGE if len(parts) > _FEW else few):
        return None
    return next((d for d in reversed(recent) if d.unit == parts[0].unit and d.number.value == whole), None)


def state_sums(drafts: list[Draft], recent: list[Draft], found: list[Relation]) -> list[Relation]:
    """累计报告612例。…已治愈出院239例，现有在院治疗373例: states of what a sentence before counted. ``found`` are the
    relations of the sentence."""
    counted = [d for d in drafts if _counts(d)]
    if len(counted) < 2:
        return []
    states = [d for d in counted if _STATE_NOW.search(_state_words(d))]
    if len(states) < 2:
        return []
    known = {r.total for r in found if r.relation == "sum"} | {p for r in found for p in r.parts}
    if len({d.unit for d in states}) > 1 or any(d.start in known for d in states):
        return []
    whole = sum((d.number.value or Decimal(0) for d in states), Decimal(0))
    here = [d for d in counted if d.start < states[0].start and not d.in_part]
    same = [d for d in [*recent[-12:], *here] if d.unit == states[0].unit and d.number.value == whole]
    if not same or (whole < _LARGE and not any(_LEFT.search(d.gap) for d in states)):
        return []
    return [sum_of(same[-1], states)]


_STATE_NOW: Final = re.compile(
    r"^(?:目前)?(?:已|在建|尚|仍|正|未|现有|现存|在院|其余|剩余)|正在|接受|未[^，。；]{1,4}的?$"
)
_LEFT: Final = re.compile(r"未|尚|其余|剩余|在建|正在")


def _of_unit(levels: list[Draft], total: Draft) -> list[Draft] | None:
    """小微企业16亿元、3127户，中型企业9亿元、162户，合计3289户: all that is counted in the unit of the total."""
    same = [d for d in levels if d.unit == total.unit]
    whole = sum((d.number.value or Decimal(0) for d in same), Decimal(0))
    return same if len(same) > 1 and whole == total.number.value else None


def _states(levels: list[Draft], i: int) -> list[Draft] | None:
    total = levels[i]
    if total.unit not in ("人", "例", "名"):
        return None
    run: list[Draft] = []
    for part in levels[i + 1 :]:
        if part.unit != total.unit or not _STATE.search(_state_words(part)):
            break
        run.append(part)
    so_far = sum((p.number.value or Decimal(0) for p in run), Decimal(0))
    if len(run) < 2 or total.number.value is None or so_far > total.number.value or so_far * 2 < total.number.value:
        return None
    return run


def _state_words(part: Draft) -> str:
    """The words of a part that may say a state: before it, or, where there are none, after it."""
    words = part.gap.replace("\x01", "").strip(" ，")
    return words if len(words) > 2 else words + part.said


def _before(levels: list[Draft], total: Draft, said: bool) -> list[Draft] | None:
    """The figures before a 总计, or before what 加… leads to, that add up to it: exactly where a total is said, else
    within their rounding."""
    if total.number.value is None:
        return None
    so_far, run, slack = Decimal(0), list[Draft](), total.number.ulp / 2
    for part in reversed(levels[-10:]):
        if part.unit != total.unit:
            break
        minus = _is_minus(part.gap)
        so_far += -(part.number.value or Decimal(0)) if minus else part.number.value or Decimal(0)
        slack += part.number.ulp / 2
        run.insert(0, part)
        adding = said or any(_is_plus(p.gap) for p in run[1:])
        if len(run) >= 2 and adding and abs(so_far - total.number.value) <= (slack if not said else Decimal(0)):
            return run
    return None
