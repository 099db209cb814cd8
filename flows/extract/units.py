"""Units: the counting word or unit of measure after a number.

An open grammar over reference/units.csv: the longest unit that stands there, joined by / or by a bracket to another
(元/人, 人/平方公里, 台（套）), or a counting word made of two (件次). A word that is no unit gives the empty unit: the
number then counts what follows (8.8万群众). Magnitudes are read with the number, not here.
"""

from __future__ import annotations

import csv
import re
from functools import lru_cache
from typing import Final

from flows.extract.alternatives import by_first
from flows.extract.reference import reference_path

_BRACKETED: Final = re.compile(r"（([^（）\d]{1,3})）")


@lru_cache(maxsize=1)
def units() -> dict[str, str]:
    """Unit → dimension (money, count, share, area …), from reference/units.csv."""
    with reference_path("units.csv").open(encoding="utf-8", newline="") as file:
        return {row["unit"]: row["dimension"] for row in csv.DictReader(file)}


@lru_cache(maxsize=1)
def _by_pair() -> tuple[dict[str, tuple[str, ...]], frozenset[str], frozenset[str]]:
    """The units of two characters and more by their first two, the longest first; those of one; the Latin ones."""
    table: dict[str, list[str]] = {}
    for unit in units():
        if len(unit) > 1:
            table.setdefault(unit[:2], []).append(unit)
    longer = {pair: tuple(sorted(found, key=len, reverse=True)) for pair, found in table.items()}
    latin = frozenset(unit for unit in units() if unit.isascii() and unit.isalpha())
    return longer, frozenset(unit for unit in units() if len(unit) == 1), latin


# What a counting word must not be the first character of: 个 in 个体, 家 in 家庭, 人 in 人民 …
_NOT_A_UNIT: Final = re.compile(
    r"个(?:体(?![验育系检制量细操])|性)|家(?:庭|具(?![有备体])|电(?![商影力子信网视器竞缆池线动])|长(?![期三江春沙治城])|政(?![务府策企协法])|园(?![区林艺])|畜|禽|乡(?!镇)|属(?![于地]))|人(?:民|工|才|员|口(?!普查)|群|均|事|力|类|物|大|社|代|居)|口(?:岸|腔|径|罩)"
    r"|场(?:所|馆|景|地|站)|部(?:门|队|分|委|署|长(?!篇))|处(?:理|级|置|方|罚|室)|项(?:目(?!标))|条(?:例|件)|点(?:位|多|击|对)|分(?:别|钟|析|类|公司|部|行|局|支|子|散|级|布|区|层|红|院|校|中心|成|管|工|期|流|贝|配|步|批|段)"
    r"|户(?:籍|型|均|主|外)|位(?:于|居(?![民家住])|列(?!车)|置|次)|期(?:间|末|初|货|刊|权|限)|名(?:称|单(?![身位亲])|录|优(?![秀先异])|牌|师(?![生傅范])|校(?![长友外内医])|企(?!业)|医(?![护生务师疗学药])|家(?![庭长属政])|列(?![车兵]))|次(?:会议|全会|全体|产业|年|日(?!常)|月|生(?![产态活])|新(?![闻型增建])|数(?![据字])|序)|本(?:市|省|区|县|级|土|地|年|月|次|届|报|科|轮|期|科生|金|行|站|院|校)"
    r"|届(?:人大|党|政协|全会|委员|全国|中央|时|满|历次|[一二三四五六七八九]中)|级(?:以上人)|层(?:面|次|级)|种(?:植(?![物被])|子|粮|养|业|畜|苗)|类(?:似|型|别)|批(?:发|准|复|示|次)|门(?:诊|店|槛|类|户|市)|道(?:路|德|教)|面(?:积|向|对|粉|临|料|上)|队(?:伍|员|长)|组(?:织|建|成|长|合)"
    r"|班(?:子|级|列)|段(?:落)|股(?:份|权|东|票|改|金)|票(?:据|房|价)|车(?:辆|站|间|位|险|道|船|次|流|牌|主|购|企|展)|船(?:舶|员|厂|只)|书|篇(?:章|幅)|座(?:谈|位|席|次)|架(?:构|设)|把(?:握|关|手)|成(?:员|立|本|果|功)"
    r"|里(?:程|面)|方(?:面|式|案|向|法|位|便|针|阵|可|米)|度(?:假)|角(?:度|色)|克(?:服|难)|米(?:粉|袋)|升(?:级|至|到|旗|学|高|幅|温|值|降|规)|吨(?:位)|元(?:旦|素|月|宵)|天(?:然|气|津|使)|周(?:边|转|期|末)|年(?:度|产|均|内|轻|龄|底|初|末|货|代|报|销|供|利|节)|日(?:均|常|报|前|益|产|用)"
    r"|尾(?:矿|气|款|水|号)|头(?:部|条)|只(?:有|增|要|能|是)|块(?:状)|片(?:区|段|面|酬)|盘(?:活)|折(?:合|旧|射|扣|算)|圈(?:层)|环(?:境|保|节|卫|比|评|线|路)|站(?:点|位|所)|节(?:能|水|点|目|约|日|余|假|庆|气|俭)|列(?:明|入|为|示|举|出|居|全|第)|代(?:表|理|建|码|际|办)|步(?:伐|入|行|道|骤)|群(?:众|体|团|星|主)"
    r"|品(?:种|牌|质|类)|款(?:项)|字(?:号)|版(?:面|权|图)|轮(?:换|动|船|胎|训|车|椅|摩托)|针(?:对)|卷(?:烟)|包(?:装|括|含|保|机)|集(?:中|团|体|成|聚|资|群|约|合|美|镇|市|装箱)|出(?:口|台|院|现|生|厂|租|让|行|席|彩|栏)|核(?:酸|心|查|电|减|准|定|算|能|拨|发|实|桃)|案(?:件|例)|管(?:理|道|网|控|辖|线|廊|护)|对(?:外|接|口|应|比|于|象|标|全|上|企)|起(?:步|草|重|飞|点|到|诉|早|降)|副(?:主|局|市|县|省|区|处|部|书|科|总|高|食|产|业|厅|中)|双(?:碳|减|一流|创|招|拥|向|边|高|万|千|百|随|倍|重|下|双)"
)

_OTHER_WORDS: Final = by_first(_NOT_A_UNIT)


_PER: Final = re.compile(
    r"每(?:秒|分钟|小时|平方米|平方公里|立方米|千瓦时|公里|亩|公顷|吨|升)(?![\u4e00-\u9fff]{2}[\d一二三四五六七八九十])"
)


def read_unit(text: str, at: int) -> str:
    """The unit that starts at ``text[at]``, as written; empty where no unit stands there."""
    if at >= len(text):
        return ""
    first = _longest(text, at)
    if not first:
        return ""
    end = at + len(first)
    if text[end : end + 1] == "/":
        large = (
            1
            if text[end + 1 : end + 2] in ("万", "亿", "百", "千")
            and not text.startswith(("千瓦", "千米", "千克"), end + 1)
            else 0
        )
        second = _longest(text, end + 1 + large)
        if second:
            return text[at : end + 1 + large + len(second)]
        word = re.match(
            r"(?:人|户|亩|年|天|日|次|吨|立方米|平方米|平方公里|kg|L|h|d|s|月|公顷|千瓦时|条|件)+",
            text[end + 1 : end + 6],
        )
        return text[at : end + 1 + word.end()] if word else first
    if text[end : end + 1] == "每" and (per := _PER.match(text, end)):
        return text[at : per.end()]  # 立方米每秒
    bracket = _BRACKETED.match(text, end) if text[end : end + 1] == "（" else None
    if bracket and all(_longest(unit, 0) == unit for unit in re.split("[、/]", bracket[1])):
        return text[at : bracket.end()]
    return first


def _longest(text: str, at: int) -> str:
    longer, single, latin = _by_pair()
    pair = text[at : at + 2]
    for unit in longer.get(pair, ()):
        if text.startswith(unit, at) and not (unit in latin and _goes_on(text, at + len(unit))):
            return unit
    first = pair[:1]
    if first not in single or _is_other_word(text, at) or (first in latin and _goes_on(text, at + 1)):
        return ""
    return first


def _goes_on(text: str, at: int) -> bool:
    """Whether a Latin word goes on at ``at``: the m of 5max is no metre."""
    after = text[at : at + 1]
    return after.isascii() and after.isalpha()


def _is_other_word(text: str, at: int) -> bool:
    other = _OTHER_WORDS.get(text[at])
    return other is not None and other.match(text, at) is not None


_PEOPLE: Final = frozenset(("人", "名", "例", "位"))  # what the sick and the hurt are counted in
_BODIES: Final = frozenset(("所", "个", "家"))  # what schools and hospitals are counted in


def holds(whole: str, part: str) -> bool:
    """Whether a total in ``whole`` may have parts in ``part``: the same unit, or one that it names (头（只）)."""
    if whole == "所" and part in _BODIES:
        return True  # 医疗机构382所，其中村卫生室203个
    if whole in _PEOPLE and part in _PEOPLE:
        return True  # 59名患者，其中重型病例3例
    return whole == part or (bool(part) and "（" in whole and part in re.split("[（）/、]", whole))


@lru_cache(maxsize=4096)
def dimension(unit: str) -> str:
    """The dimension of a unit: its own, or that of the part before the slash or bracket; count where unknown."""
    table = units()
    if unit in table:
        return table[unit]
    head = re.split(r"[/（每]", unit, maxsplit=1)[0]
    if head in table:
        return "rate_of" if "/" in unit and table[head] == "count" else table[head]
    if any(head.endswith(u) for u in ("吨", "公里", "瓦", "米", "公顷", "亩", "克", "升")):
        return "mass"
    return "count"
