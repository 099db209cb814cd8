"""Adding up: what the sums of a sentence, of a list and of plain arithmetic share."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from flows.extract.draft import Draft
from flows.extract.model import Relation

BALANCE: Final = re.compile(r"顺差|逆差")
NOT_FEW: Final = 8
_REST: Final = re.compile(
    r"其余|余下|剩余|剩下|[只仅还]剩|另有|(?:^|[，；])另(?=\x01*$)|(?:^|[，、；])(?:正在|暂未|(?:尚)?未|尚有)[^，。；]{0,6}$"
)
_NOT: Final = re.compile(r"(?:^|[，、；])(?:不|未|非)([^，。；、]{2,4})$")
_TOLD_APART: Final = re.compile(r"来自|为|系|均为|由|其余")

_NOTHING: Final = Decimal(0)


def signed(draft: Draft) -> Decimal:
    """The value of a figure, negative where its words say that it falls."""
    value = draft.number.value or Decimal(0)
    return -value if draft.negative else value


def added(drafts: Sequence[Draft]) -> Decimal:
    """The sum of the signed values."""
    total = Decimal(0)
    for draft in drafts:
        total += signed(draft)
    return total


def slack(figures: Sequence[Draft]) -> Decimal:
    """What rounding may take from a sum: what it may take from each of its figures."""
    total = Decimal(0)
    for figure in figures:
        total += blur(figure)
    return total


def blur(figure: Draft) -> Decimal:
    """What rounding may take from a figure: half its last digit where it has decimals or a magnitude; a plain count is
    exact."""
    number = figure.number
    return number.ulp / 2 if number.decimals or number.magnitude or number.ulp > 1 else _NOTHING


def makes(parts: Sequence[Draft], total: Draft) -> bool:
    """Whether the parts make the total, within what rounding may take."""
    return rounds_away(added(parts) - signed(total), slack([total, *parts]))


def rounds_away(missing: Decimal, blur: Decimal) -> bool:
    """Whether what a sum misses its total by is no more than what rounding may take."""
    return missing == 0 or abs(missing) < blur


def sum_of(total: Draft, parts: Sequence[Draft], *, complete: bool = True, stated: bool = False) -> Relation:
    """The relation of a total and its parts; only informing unless the words say it (``stated``)."""
    return Relation("sum", total=total.start, parts=tuple(p.start for p in parts), complete=complete, stated=stated)


def run_after(levels: Sequence[Draft], i: int) -> list[Draft] | None:
    """The figures straight after ``levels[i]``, two at least, whose exact sum it is; None where there are none."""
    total = levels[i]
    if total.number.value is None:
        return None
    so_far, run = Decimal(0), list[Draft]()
    for part in levels[i + 1 : i + 30]:
        if part.unit != total.unit or BALANCE.search(part.gap):
            break
        so_far += part.number.value or Decimal(0)
        run.append(part)
        if so_far == total.number.value and len(run) >= 2:
            return run
        if so_far > total.number.value:
            break
    return None


def exact_prefix(parts: Sequence[Draft], whole: Decimal) -> list[Draft] | None:
    """The first parts, two at least, that add up to ``whole`` exactly; None where none do."""
    so_far = Decimal(0)
    for i, part in enumerate(parts):
        so_far += signed(part)
        if so_far == whole and i >= 1:
            return list(parts[: i + 1])
    return None


def opposite(first: Draft, second: Draft) -> bool:
    """属实163件，不属实23件: the second says that the first does not hold."""
    denied = _NOT.search(second.gap)
    return denied is not None and denied[1] in first.gap and _NOT.search(first.gap) is None


def told_rest(run: Sequence[Draft]) -> bool:
    """9名患者好转；另1名…: whether the words say that the last is what remains."""
    return _REST.search(run[-1].gap) is not None


def complementary(run: Sequence[Draft]) -> bool:
    """公办的29所、民办12所: whether two names are the two sides of one thing."""
    if len(run) != _TWO:
        return False
    one, other = run[0].gap, run[1].gap
    return any((a in one and b in other) or (b in one and a in other) for a, b in _SIDES)


_SIDES: Final = (
    *(("公办", "民办"), ("男", "女"), ("城镇", "农村"), ("城镇", "乡村"), ("上行", "下行"), ("进口", "出口")),
    *(("内贸", "外贸"), ("新建", "续建"), ("本土", "输入"), ("本地", "输入"), ("境内", "境外"), ("国内", "入境")),
    *(("户籍", "非户籍"), ("合格", "不合格"), ("已结", "未结"), ("旧存", "新收"), ("门诊", "住院"), ("增长", "下降")),
    *(("营利", "非营利"), ("省级", "市级")),
)


def paired(first: Draft, second: Draft) -> bool:
    """乙类61例，丙类425例; 省定15项，市定6项: names of one length that differ in their first character alone."""
    one, other = first.gap.strip(_AROUND), second.gap.strip(_AROUND)
    return 1 < len(one) == len(other) <= _PAIR_NAME and one[1:] == other[1:] and one[0] != other[0]


_AROUND: Final = "\x01，、；：其中有 "
_TWO, _PAIR_NAME = 2, 4


def telling(total: Draft, run: Sequence[Draft]) -> bool:
    """Whether an exact sum can hardly be chance: 5 = 2 + 3 can, unless the words say that it is divided or where each
    part is from."""
    if total.number.decimals > 0 or (total.number.value or 0) >= 50 or len(run) > 3:
        return True
    if len(run) == 3 and (total.number.value or 0) >= NOT_FEW:
        return True
    if told_rest(run) or complementary(run) or (len(run) == _TWO and paired(*run)):
        return True
    divided = run[0].opens_part or total.post.endswith("中") or total.said.endswith("中")
    return divided or all(told_apart(p) or "其余" in p.gap for p in run)


def told_apart(part: Draft) -> bool:
    """13例来自菲律宾, 5例为输入性病例: whether the words after a count say which ones it counts."""
    return _TOLD_APART.match(part.said) is not None
