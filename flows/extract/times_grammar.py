"""The grammar of calendar expressions: the pieces from which the scanner and the reader build their patterns.

Every piece is a string without capturing groups. Numerals are half-width Arabic or Chinese, words simplified or
traditional. Source of the forms: GB/T 15835-2011 (numerals in publications), GB/T 7408.1-2023 (dates and times), and
the ways of government reports. The look-behinds and look-aheads on words keep out the longer words that hold them
(安全年, 以上年龄, 项目前期, 初步).
"""

from __future__ import annotations

import re
from typing import Final

GAP: Final = "[ \u3000]?"  # a space that was left between a numeral and its unit
TO: Final = f"{GAP}(?:——|(?:开始[，,]?)?[-－—–―~～至到]){GAP}"  # between the ends of a stretch
AND: Final = "[、和及]"
ZERO: Final = "〇○零"
COUNTING: Final = "一二三四五六七八九十"
_ONES: Final = COUNTING[:-1]


def _list_or_stretch(arabic: str, chinese: str, unit: str) -> str:
    """``1、2`` or ``一、二``, never ``六、9``, whose first numeral is that of a section."""
    return "(?:" + "|".join(f"{n}(?:{unit}{TO}|{AND}){n}" for n in (arabic, chinese)) + ")"


# --- years
YEAR_4: Final = f"(?:1[6-9][0-9]{{2}}|20[0-9]{{2}}|2100|一[七八九][{_ONES}{ZERO}]{{2}}|二[{ZERO}][{_ONES}{ZERO}]{{2}})"
YEAR_2: Final = "(?:0[0-9]|[89][0-9])"  # 05年, 98年: such a count of years is written 5年, 近百年
YEAR_WORD: Final = (
    "(?:今年|(?<![基日成样资])本年度?|(?<!过)(?<!過)去年|(?<!以)上年度?|上一年度?|(?<![之目以当學学提生])前年"
    "|(?<![文证说表透声聪])明年|(?<![前以今之先最疫])后年(?!均)|(?<![以年])[来來]年(?!均)|(?<![适相適])[当當]年"
    "|(?<!不)同年(?![级龄度級齡])|翌年|次年|(?<!以)下一?年度|(?<![安健完])全年)"
)
YEAR: Final = f"(?:{YEAR_4}{GAP}(?:年度|年份|年)|{YEAR_2}年(?![内代级])|{YEAR_WORD})"
YEARS: Final = (
    f"(?:{YEAR_4}年?(?:度|份)?{TO}{YEAR_4}{GAP}年(?:度|份)?"
    f"|{YEAR_4}(?:、{YEAR_4}){{0,12}}{AND}{YEAR_4}{GAP}年(?:度|份)?)"
)

# 规划（2021—2025）, 2023—2024采暖季
YEARS_OF_TITLE: Final = f"(?:(?<=[（(]){YEAR_4}{TO}{YEAR_4}(?=[)）])|{YEAR_4}{TO}{YEAR_4}(?=赛季|[采供]暖季))"
# 2024—2025学年, 2024学年初: from 1 September, the day of the school statistics
SCHOOL_YEAR: Final = f"{YEAR_4}(?:(?:{TO}|/){YEAR_4})?(?:学|學)年[初末]?"
DOTTED_MONTHS: Final = "(?:19|20)[0-9]{2}[.](?:1[0-2]|0?[1-9])" + TO + "(?:19|20)[0-9]{2}[.](?:1[0-2]|0?[1-9])(?![0-9])"

# --- parts of a year
_ARABIC_MONTH, _CHINESE_MONTH = f"(?:1[0-2]|0?[1-9]){GAP}", "(?:十[一二]?|[一二三四五六七八九元])"
MONTH: Final = f"(?:{_ARABIC_MONTH}|{_CHINESE_MONTH})"
MONTH_PAIR: Final = _list_or_stretch(_ARABIC_MONTH, _CHINESE_MONTH, "(?:月份?)?")
MONTH_LOST_DASH: Final = "1[3-9]"  # 1—9月 whose dash the source lost
FEW: Final = f"(?:[0-9]{{1,2}}|[两兩{COUNTING}]|十[一二])"
HALF: Final = "(?:上半年|下半年)"
QUARTER_PAIR: Final = _list_or_stretch("第?[1-4]", "第?[一二三四]", "")
QUARTER: Final = f"(?:{QUARTER_PAIR}季度|第?[一二三四1-4]季度|前[二两兩三23][个個]?季度|首季度?)"
FIRST_MONTHS: Final = f"(?:(?<![提之以目空])前|头){FEW}[个個]?月份?"
NOT_A_MONTH: Final = "(?![龄齡])"
MONTHS: Final = f"(?:{MONTH_PAIR}月{NOT_A_MONTH}份?|{MONTH_LOST_DASH}月{NOT_A_MONTH}份?)"

# --- days
_ARABIC_DAY: Final = f"(?:3[01]|[12][0-9]|0?[1-9]){GAP}"
_LONG_CHINESE_DAY: Final = f"三十一?|二?十[{_ONES}]|二十|廿[{_ONES}]?"
DAY: Final = f"(?:{_ARABIC_DAY}|{_LONG_CHINESE_DAY}|[{COUNTING}])"
DAYS: Final = f"{DAY}(?:(?:[日号號]?{TO}|{AND}){DAY})?[日号號]"
BARE_DAY: Final = f"(?:{_ARABIC_DAY}|{_LONG_CHINESE_DAY})"  # 三日 alone is rather a length of time, 23号 rather a house
# 从八日中午起, 八日发生: a part of the day or an event behind it makes it a date
COUNTED_DAY: Final = f"(?:[{COUNTING}]日(?=(?:上午|下午|凌晨|清晨|早上|中午|傍晚|晚上|晚间|夜间|深夜)|发生|电|讯))"
BARE_DAYS: Final = f"(?:{BARE_DAY}(?:(?:日?{TO}|{AND}){BARE_DAY})?日)"
# 22 日本: the country, not a day
NOT_A_DAY: Final = "(?!(?<=[ \u3000]日)本|龄|齡|游|遊|均|内|內|以内|之内|以上|以下|后|後|间|年化|无理由)"
MONTH_DAY: Final = f"{MONTH}月{NOT_A_MONTH}份?(?:[上中下]旬|{GAP}{DAYS})?"
RELATIVE_MONTH: Final = "(?:(?<!以)上[个個]?月|(?<![成基样日])本月|(?<![适相])[当當]月|下[个個]?月|次月)"
MONTH_WORD: Final = f"{RELATIVE_MONTH}(?:[上中下]旬|{DAYS})?"
QUARTER_WORD: Final = "(?:上一?个?季度|本季度|(?<![适相])[当當]季|下一?个?季度)"
DAY_WORD: Final = (
    "(?:今天|今日|昨天|昨日|昨夜|昨晚|今晚|今晨|(?<![目之以提空])前天|明天|(?<![文证说表透声聪])明日"
    "|(?<![适相適])[当當][日天]|(?<![不相])同日|(?<![基日成])本日|次日|翌日)"
)
# 1031日 for 10月31日, 202310月 for 2023年10月: the source lost the characters between
LOST_MARKS: Final = "(?:(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])月份?|(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[日号])"
_ISO_MONTH, _ISO_DAY = "(?:1[0-2]|0?[1-9])", "(?:3[01]|[12][0-9]|0?[1-9])"
_NOT_IN_A_CODE: Final = "(?<![A-Za-z0-9_/.\\-])", "(?![A-Za-z0-9_/\\-])"
ISO_DAY: Final = "(?:19|20)[0-9]{2}(?:" + "|".join(f"{m}{_ISO_MONTH}{m}{_ISO_DAY}" for m in ("-", "/", "[.]")) + ")"
ISO_MONTH: Final = f"{_NOT_IN_A_CODE[0]}(?:19|20)[0-9]{{2}}-(?:0[1-9]|1[0-2]){_NOT_IN_A_CODE[1]}"

# --- ends of a unit: 年末, 6月底, 2025年初
EDGE: Final = f"(?:末(?![位梢])|底(?![线部数气座层盘色])|初(?![步次中级始心衷审诊见核筛选具期{COUNTING}]))"
EDGE_WORD: Final = (
    f"(?:(?<![0-9{COUNTING}近往历多学學])年(?:[末底]|初(?!预算|确定|安排|计划|目标|结转|结余|[{COUNTING}])|[终終](?![结奖滚分總总]))"
    f"|(?<![0-9{COUNTING}])月(?:[末底]|初(?![{COUNTING}]))|季度?末|(?<![学學])期[末初](?!考))"
)

# --- clock
PART_OF_DAY: Final = "(?:上午|下午|凌晨|清晨|早上|早晨|早间|中午|傍晚|晚上|晚间|夜间|深夜|[当當]晚|今晚|昨晚)"
HOUR: Final = "(?:2[0-4]|1[0-9]|0?[0-9])"
_MINUTES: Final = "[0-5]?[0-9]分(?!之)"
# 10月7日18点，: an hour behind its day, where a mark follows
_ON_A_DAY: Final = "(?=[，,、。]|$)(?:(?<=[日号號][0-9][点點])|(?<=[日号號][0-9][0-9][点點]))"
CLOCK_MARKED: Final = (
    f"{HOUR}{GAP}(?:[时時](?![尚代政期])(?:{_MINUTES}|半)?"
    f"|[点點](?:{_MINUTES}|半|整|钟|鐘|许|許|{_ON_A_DAY}))(?:整|许|許)?"
)
CLOCK_COLON: Final = f"(?<![0-9][:：]){HOUR}[:：][0-5][0-9](?:[:：][0-5][0-9])?(?![0-9]|[:：.][0-9])"
CLOCK: Final = (
    f"(?:{HOUR}[时時]?{TO}{CLOCK_MARKED}|{CLOCK_MARKED}(?:{TO}{CLOCK_MARKED})?|{CLOCK_COLON}(?:{TO}{CLOCK_COLON})?)"
)
_CHINESE_HOUR: Final = (
    f"(?:二?十[{_ONES}]?|[两{_ONES}])[时時点點](?:(?:[二三四五]?十[{_ONES}]?|[零〇]?[{_ONES}])分|半|许)?"
)
SPOKEN_HOUR: Final = f"{PART_OF_DAY}(?:{CLOCK}|{HOUR}[点點]|{_CHINESE_HOUR})"
AT_CLOCK: Final = f"(?:{GAP}{PART_OF_DAY}?{CLOCK}|{GAP}{PART_OF_DAY}(?:{HOUR}[点點])?)?"

# --- whole expressions
SAME_PERIOD: Final = "(?:同期|同月|同季|同日)"
SUB_YEAR: Final = f"(?:{HALF}|{QUARTER}|{FIRST_MONTHS}|{MONTHS}|{MONTH_DAY}|{QUARTER_WORD}|{MONTH_WORD})"
MOMENT: Final = (
    f"(?:(?:(?:{YEAR}{GAP}的?)?{SUB_YEAR}{EDGE}?|{YEAR}(?:{GAP}{SAME_PERIOD})?{EDGE}?"
    f"|{DAY_WORD}|{BARE_DAYS}{NOT_A_DAY}|{COUNTED_DAY}|{LOST_MARKS}|{EDGE_WORD}"
    f"|{_NOT_IN_A_CODE[0]}{ISO_DAY}(?:T(?=[0-9])|{_NOT_IN_A_CODE[1]})){AT_CLOCK})"
)

_DIGITS: Final = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2, "兩": 2, "元": 1}


def chinese_number(words: str) -> int:
    """The value of a numeral below 100: ``23``, ``二十三``, ``廿三``, ``两``, ``元`` (the first month); else 0."""
    words = words.strip()
    if words.isascii():
        return int(words) if words.isdigit() else 0
    tens, mark, ones = words.replace("廿", "二十").rpartition("十")
    if not mark:
        return _DIGITS.get(words, 0)
    return (_DIGITS.get(tens, 0) if tens else 1) * 10 + _DIGITS.get(ones, 0)


def year_number(words: str) -> int:
    """The year of ``2021``, ``二〇二一``, ``98`` (two digits: 1980 to 2079)."""
    number = int(re.sub("[^0-9]", "", "".join(str(_DIGITS.get(c, c)) for c in words)) or 0)
    return number if number >= 100 else number + (1900 if number >= 80 else 2000)
