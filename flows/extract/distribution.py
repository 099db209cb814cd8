"""分别: n values that belong to n names, in the same clause (一产、二产、三产增加值分别增长…) or in the one before.

The names are split at 、, and the last at 和 where one is missing; a head noun that only the last name bears belongs to
all of them (城镇、农村居民人均可支配收入), as does a lead that only the first bears. A bracket of growth rates after a
bracket of levels takes the names of the levels.
"""

from __future__ import annotations

import re
from typing import Final

from flows.extract.draft import Draft, gap_of
from flows.extract.names import clean, head_of, subject_of
from flows.extract.sums_adding import makes
from flows.extract.words import CHANGE_BRIEF, CHANGE_TAIL, GENERIC, OF_PLAN, ends_in_head, is_generic

_BETWEEN: Final = re.compile(r"(?:、|，)?(?:和|及|与|以及)?(?:同比)?(?:增长|下降|增加|减少|提高|上升|回落|降低)?了?第?")
_CONJUNCTION: Final = re.compile(r"以及|和|及|与")
_COMPARED: Final = re.compile(
    r"分别(?:比|较)(?P<first>[^，。；和与]{2,10})(?:和|与|及)(?:比|较)?(?P<second>[^，。；]{2,10}?)(?P<verb>提高|上升|增长|增加|下降|减少|降低|回落|高|低)(?:了)?$"
)
_A_HEAD: Final = re.compile(r"为?每[人户亩](?:每)?[月年日天]?$")  # 标准分别为每人每月…
# 一、二、三产业: the sectors, of which only the last bears its noun.
_SECTORS: Final = re.compile(r"第?一、第?二、第?三次?产(?:业)?")
_BOTH_SIDES: Final = re.compile("([\u4e00-\u9fff]*?)存贷款([\u4e00-\u9fff]*?)(?=[为是达]|分别|$)")
_TWO_SECTORS: Final = re.compile("(?<!第)第?([一二])([二三])次?产业")  # 一三产业比重
_DONE: Final = "受理|新收|收案|审结|办结|结案|执结|立案|签约|开工|竣工|投产|建成|查处|接收|发放|申报|获批"
# 共受理和审结涉外案件分别为502件和322件: two actions on one thing.
_TWO_ACTIONS: Final = re.compile(f"({_DONE})(?:[和与及、])({_DONE})(?!率)([\u4e00-\u9fff“”]{{2,}}?)(?=分别)")
_HURT: Final = re.compile("(?:死亡|受伤|伤亡)(?:人数)?|直接经济损失")  # of the accidents before them
_AND: Final = ("、", "和", "及", "与")
_RATES: Final = ("%", "‰", "倍")
_GROWN: Final = re.compile(r"(?:同比|比上年|较上年|实际|名义)?(?:增长|下降|增加|减少|提高)")
_SCOPES: Final = re.compile(r"全[省市州县区](?:及|和|、|与)([省市州县区]本?级|本级)([^，。；]+?)分别")
_DIGITS: Final = re.compile(r"\d")
_GROWN_TO: Final = re.compile(r"(?:增加|增长|提高|提升|上升|扩大|下降|减少|降低|缩小|发展|升|降|增|减)(?:到|至|为)了?")
_SHARE_NOUN: Final = re.compile(r"占比|比重|比例|占总[量数]的?(?:比重|比例)?|[\u4e00-\u9fff]{2,5}率")
_TWO_NAMES: Final = re.compile(
    r"[，]?[\u4e00-\u9fff]{2,10}[和及与、][\u4e00-\u9fff]{2,10}(?:量|额|数|值|收入|面积|规模)(?:分别|共|各)?(?:完成|达到?|为|实现)?"
)
_PAIR: Final = 2
_FLOWS: Final = ("出口", "进口", "销售", "消费")
_SHARE_OF: Final = re.compile(r"占([^，。；]{2,12}?)的?")
_ET_AL: Final = re.compile(r"等[^，。；、]{0,14}$")


def groups(text: str, drafts: list[Draft]) -> list[list[Draft]]:
    """The figures of one sentence that stand in a 分别 list: each group in order, two figures or more."""
    found: list[list[Draft]] = []
    i = 0
    while i < len(drafts):
        draft = drafts[i]
        after_list = bool(found) and i and found[-1][-1] is drafts[i - 1]
        goes_on = after_list and (_GROWN_TO.fullmatch(draft.gap) or _GROWN.fullmatch(draft.gap))
        both = (
            ("城乡居民" in draft.gap or "存贷款" in draft.gap)
            and i + 1 < len(drafts)
            and not drafts[i + 1].gap.strip("和及与、")
        )
        both = both or _of_two_levels(drafts, i)
        both = both or _each_its_own(text, draft, drafts[i + 1] if i + 1 < len(drafts) else None)
        both = both or (draft.gap.endswith("各占") and i + 1 < len(drafts) and _linked(text, draft, drafts[i + 1]))
        if "分别" not in draft.gap and not goes_on and not both:
            i += 1
            continue
        group = [draft]
        j = i + 1
        while j < len(drafts) and _linked(text, group[-1], drafts[j]):
            group.append(drafts[j])
            j += 1
        alike = "分别" in draft.gap or both or (found and len(group) == len(found[-1]))
        if len(group) > 1 and alike:
            found.append(group)
        i = j
    return found


def _of_two_levels(drafts: list[Draft], at: int) -> bool:
    """城镇居民人均可支配收入17175元，农村居民人均纯收入5153元，实际增长9.8%和8.5%: growth of the two levels before."""
    if at < _PAIR or at + 1 >= len(drafts) or not _GROWN.fullmatch(drafts[at].gap.strip("\x01 ，")):
        return False
    one, other, first, second = drafts[at - 2 : at + 2]
    levels = one.unit == other.unit not in _RATES and one.clause < other.clause < first.clause
    told = all(len(d.gap.strip("\x01 ，")) >= _PAIR for d in (one, other))
    two = first.unit == second.unit == "%" and second.gap in ("和", "及", "与", "、", "")
    return levels and told and two and (at + _PAIR >= len(drafts) or not drafts[at + 2].linked)


def _each_its_own(text: str, draft: Draft, after: Draft | None) -> bool:
    """客运量和旅客周转量完成2067.95万人次和6.05亿人公里: two names and two figures in units of their own."""
    if after is None or after.unit == draft.unit or not (draft.unit and after.unit):
        return False
    return text[draft.tail : after.lead] in _AND and bool(_TWO_NAMES.fullmatch(gap_of(draft)))


def _linked(text: str, left: Draft, right: Draft) -> bool:
    gap = text[left.tail : right.lead].strip()
    if gap == "，" and left.unit != right.unit and right.unit not in _RATES:
        return False  # 分别为5亿元、4亿元，2家合计…: a statement of its own
    grown = left.unit == "%" and right.unit == "个百分点" and gap in _AND  # 分别上升4.2%、5.6%和1.3个百分点
    alike = grown or (left.unit in _RATES) == (right.unit in _RATES)  # 达…元、…元，增长9.3%、11.2% are two lists
    return alike and bool(_BETWEEN.fullmatch(gap))


def levels_before(group: list[Draft], drafts: list[Draft]) -> list[Draft]:
    """As many levels right before the group as it has members: 门诊次均费用203元、住院次均费用6872元，同比分别下降…"""
    at = drafts.index(group[0])
    told = [d for d in drafts[:at] if d.kind in ("level", "share")]
    if group[0].kind == "change":
        told = [d for n, d in enumerate(told) if n + 1 == len(told) or not _is_start_of(d, told[n + 1])]
    before = told[-len(group) :]
    return (
        before
        if len(before) == len(group)
        and (group[0].unit != before[0].unit or [d.unit for d in before] == [d.unit for d in group])
        else []
    )


def _is_start_of(draft: Draft, after: Draft) -> bool:
    """由615元提高到650元: the level that another of the same thing grew from."""
    return after.base == draft.base and after.unit == draft.unit and bool(_GROWN_TO.fullmatch(gap_of(after)))


def _parts_before(group: list[Draft], drafts: list[Draft]) -> list[Draft]:
    """集中养育孤儿95人，社会散居孤儿115人，保障标准分别为…: as many parts of one total right before the group, told in
    another unit."""
    at = drafts.index(group[0])
    before = drafts[max(0, at - len(group)) : at]
    alike = len({d.unit for d in before}) == 1 and len({id(d.parent) for d in before}) == 1
    parts = all(d.in_part and d.kind == "level" and d.parent is not None for d in before)
    return before if alike and parts and len(before) == len(group) and before[0].unit != group[0].unit else []


def names(
    shadow: str, drafts: list[Draft], group: list[Draft], previous: list[list[Draft]], levels: list[Draft]
) -> list[str] | None:
    """One name for each figure of the group, or None where the words do not give as many."""
    first = group[0]
    if previous and levels and levels[0].start > previous[-1][-1].start:
        previous = []  # …分别增长…，甲税1.6亿元、乙税1.5亿元，分别下降…: of the levels told since the list before
    words = _plain(shadow[first.lead - len(first.gap) : first.lead])
    words = _SECTORS.sub("第一产业、第二产业、第三产业", words)
    words = re.sub("各(?=占$)", "分别", words)  # 71眼、29眼、18眼，各占60.2%、24.6%和15.3%
    if len(group) == _PAIR:
        words = _BOTH_SIDES.sub(r"\1存款\2、\1贷款\2", words)
        words = _TWO_SECTORS.sub(r"第\1产业、第\2产业", words)
        if (two := _TWO_ACTIONS.search(words)) is not None:
            return [two[1] + two[3], two[2] + two[3]]
    if len(group) == 3:
        words = re.sub("^三(?:次|大)?产业", "第一产业、第二产业、第三产业", words)
    if len(group) == _PAIR and words.lstrip("，；：其中").startswith("城乡居民"):
        words = words.replace("城乡居民", "城镇居民、农村居民")
    words = words if "分别" in words else re.sub(r"(?:完成|达到?|为|实现)$", "", words)
    before, _, after = words.partition("分别") if "分别" in words else (words, "", "")
    predicate = clean(_stripped_change(_A_HEAD.sub("", after)))
    before = clean(_stripped_change(before)) if before else ""
    scopes = _SCOPES.search(first.raw)
    if scopes and len(group) == 2:
        return [clean(scopes[2]), scopes[1] + clean(scopes[2])]
    split = _split(before, len(group)) if before else None
    if split is not None and (shared := _SHARE_OF.fullmatch(predicate)):
        predicate = f"占{shared[1]}比重"
    if split is not None:
        for draft, part in zip(group, split, strict=True):
            draft.subject = part
        whole = _whole_before(group, drafts)
        found = _with_object(_shared(split, predicate), group)
        bare = not any(ends_in_head(name) for name in found)
        if bare and whole is None and (a_head := _a_head_before(group, drafts)):
            return [name + a_head for name in found]
        return [_part_of(name, whole) for name in found] if bare and whole is not None else found
    if before and not predicate and ends_in_head(before) and (told := _parts_before(group, drafts)):
        return [d.base + before for d in told]
    if previous and len(previous[-1]) == len(group) and not before and (shared := _SHARE_OF.fullmatch(predicate)):
        return [f"{d.base}占{shared[1]}比重" for d in previous[-1]]
    if previous and len(previous[-1]) == len(group):
        return _as_before(group, previous[-1], before, _whole_before(group, drafts))
    if levels and not before and (not predicate or OF_PLAN.match(predicate)):
        return [d.base + (predicate or ("占比" if after == "占" else "")) for d in levels]
    if levels and not before and (shared := _SHARE_OF.fullmatch(predicate)):
        return [f"{d.base}占{shared[1]}比重" for d in levels]  # 农业8亿、工业4亿，分别占用水总量的57%、27%
    if levels and _SHARE_NOUN.fullmatch(before) and not predicate:
        return [d.base + before for d in levels]  # 咨询类21408件、求助类15163件，占比分别为44.0%、31.2%
    if (counted := _counted_before(shadow, group, drafts)) is not None:
        return _shared(counted, before + predicate)
    sentence_before = _plain(shadow[first.sentence[0] : first.lead - len(first.gap)])
    if before and (apart := _by_commas(sentence_before, before, len(group))):
        return _shared(apart, predicate)
    for clause in reversed(re.split(r"[，；：]", sentence_before)):
        parts = None if _DIGITS.search(clause) else _split(clean(_ET_AL.sub("", clause)), len(group))
        if parts is not None:
            return _shared(parts, before + predicate)
    return None


def _plain(words: str) -> str:
    """The words without blanked times and places and without blanks."""
    return words.replace("\x01", "").replace(" ", "")


def _counted_before(shadow: str, group: list[Draft], drafts: list[Draft]) -> list[str] | None:
    """法律援助、送戏下乡、残疾人培训等3项完成率分别为…: the names that stand before their own number, as many as it."""
    at = drafts.index(group[0])
    count = drafts[at - 1] if at else None
    if count is None or count.number.value != len(group) or count.tail < group[0].lead - len(group[0].gap):
        return None
    words = _plain(shadow[count.lead - len(count.gap) : count.lead])
    return _split(clean(words.removesuffix("等")), len(group)) if words.endswith("等") else None


def _by_commas(words: str, last: str, n: int) -> list[str] | None:
    """计算机、通信和其他设备制造业，汽车制造业，专用设备制造业产值: names apart by commas, all of the kind that the
    last bears; None where they are not as many as the figures."""
    clauses = [clean(c) for c in re.split("[，；：]", words) if c]
    parts = [*clauses[1 - n :], last]
    kind = _kind(parts[0], last)
    alike = len(parts) == n > 1 and bool(kind) and all(len(p) > _PAIR and p.endswith(kind) for p in parts[:-1])
    return parts if alike and not any(_DIGITS.search(p) for p in parts) else None


def _as_before(group: list[Draft], previous: list[Draft], before: str, whole: Draft | None) -> list[str]:
    """The names of a second list of as many members: of the same things, under their own total or predicate."""
    if whole is not None and not before:
        return [_part_of(d.subject or d.base, whole) for d in previous]
    if len(before) > 2 and all(d.subject for d in previous):
        return [d.subject + before for d in previous]
    if len(before) > 2 and ends_in_head(before) and group[0].unit != previous[0].unit:
        return [before for _ in previous]  # 各区转办量分别为…件，满意率分别为…%: of the places before
    if _SHARE_NOUN.fullmatch(before):
        return [d.base + before for d in previous]
    for draft, earlier in zip(group, previous, strict=True):
        draft.subject = earlier.subject
    return [d.base for d in previous]


def _a_head_before(group: list[Draft], drafts: list[Draft]) -> str:
    """居民人均可支配收入1.1万元，其中城镇、农村居民分别为…: what the level before them tells a head; empty where there
    is none in their unit."""
    first = group[0]
    told = [d for d in drafts[: drafts.index(first)] if d.kind == "level" and d.unit == first.unit]
    at = told[-1].base.find("人均") if told and first.in_part and first.kind == "level" else -1
    return told[-1].base[at:] if at >= 0 else ""


def _whole_before(group: list[Draft], drafts: list[Draft]) -> Draft | None:
    """The level straight before the group that its members add up to: 基金支出合计22亿元，分别为19亿元、…."""
    at = drafts.index(group[0])
    if group[0].kind != "level":
        return None
    for whole in (group[0].parent, drafts[at - 1] if at else None):
        if whole is not None and whole.kind == "level" and whole.unit == group[0].unit and makes(group, whole):
            return whole
    return None


def _part_of(name: str, whole: Draft) -> str:
    """A part under the noun of its whole: 失业 of 基金支出合计 is 失业基金支出."""
    noun = re.sub(r"(?:合计|总计|共计)$", "", whole.base)
    return name if name.endswith(noun) else name + noun


def comparisons(first: Draft) -> tuple[str, str, bool] | None:
    """分别比上月末和上年同期高: the two bases and whether it falls."""
    match = _COMPARED.search(first.gap.replace(" ", ""))
    if match is None:
        return None
    return match["first"], match["second"], match["verb"] in ("下降", "减少", "降低", "回落", "低")


def _stripped_change(words: str) -> str:
    match = CHANGE_TAIL.search(words) or CHANGE_BRIEF.search(words)
    if match:
        return words[: match.start()]
    return re.sub(r"(?:同比|环比|(?:比|较)(?:上年|去年)(?:同期|末)?)$", "", words)


def _split(words: str, n: int) -> list[str] | None:
    if n == 2 and words.endswith("收支"):
        return [words[:-2] + "收入", words[:-2] + "支出"]
    parts = [p for p in words.split("、") if p]
    parts = _of_one_kind(parts, n) if len(parts) > n > 1 else parts
    if len(parts) == n - 1 and parts:
        last = _CONJUNCTION.split(parts[-1], maxsplit=1)
        if len(last) == 2 and all(last):
            parts = [*parts[:-1], *last]
        elif len(every := [p for part in parts for p in _CONJUNCTION.split(part)]) == n and all(every):
            parts = every  # 化学需氧量、二氧化硫和氨氮、氮氧化物排放量
    if len(parts) != n or any(len(p) > 30 for p in parts):
        return None
    return parts


def _of_one_kind(parts: list[str], n: int) -> list[str]:
    """计算机、通信和其他电子设备制造业、汽车制造业、专用设备制造业产值: where 、 stands inside a name too, the names
    are those that end in the kind which the last bears."""
    kind = _kind(parts[-2], parts[-1])
    merged: list[str] = []
    held = ""
    for part in parts[:-1]:
        held += part
        if kind and part.endswith(kind):
            merged.append(held)
            held = ""
        else:
            held += "、"
    merged.append(held + parts[-1])
    return merged if len(merged) == n and not held else parts


def _kind(name: str, last: str) -> str:
    """The end of a name that the last of a list bears before its head noun (制造业, 法院); else empty."""
    return next((end for end in (name[-2:], name[-1:]) if end in last[1:] and end[-1:] in _KINDS), "")


_KINDS: Final = frozenset("业院局校县区镇乡市厂站所类科系族国省")


def _shared(parts: list[str], predicate: str) -> list[str]:
    """Gives every part the head noun of the last, and the predicate after 分别; a part that is only a head noun the
    subject of the first (政府债务限额、余额)."""
    if subject := subject_of(parts[0]):
        hurt = parts[0].endswith("事故起数")
        parts = [
            p if n == 0 or not (is_generic(p) or (hurt and _HURT.fullmatch(p))) else subject + p
            for n, p in enumerate(parts)
        ]
    head = head_of(parts[-1])
    stem = max((len(p) for p in parts[:-1]), default=0)
    if tail := _common_tail(parts):
        parts, head = [*(p + tail for p in parts[:-1]), parts[-1]], ""
    alike = len({len(p) for p in parts[:-1]}) == 1 and "/" not in parts[-1]
    if 0 < len(head) <= 2 and alike and len(parts[-1]) >= stem + 4:
        head = parts[-1][stem:]  # 高血压、糖尿病患者规范管理率
    if not head and parts[-1].endswith(_FLOWS) and not any(p.endswith(_FLOWS) for p in parts[:-1]):
        parts = [p + parts[-1][-2:] for p in parts[:-1]] + [parts[-1]]  # 家电、玩具出口
    if head and not any(p.endswith(head) or ends_in_head(p) for p in parts[:-1]):
        modifier = _common_modifier(parts[-1], head)
        parts = [p + ("" if p.endswith(modifier) else modifier) + head for p in parts[:-1]] + [parts[-1]]
    if predicate in _FLOWS or (predicate and not GENERIC.fullmatch(predicate + "率")):
        if (at := parts[-1].find(predicate)) > 0:
            parts = [*parts[:-1], parts[-1][: at + len(predicate)]]  # 家电出口势头好，分别出口
        parts = [p if p.endswith(predicate) else p + predicate for p in parts]
    return parts


def _with_object(names: list[str], group: list[Draft]) -> list[str]:
    """甲院、乙院分别聘请了5名、13名调解员: with the noun that only the last bears, where no name says such a thing."""
    thing = group[-1].post
    bare = all(not d.post for d in group[:-1]) and group[-1].dimension == "count"
    if not bare or len(thing) < _PAIR or any(ends_in_head(name) or thing[-2:] in name for name in names):
        return names
    return [name + thing for name in names]


def _common_tail(parts: list[str]) -> str:
    """地区实际使用外资 of 东部、中部、西部地区实际使用外资: what follows the last of names alike in length and end."""
    first, last = parts[0], parts[-1]
    ends = {p[-1] for p in parts[:-1]}
    if len(parts) > _PAIR and len(ends) == 1 and len(last) >= len(first) + 2:
        at = last.find(first[-1], 1)  # 甲农商行、农业银行、桂林银行普惠小微贷款余额
        if 0 < at <= max(map(len, parts[:-1])):
            return last[at + 1 :]
    alike = len({len(p) for p in parts[:-1]}) == 1 and len(ends) == 1
    if len(parts) < 2 or len(first) < 2:
        return ""
    if alike and len(last) >= len(first) + 2 and last[len(first) - 1] == first[-1]:
        return last[len(first) :]
    kind = first[-2:]  # 麻疹疫苗、百白破疫苗接种率: the word that the first ends with and the last goes on from
    at = last.find(kind, 1) + 2 if all(p.endswith(kind) for p in parts[:-1]) else 0
    return last[at:] if 2 < at <= len(last) - 2 else ""


def _common_modifier(last: str, head: str) -> str:
    """居民人均 of 农村居民人均可支配收入: what stands between the distinguishing word and the head noun."""
    stem = last[: -len(head)] if last.endswith(head) else ""
    match = re.search(r"(?:居民|企业|单位|部门|人口|产业|行业|保险)?(?:参保|人均|户均|年均|日均)?$", stem)
    return match[0] if match else ""
