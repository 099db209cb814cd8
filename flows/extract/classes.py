"""The number ledger: what a numeral is when it is not a figure, and why.

Dates and times come from ``times.py``; here stand the classes that the nearest characters decide: ordinals, codes and
slogans (“1+6+N”, 13336, PM2.5), titles in 《》, document and telephone numbers, section numbers and list markers,
footnote marks, addresses, ages in a description, list references (病例15), and 一 as a mere article.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from flows.extract.alternatives import by_first
from flows.extract.numerals import Number
from flows.extract.units import read_unit
from flows.extract.words import PERSON_WORDS


class NonFigure(NamedTuple):
    """The class of a numeral that is no figure, with the reason in a sentence."""

    numeral_class: str
    reason: str


_URL: Final = re.compile(
    r"(?:https?://|www\.)[!-~]+|[\w.+-]{1,64}@[\w-]+\.[\w.]+"
    r"|[\w-]{1,64}\.(?:com|cn|net|org|gov|shtml|html?|jsp|aspx?)\b[!-~]*"
)
_URL_SIGN: Final = re.compile(
    r"[@h.w](?:(?<=@)|(?<=h)ttp|(?<=w)ww\.|(?<=\.)(?:com|cn|net|org|gov|shtml|html?|jsp|aspx?)\b)"
)
_TITLE: Final = re.compile(r"《[^《》\n]{1,80}》")
_FOOTNOTE: Final = re.compile(
    r"[\[［〔【注（](?:(?<=[\[［〔【])注?\d{1,3}[\]］〕】]|(?<=注)\d{1,2}(?=[：:\.、])|(?<=（)注\d{1,2}）)"
)
_DOC_NUMBER: Final = re.compile(r"[〔\[（(]\s*(?:19|20)\d\d\s*[〕\]）)]\s*(?:第)?\s*\d+\s*号")
_SLOGAN_SUM: Final = re.compile(
    r"(?:(?<!\d)\d++|[A-Za-zN])(?:\s*[+＋×xX]\s*(?:\d+|[A-Za-zN]|[一二三四五六七八九十百]+))+"
)
_QUOTED: Final = re.compile(r"[“「『\"]([^“”「」『』\"\n]{1,14})[”」』\"]")
_CN_SECTION: Final = re.compile(r"[（(]?[一二三四五六七八九十]{1,3}[）)]?[、.．，]?")
_ROUND_BEFORE: Final = re.compile(r"(?:[超近过破逾上达约]|超过|突破|跨越|不足|接近)了?$")
_PERSON_AGE: Final = re.compile(r"(?:平均年龄|年龄|寿命|龄|岁数|最大|最小|高龄|期望)[^，。；]{0,8}$")
_RANKED: Final = re.compile("(?:位居|居|跻身|进入|入围|名列|位列|排名|列|前)[^，。；]{0,10}$")  # 位居全球40强
_AGE_LIMIT: Final = re.compile("及?以[上下](?=的?[\u4e00-\u9fff])")  # 35岁以下的143人; not 寿命达80岁以上，
_TABLE_REF: Final = re.compile(
    r"(?:附?[表图]|专栏|附件|注|案例|例|图表|附录|序号|编号|批号|款|标段|批次|版本|代码|邮编|邮政编码)\s*[：:]?$"
)
# GDP1234.56亿元, CPI102.3: an indicator in letters, its value right behind
_ABBREVIATED: Final = re.compile(r"(?<![A-Za-z])(?:GDP|GNP|CPI|PPI|PMI|LPR|FDI|GMV)$")
_PHONE_BEFORE: Final = re.compile(
    r"(?:电话|热线|传真|手机|邮编|QQ|账号|帐号|编码|编号|代码|证号|许可证|微信|拨打|专线)[^，。；\d]{0,10}$"
)
_ATTACHED: Final = re.compile(r"(?:附件|附表|附图|专栏|图表|[^代仪手]表|[^地版]图)$")
_ROOM: Final = re.compile(
    r"(?:室|号楼|号院|号线|号机组|号机|号文|号令|号公告|号|版(?!本面)|弄|单元(?!楼)|幢\d|路公交|路汽车)"
)
_CAME: Final = re.compile(r"(?:接到|查处|破获|侦破|接报|受理|立案|审结|查获)了?$")  # 共接到一起投诉
_CN_FIXED: Final = re.compile(
    r"一(?:般|些|样|起|系列|批(?!次)|大批|直|律|致|体|切|定|方面|旦|再|同|并|线|流|级|类|把手|次性|带|路|时|段|度|手|举|道|新|步|站式|网|张网|张图|件事|心|贯|季|二|个(?:月|时)?|家|名|项|种|条|年一度|汽|拖|轮|揽子|号|刀切|窗|表|码|卡|企|事|村|县|镇|区|市|月|日|周|天|届|点|位|代|面|抓|改|老|小|院|两|老一小|边|端|次分配|产)"
    r"|二(?:代|次|级|手|线|维|期|产|氧|流|类|孩|胎|等)|三(?:星(?!级)|农|农工作|公|包(?![装括含])|资|级|甲|角|峡|亚|明|大攻坚|线|维|产|类|农|北|江|门|孩|严|会一课|区三|权|公经费|电)|四(?:川|平|上|好|风|级|类|季|个意识|个自信|化|邻)|五(?:大|四|一|级|指山|年规划|险|社联动|个一|位一体|水)|六(?:安|盘水|稳|保|中全会|级|一|税)|七(?:一|台河|夕|彩)|八(?:一|达|项规定|大)|九(?:江|州|龙|寨|年义务|三)|十(?:字|堰|足|分|佳|四五|五五|三五|二五|大|强)|百(?:姓|色|年|货|强|分|科|度|花|日|佳|城)|千(?:方百计|家万户|秋|古|年|里|亿(?:级|产))|万(?:家|里|人助|户|元|隆|宁|州|一|众|达|科|物|盛|源|象|全|向|宁|博|荣|物|事)|半(?:导体|岛|径|成品|决赛)|两(?:会|岸|侧|翼|地|河|江|手|山|高|优|新|重|免|委|癌|纲|法|不愁|院|码|稳|弹|型|头|端|广|湖|淮|州|级|者|湾|权)"
)

# 五星村, 三河镇: one character between the numeral and the kind of place.
_NAMED_VILLAGE: Final = re.compile(
    r"[\u4e00-\u9fff](?<![个多余大级类种届座条所家处批片些支名次位户间幢栋项件万千百亿])"
    r"(?:村(?!民|级|庄)|镇(?!级|区)|乡(?!级|镇)|街(?!道)|屯|庄|堡|中学|小学|街道)"
    r"|里(?:[铺堡店桥河坡庄屯沟台墩营牌岗源湖塘坪]|[\u4e00-\u9fff][乡镇村])"
)
_SESSION: Final = re.compile(r"届[一二三四五六七八九十]{1,3}[次中]")
_SESSIONS: Final = re.compile(r"次(?:[、和][一二三四五六七八九十]{1,3}次)+(?:全会|会议|全体会议)")  # 十次、十一次全会
_OF_VILLAGE: Final = re.compile(r"[村屯队庄寨]$")  # 黑城村四组
_BASE_OF_INDEX: Final = re.compile(r"以[^，。；]{1,10}为$")
_SUBSCRIPT: Final = re.compile(r"(?<![A-Za-z])(?:PM|M|CO|SO|NO|O|NH)\n$")  # PM over 2.5, M over 2
_PENALTY: Final = re.compile(
    r"年(?:以上不满)|年(?:以上|以下|及以上|及以下|至|不满)[^，。；、]{0,10}(?:徒刑|拘役|管制|死刑)"
)
_FIXED: Final = by_first(_CN_FIXED)
_CODE_BEFORE: Final = re.compile(r"[A-Za-z]\w*-\d+-(?:\d+-)*$")  # 索引号NP011-0800-2023-0046
_PHASE: Final = re.compile(
    r"期(?:建成|工程|项目|扩[建容]|改造|投产|投运|投用|开工|主体|厂房)"
)  # 机场三期建成; 培训五期 counts
_PHASES: Final = 9  # more are counted, not numbered
_HELD: Final = re.compile(r"[办训设共了发版编刊讲展计过有]$")  # 举办三期, 培训三期
_HURT: Final = re.compile(r"(?:死亡|受伤|遇难|失联|失踪|被困|溺亡|身亡|重伤|轻伤)了?$")
_PAIR: Final = re.compile(r"[、，]?[一二三四五六七八九十\d]+[死亡伤]")
_ROOM_STARTS: Final = frozenset("室号版弄单幢路")
_TABLE_REF_ENDS: Final = frozenset("表图栏件注例录号款段次本码编")
_PHONE_STARTS: Final = frozenset("电热传手邮Q账帐编代证许微拨专")


class Masks:
    """Stretches of a text whose numerals belong to something else, found once for a whole text."""

    __slots__ = ("_ends", "_kinds", "_starts")

    def __init__(self, text: str) -> None:
        found: list[tuple[int, int, str]] = []
        if "http" in text or "www." in text or "@" in text or ".htm" in text or ".cn" in text or ".com" in text:
            found += [(start, end, "url") for start, end in _addresses(text)]
        found += [(m.start(), m.end(), "title") for m in _TITLE.finditer(text)]
        found += [(m.start(), m.end(), "footnote") for m in _FOOTNOTE.finditer(text)]
        found += [(m.start(), m.end(), "doc") for m in _DOC_NUMBER.finditer(text)]
        if any(sign in text for sign in "+＋×xX"):
            found += [(m.start(), m.end(), "slogan") for m in _SLOGAN_SUM.finditer(text)]
        found += [(m.start(), m.end(), "quoted") for m in _QUOTED.finditer(text) if _names_something(m[1])]
        found.sort()
        self._starts = [f[0] for f in found]
        self._ends = [f[1] for f in found]
        self._kinds = [f[2] for f in found]

    def at(self, start: int, end: int, hint: list[int]) -> str | None:
        """The mask that covers the span, or None. ``hint`` is a cursor that only moves forward."""
        i = hint[0]
        starts, ends = self._starts, self._ends
        while i < len(starts) and ends[i] <= start:
            i += 1
        hint[0] = i
        for k in range(i, min(i + 4, len(starts))):
            if starts[k] <= start and end <= ends[k]:
                return self._kinds[k]
            if starts[k] >= end:
                break
        return None


def _addresses(text: str) -> Iterator[tuple[int, int]]:
    """Addresses of the web and of mail, looked for only in the lines that hold a sign of one."""
    at = 0
    while sign := _URL_SIGN.search(text, at):
        line = text.rfind("\n", 0, sign.start()) + 1
        at = text.find("\n", sign.start())
        at = len(text) if at < 0 else at
        yield from (match.span() for match in _URL.finditer(text, line, at))


def _casualty(text: str, n: Number, unit: str) -> bool:
    """死亡一人, 二死二伤: the number of the dead or hurt counts, also where it is one."""
    if unit in ("人", "名"):
        return bool(_HURT.search(text, max(0, n.start - 4), n.start))
    after, before = text[n.end : n.end + 1], text[n.start - 1 : n.start]
    return after in ("死", "亡", "伤") and (before in ("死", "亡", "伤") or bool(_PAIR.match(text, n.end + 1)))


def _names_something(quoted: str) -> bool:
    """Whether a quoted phrase is a name or slogan that happens to hold digits, not a statement with a figure."""
    if re.fullmatch(r"[\d.,+\-—:/A-Za-zN×xX]+", quoted):
        return True
    if re.search(r"\d", quoted):
        return len(quoted) <= 4 or not any(
            m[0][-1] == "%" or read_unit(quoted, m.end()) for m in re.finditer(r"\d[\d.,]*[万亿]*[余多]?%?", quoted)
        )
    return bool(re.search(r"[一二两三四五六七八九十百千万]", quoted))


_MASK_REASON: Final = {
    "url": NonFigure("code", "part of an address on the web"),
    "title": NonFigure("title", "stands in a title in 《》"),
    "footnote": NonFigure("footnote", "a footnote mark"),
    "doc": NonFigure("number_of_document", "the number of a document"),
    "slogan": NonFigure("code", "a slogan or mechanism made of summed digits"),
    "quoted": NonFigure("code", "a name or slogan in quotation marks"),
}


def masked(kind: str) -> NonFigure:
    """The class for a mask kind."""
    return _MASK_REASON[kind]


def arabic_class(text: str, n: Number, unit: str, block_start: int, block_end: int, in_table: bool) -> NonFigure | None:
    """The class of an Arabic numeral that is no figure, or None where it may be one."""
    before = text[n.start - 1] if n.start > block_start else ""
    after = text[n.end] if n.end < block_end else ""
    joined = before and before.isascii() and (before.isalpha() or before in "_@#") and not in_table
    if joined and not (n.magnitude or n.percent or _ABBREVIATED.search(text, max(block_start, n.start - 6), n.start)):
        return NonFigure("code", "digits joined to Latin letters are a name")
    if before == "第":
        return NonFigure("ordinal", "follows 第")
    if n.start == block_start and n.end == block_end and not in_table and _SUBSCRIPT.search(text, 0, n.start):
        return NonFigure("code", "the subscript of a name in letters, on a line of its own")
    if not n.percent and not n.magnitude:
        if after and after in ".．、）)" and _is_marker(text, n, block_start):
            return NonFigure("section_number", "numbers a paragraph of the text")
        if after in _ROOM_STARTS and (after in "号弄室版" or _ROOM.match(text, n.end)):
            return NonFigure("code", "a number in a name or an address")
        if not unit and after and after.isascii() and after.isalpha():
            return NonFigure("code", "digits joined to Latin letters are a name")
        if before in ("件", "表", "图", "栏") and _ATTACHED.search(text, max(block_start, n.start - 4), n.start):
            return NonFigure("ordinal", "names an annex, a table or a figure")
    if after == "等" and not n.percent and before and before not in "第共有计达约近":
        return NonFigure("code", "a number in a name")
    if after == "岁" or after == "歲" or unit in ("岁", "周岁", "歲"):
        if _AGE_LIMIT.match(text, n.end + len(unit or after)):
            return NonFigure("threshold", "a class of age in the name of who is counted")
        if n.decimals or _PERSON_AGE.search(text, max(block_start, n.start - 14), n.start):
            return None  # 82.5岁 is a mean
        return NonFigure("age", "an age in a description")
    if unit == "强" and not _RANKED.search(text, max(block_start, n.start - 12), n.start):
        return NonFigure("code", "names a list of the largest (世界500强企业)")
    if unit in ("周年", "载"):
        return NonFigure("date", "an anniversary")
    if unit == "年" and _PENALTY.match(text, n.end):
        return NonFigure("threshold", "a limit of punishment that names a class")
    if before == "-" and _CODE_BEFORE.search(text, max(block_start, n.start - 24), n.start):
        return NonFigure("code", "part of the number of a document")
    if not unit and not n.percent:
        return _bare_class(text, n, block_start, block_end, in_table)
    return None


def _is_marker(text: str, n: Number, block_start: int) -> bool:
    at = n.start
    while at > block_start and text[at - 1] in " （(　":
        at -= 1
    return (
        at == block_start or text[n.start - 1] in "。；：！\n " or (text[n.start - 1] in "（(" and text[n.end] in "）)")
    )


def _bare_class(text: str, n: Number, block_start: int, block_end: int, in_table: bool) -> NonFigure | None:
    """Classes of a number without a unit."""
    left = text[max(block_start, n.start - 12) : n.start]
    digits = n.end - n.start if "," not in text[n.start : n.end] else 0
    if (not _PHONE_STARTS.isdisjoint(left) and _PHONE_BEFORE.search(left)) or (
        digits >= 7 and not n.magnitude and not in_table and "." not in text[n.start : n.end]
    ):
        return NonFigure("telephone", "a telephone, account or serial number")
    if n.value in (1, 100) and _BASE_OF_INDEX.search(left):
        return NonFigure("component", "the base of an index (以女性为100)")
    if left.rstrip("：: \t")[-1:] in _TABLE_REF_ENDS and _TABLE_REF.search(left):
        return NonFigure("ordinal", "names a table, a figure or an item")
    if text[n.end : n.end + 1] in ("-", "—") and text[n.end + 1 : n.end + 2].isdigit() and not in_table:
        return NonFigure("code", "a row of digits joined by dashes")
    return None


def chinese_class(text: str, n: Number, unit: str, block_start: int, block_end: int) -> NonFigure | None:
    """The class of a Chinese numeral that is no figure, or None where it reports a quantity."""
    word = text[n.start : n.end]
    before = text[n.start - 1] if n.start > block_start else ""
    if before == "第" or (before == "首" and word == "一"):
        return NonFigure("ordinal", "follows 第")
    if n.percent:
        return None
    after = text[n.end : n.end + 1]
    opens = n.start == block_start or before in "（(" or (before in "。；：\n " and after in "、是")
    if opens and (_CN_SECTION.fullmatch(text[n.start : n.end + 1]) or after in "是、）)"):
        return NonFigure("section_number", "numbers a part of the text")
    if text[n.end : n.end + 1] == "是":
        return NonFigure("ordinal", "numbers a point of the argument")
    if _NAMED_VILLAGE.match(text, n.end):
        return NonFigure("word", "part of a word or a name")
    if text.startswith("个一", n.end):
        return NonFigure("code", "a slogan of the kind 九个一")
    if word in ("百", "千", "万", "亿", "百万", "千万", "万千", "亿万", "千百", "百千") and not (
        _ROUND_BEFORE.search(text, max(block_start, n.start - 3), n.start) or text.startswith(("余", "多"), n.end)
    ):
        return NonFigure("word", "a round word that counts nothing by itself")
    if word[-1] in "百千万亿" and text.startswith(("级", "台阶", "大关", "关口"), n.end):
        return NonFigure("word", "千亿级, 千亿台阶: a class of size")
    if unit in ("组", "社", "队") and before and _OF_VILLAGE.match(before):
        return NonFigure("ordinal", "numbers a group of a village")
    if unit in ("级", "等") and n.high is not None:
        return NonFigure("ordinal", "二三级: grades")
    if (unit == "届" and _SESSION.match(text, n.end)) or (unit == "次" and _SESSIONS.match(text, n.end)):
        return NonFigure("ordinal", "十六届三次会议: a term and its session")
    if text.startswith("位数", n.end):
        return NonFigure("word", "两位数: a class of size")
    if word in ("零", "〇"):
        return NonFigure("word", "零 as part of a word")
    if (before in ("前", "后") and unit in ("位", "名")) or _is_phase(text, n):
        return NonFigure("ordinal", "a place in a row or a phase")
    if word == "一" and (unit in ("倍", "番") or (unit and before == "各")):
        return None  # 文成、泰顺各一个
    if _casualty(text, n, unit) or (unit == "起" and _CAME.search(text, max(block_start, n.start - 6), n.start)):
        return None
    if word == "一" or (n.value == 1 and len(word) == 1):
        return NonFigure("article", "一 as an article or part of a word")
    if unit == "年" and _PENALTY.match(text, n.end):
        return NonFigure("threshold", "a limit of punishment that names a class")
    if not (unit and len(word) > 1) and (fixed := _FIXED.get(word[0])) and fixed.match(text, n.start):
        return NonFigure("word", "part of a word or a name")
    if unit in ("周年", "载"):
        return NonFigure("date", "an anniversary")
    return None if unit else _uncounted(text, n, word)


def _is_phase(text: str, n: Number) -> bool:
    """机场三期建成, 滨江花园三期、: a phase of a building; 培训举办三期 counts."""
    if _PHASE.match(text, n.end):
        return True
    of_name = text.startswith(("期、", "期，", "期。", "期等"), n.end) and n.value is not None and n.value <= _PHASES
    return of_name and _HELD.search(text, max(0, n.start - 3), n.start) is None


def _uncounted(text: str, n: Number, word: str) -> NonFigure | None:
    """The class of a Chinese numeral that no counting word follows."""
    if n.form == "vague" or word in ("百", "千", "万", "亿"):
        return NonFigure("word", "a round word without a counted thing")
    large = n.value is not None and n.value >= 1000
    if large and text.startswith(PERSON_WORDS, n.end):
        return None
    if large and len(word) > 1 and word[-1] in "万亿千":
        counts = text[n.end : n.end + 1] in "余多名人元"
        return None if counts else NonFigure("word", "a round word without a counted thing")
    return NonFigure("word", "no counting word follows")
