"""The grammar of time expressions: the pieces from which the scanner and the reader build their patterns.

Every piece is a string without capturing groups. Numerals are half-width Arabic or Chinese, words simplified or
traditional. Source of the forms: GB/T 15835-2011 (numerals in publications), GB/T 7408.1-2023 (dates and times), and
the ways of government reports.
"""

from __future__ import annotations

import re

GAP = "[ \u3000]?"  # a space that was left between a numeral and its unit
TO = f"{GAP}(?:——|[-－—–―~～至到]){GAP}"  # between the ends of a stretch
AND = "[、和及]"
ZERO = "〇○零"
DIGIT = f"一二三四五六七八九{ZERO}"
COUNTING = "一二三四五六七八九十"

YEAR_4 = f"(?:1[6-9][0-9]{{2}}|20[0-9]{{2}}|2100|一[七八九][{DIGIT}]{{2}}|二[{ZERO}][{DIGIT}]{{2}})"
YEAR_2 = "(?:0[0-9]|[89][0-9])"  # 05年, 98年: such a count of years is written 5年, 近百年
MONTH = "(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九元])"
MONTH_LOST_DASH = "1[3-9]"  # 1—9月 whose dash the source lost
DAY = "(?:3[01]|[12][0-9]|0?[1-9]|三十一?|二十[一二三四五六七八九]?|廿[一二三四五六七八九]?|十[一二三四五六七八九]?|[一二三四五六七八九])"
FEW = f"(?:[0-9]{{1,2}}|[两兩{COUNTING}]|十[一二])"
COUNT = f"(?:[0-9]{{1,3}}|[两兩几幾数數多{COUNTING}百千]{{1,4}})"

YEAR_WORD = (
    "(?:今年|(?<![基日成样资])本年度?|(?<!过)(?<!過)去年|(?<!以)上年度?|上一年度?|(?<![之目以当學学提生])前年"
    "|(?<![文证说表透声聪])明年|(?<![前以今之先最疫])后年(?!均)|(?<![以年])来年(?!均)|(?<![适相適])[当當]年|(?<!不)同年(?![级龄度級齡])"
    "|翌年|次年|下一?年度?(?=[一二三四1-4前上下元]|计划|预算)|(?<![安健完])全年|上一?年度|下一?年度)"
)
YEAR = f"(?:{YEAR_4}{GAP}(?:年度|年份|年)|{YEAR_2}年(?!内|代|级)|{YEAR_WORD})"
QUARTER = (
    f"(?:第?[一二三四1-4](?:(?:{TO}|{AND})第?[二三四2-4])?季度|前[二两兩三23]个?季度|前[二两兩三23]個季度|首季度?)"
)
HALF = "(?:上半年|下半年)"
FIRST_MONTHS = f"(?:(?<![提之以目空])前|头){FEW}[个個]?月份?"
MONTHS = f"(?:{MONTH}(?:月份?)?(?:{TO}|{AND}){MONTH}月份?|{MONTH_LOST_DASH}月份?(?!龄))"
DAYS = f"{DAY}(?:[日号號]?(?:{TO}|{AND}){DAY})?[日号號]"
MONTH_DAY = f"{MONTH}月(?![龄齡])份?(?:[上中下]旬|{GAP}{DAYS})?"
RELATIVE_MONTH = "(?:(?<![以])上个?月|上個月|(?<![成基样日])本月|(?<![适相])[当當]月|下个?月|下個月|同月|次月)"
RELATIVE_QUARTER = "(?:上一?个?季度|本季度|[当當]季|下一?个?季度)"
MOMENT_DAY = f"{RELATIVE_MONTH}(?:[上中下]旬|{DAYS})?"
# 1031日 for 10月31日, 202310月 for 2023年10月: the source lost the characters between
LOST_MARKS = "(?:(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])月份?|(?:0[1-9]|1[0-2])(?:[0-2][0-9]|3[01])[日号])"
NOT_A_DAY = "(?!龄|齡|游|遊|均|内|內|以内|之内|以上|以下|后|後|间|年化|无理由)"

PART_OF_DAY = "(?:上午|下午|凌晨|清晨|早上|早晨|早间|中午|傍晚|晚上|晚间|夜间|深夜|[当當]晚|今晚|昨晚)"
HOUR = "(?:2[0-4]|1[0-9]|0?[0-9])"
MINUTE = "[0-5]?[0-9]"
CLOCK_MARKED = (
    f"{HOUR}(?:[时時](?!尚|代|政|期)(?:{MINUTE}分(?!之)|半)?|[点點](?:{MINUTE}分(?!之)|半|整|钟|鐘|许|許))(?:整|许|許)?"
)
CLOCK_COLON = f"(?<![0-9][:：]){HOUR}[:：][0-5][0-9](?:[:：][0-5][0-9])?(?![0-9]|[:：.][0-9])"
CLOCK = (
    f"(?:{HOUR}(?:[时時])?{TO}{CLOCK_MARKED}|{CLOCK_MARKED}(?:{TO}{CLOCK_MARKED})?|{CLOCK_COLON}(?:{TO}{CLOCK_COLON})?)"
)
SPOKEN_CLOCK = f"{PART_OF_DAY}(?:{CLOCK}|{HOUR}[点點])?"
AT_CLOCK = f"(?:{GAP}(?:{SPOKEN_CLOCK}|{CLOCK}))?"

DAY_WORD = (
    "(?:今天|今日|昨天|昨日|昨夜|昨晚|今晚|今晨|(?<![目之以提空])前天|明天|(?<![文证说表透声聪])明日"
    "|(?<![适相適])[当當][日天]|(?<![不相])同日|(?<![基日成])本日|次日|翌日)"
)
WEEK_DAY = "(?:(?:星期|礼拜|本周|上周|下周)[一二三四五六日天]|(?<![每一二三四五六七八九十0-9个上下本])周[一二三四五六日](?=[（(至到上下晚起、]))"
WEEK = "(?:本周|上周|(?<![以])下周|本週|上週)"
EDGE = "[末底初]"
EDGE_WORD = "(?:(?<![0-9一二三四五六七八九十近往历多])年[末底初终終]|(?<![0-9一二三四五六七八九十])月[末底初]|季度?末|(?<![学學])期[末初](?!考))"
BARE_DAY = "(?:3[01]|[12][0-9]|0?[1-9]|三十一?|二?十[一二三四五六七八九]|二十)"
BARE_DAYS = f"(?:{BARE_DAY}(?:日?(?:{TO}|{AND}){BARE_DAY})?日)"
SAME_PERIOD = "(?:同期|同月|同季|同日)"
SUB_YEAR = f"(?:{HALF}|{QUARTER}|{FIRST_MONTHS}|{MONTHS}|{MONTH_DAY}|{RELATIVE_QUARTER}|{MOMENT_DAY})"
FESTIVAL = (
    "(?:元旦|春节|春節|清明节?|端午节?|中秋节?|国庆节?|春运|寒假|暑假|寒暑假|暑期|汛期"
    '|[“"‘]?(?:五一|十一|六一|七一|八一|双十一|双11|五四|三八)[”"’]?(?=(?:国际)?(?:劳动|儿童|妇女|青年)?节|黄金周|假|小长假|期间|长假|前|购物))'
    "(?:国际)?(?:劳动|儿童|妇女|青年)?节?(?:黄金周|假期|小长假|长假|假日|购物节|期间|前夕|前后)*"
)

WHOLE_MOMENT = (
    f"(?:{YEAR}(?:{GAP}的?(?:{SUB_YEAR}|{SAME_PERIOD}))?{EDGE}?|{SUB_YEAR}{EDGE}?"
    f"|{DAY_WORD}|{BARE_DAYS}{NOT_A_DAY}|{LOST_MARKS}|{EDGE_WORD})"
)
MOMENT = f"(?:{WHOLE_MOMENT}{AT_CLOCK})"
YEARS = f"(?:{YEAR_4}年?(?:度|份)?(?:{TO}|{AND}){YEAR_4}{GAP}年(?:度|份)?|{YEAR_4}(?:、{YEAR_4})+(?:{AND}{YEAR_4})?年)"
STRETCH = f"(?:{YEARS}{EDGE}?|{MOMENT}(?:{TO}(?:{MOMENT}|今))?)"

PLAN_NUMBER = "(?:十[一二三四五六七]|[一二三四五六七八九]五)"
PLAN_NAME = '[“"‘「『](?:十[一二三四五六七]?五|[一二三四五六七八九]五)[”"’」』]|十[一二三四五六]五'

_ISO_MONTH, _ISO_DAY = "(?:1[0-2]|0?[1-9])", "(?:3[01]|[12][0-9]|0?[1-9])"
ISO_DAY = "(?:19|20)[0-9]{2}(?:" + "|".join(f"{mark}{_ISO_MONTH}{mark}{_ISO_DAY}" for mark in ("-", "/", "[.]")) + ")"


def chinese_number(words: str) -> int:
    """The value of a small numeral: ``23``, ``二十三``, ``廿三``, ``两``, ``元`` (the first month); 0 where none is."""
    if words.isascii():
        return int(words) if words.isdigit() else 0
    digits = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2, "兩": 2, "元": 1}
    tens, mark, ones = words.replace("廿", "二十").rpartition("十")
    if not mark:
        return digits.get(words, 0) if len(words) == 1 else 0
    return (digits.get(tens, 0) if tens else 1) * 10 + digits.get(ones, 0)


def year_number(words: str) -> int:
    """The year of ``2021``, ``二〇二一``, ``98`` (two digits: 1980 to 2079)."""
    text = "".join(
        str("〇一二三四五六七八九".index(c)) if c in "〇一二三四五六七八九" else c
        for c in words.replace("○", "〇").replace("零", "〇")
    )
    number = int(re.sub(r"\D", "", text) or 0)
    return number if number >= 100 else number + (1900 if number >= 80 else 2000)
