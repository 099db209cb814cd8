"""The families of time expressions, and the one pattern that finds them all.

A family is a way of speaking of time: a calendar expression with its 截至, 自…起 or …以来 (``span`` and its kin), a
five-year plan, a look back over years, a century, a festival. ``SCAN`` tries them only where one can begin.
"""

from __future__ import annotations

import re
from typing import Final

from flows.extract.times_grammar import (
    AT_CLOCK,
    CLOCK,
    COUNTING,
    DOTTED_MONTHS,
    EDGE,
    GAP,
    ISO_MONTH,
    MOMENT,
    PART_OF_DAY,
    SCHOOL_YEAR,
    SPOKEN_HOUR,
    TO,
    YEAR_4,
    YEARS,
    YEARS_OF_TITLE,
)

# --- what stands before and behind a calendar expression
PLACE_OF_CLOCK: Final = "(?:北京时间|当地时间|當地時間)?"
NOW: Final = "(?:(?<![项項科节節题題栏数條条名])目前(?!期)(?:为止|為止)?|(?:记者|記者)?[发發]稿(?:[时時]|前)?)"
BEFORE: Final = f"(?:[之以]前|前(?![郭半期往列沿后进景来來端提置四两兩0-9{COUNTING}]))"
SUFFIX: Final = (
    f"(?:[以已][来來]|起(?![步点草降始伏重来诉飞到义航])|开始|開始|[为為]?止|以[后後]|之[后後]|期间|期間|{BEFORE})"
)
_AS_OF_WORD: Final = f"截[至止][到至]?{GAP}{PLACE_OF_CLOCK}{GAP}"
# 增加到2002年的…, 增至2025年的…: the word belongs to the verb, the year stands alone
_UNTIL_WORD: Final = (
    f"(?:(?<![加高升长少降减增大达扩展提缩低移得来做看])到|(?<![加高升长少降减增大达扩展提缩低甚乃以延])至){GAP}"
)
SPAN: Final = f"(?:{_AS_OF_WORD}|(?<![来各独亲])自从?|[从從]|{_UNTIL_WORD})?(?:{YEARS}{EDGE}?|{MOMENT})"
AS_OF: Final = (
    f"{_AS_OF_WORD}(?:{NOW}|现在|現在|今(?![年天日晚晨后])|{PART_OF_DAY}?{CLOCK}|{SPOKEN_HOUR}|{PART_OF_DAY})[为為]?止?"
)
UNTIL: Final = f"{_UNTIL_WORD}(?:目前(?:为止|為止)?|{CLOCK}止?)"
# What may follow a span: its other end, and a word that makes it a start, a limit, a stretch
REST_OF_SPAN: Final = re.compile(f"(?:{TO}(?:{MOMENT}|今(?![年天日晚晨后])))?(?:{SUFFIX})?")

# --- five-year plans
_PLAN_NUMBER: Final = "(?:十[一二三四五六]?|[一二三四五六七八九])五"
_PLAN_PART: Final = "(?:的?(?:时期|期间|時期|期間)|以[来來]|末期?|初期?|前[一二三四]年)"
PLAN: Final = (
    f'(?:[“"‘「『]{_PLAN_NUMBER}[”"’」』](?:普法|(?:计划|规划)?{_PLAN_PART}?)'
    f"|{_PLAN_NUMBER}(?:普法|(?:计划|规划){_PLAN_PART}?|时期|期间|以来|末)|十[一二三四五六]五(?![个人年月日天])"
    f"|第[{COUNTING}]{{1,2}}[个個]五年(?:计划|规划|計劃){_PLAN_PART}?)"
)

# --- stretches that are counted
COUNT: Final = f"(?:[0-9]{{1,3}}|[几幾数數][十百千]{{0,3}}|[两兩{COUNTING}百千]{{1,4}}[几幾]?)"
UNIT_OF_TIME: Final = "(?:年|[个個]月|天|[个個]?小时|[个個]小時|[个個]季度|[周週])"
_LOOKING_BACK: Final = "(?:(?:刚刚)?过去的?|過去的?|最近的?|近|这|這)"
_LOOKING_AHEAD: Final = "(?:今后|今後|未来|未來|此后)的?"
BACK: Final = (
    f"(?:{_LOOKING_BACK}{COUNT}[多余]?{UNIT_OF_TIME}多?(?:以?[来來]|间|間|中|里)?"
    f"|{_LOOKING_AHEAD}{COUNT}{UNIT_OF_TIME}(?:内|间|里)?"
    f"|{COUNT}[多余]?{UNIT_OF_TIME}多?(?:以?[来來](?![自到源])|[间間](?![隔断歇]))"
    "|(?<![\u4e00-\u9fff])[二三四五六七八九十]年(?=累[计計]|共(?!同|享|建|产)|新增|完成|建成|建设|实施|投入|整理|中央))"
)
DURATION: Final = f"{COUNT}[多余]?(?:年(?![级代級龄以度])(?:期|内|以上|以下|多)?|[个個]月(?:期|内)?)"
CENTURY: Final = (
    "(?:(?:(?:1[0-9]|2[01]|十[一二三四五六七八九]?|二十一?)世[纪紀]|[上本][个個]?世[纪紀])"
    f"(?:(?:[0-9]0|[{COUNTING[:9]}]十)年代)?|(?:[1-9]0|[{COUNTING[:9]}]十)年代)"
    "(?:末期?|初期?|中[期叶葉]|[前后後]期|以[来來])?"
)

# --- words
EVENT: Final = (
    "(?:改革开放以来|(?:党的)?(?:十[八九]|二十)大以来|(?:新中国成立|建国)以来|(?:开年|年初|入[春夏秋冬汛])以来)"
)
SAME: Final = "(?:历史|歷史|常年|往年|(?<![共不相如一]))同期(?![望待盼限])"
WORD: Final = (
    f"(?:{NOW}|[至迄]今(?![年天日晚晨后後])(?:为止)?|(?<![0-9{COUNTING}今昨当當同即平节生假休往单])日前"
    "|前(?:[0-9]{1,2}|[二两三四五六七八九十])[天日](?![晚前])|近日|近期|近[些几幾]?年[来來]?|多年[来來]|长期以来|当前(?!位置)|當前|如今|眼下|现在|現在)"
)
_FEAST_OF_NUMBER: Final = "(?:五一|十一|六一|七一|八一|五四|三八|双十一|双11)"
_FEAST_TAIL: Final = (
    "(?:期间|前夕|前后|假期|小长假|长假|假日|黄金周|购物节|前(?![0-9一二两三四五六七八九十]{1,2}[天日]))"
)
FESTIVAL: Final = (
    "(?:(?:元旦|春[节節]|清明节?|端午节?|中秋节?|国庆节?|春运|寒暑假|寒假|暑假|暑期|汛期)"
    f'|[“"‘]?{_FEAST_OF_NUMBER}[”"’]?(?:(?:国际)?(?:劳动|儿童|妇女|青年)节|{_FEAST_TAIL})){_FEAST_TAIL}{{0,3}}'
)
LUNAR: Final = f"农历[正腊冬{COUNTING}]{{1,2}}月(?:初[{COUNTING}]|廿?[{COUNTING}]{{1,2}})?"
_WEEK_DAY: Final = "[一二三四五六日]"
WEEK: Final = (
    f"(?:(?:(?:星期|礼拜|[本上下]周)[一二三四五六日天]|(?<![每上下本0-9{COUNTING}])周{_WEEK_DAY}(?=[（(至到上下晚起、])"
    f"|(?<=[至到—-])周{_WEEK_DAY}|每周{_WEEK_DAY}(?=[至到上下晚、，。])){AT_CLOCK}|(?<!以)[本上下][周週](?![期边年长]))"
)

FAMILIES: Final[dict[str, tuple[str, str]]] = {  # name: (characters that open it, pattern), in the order of trying
    "compact": (
        "12",
        "(?<![^\\s（(])(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])(?=\\s|$|[)）。])",
    ),
    "school_year": ("12", SCHOOL_YEAR),
    "titled_years": ("12", YEARS_OF_TITLE),
    "dotted_months": ("12", DOTTED_MONTHS),
    "iso_month": ("12", f"{ISO_MONTH}"),
    "plan": (f'“"‘「『第{COUNTING}', PLAN),
    "event": ("改党十二新建开年入", EVENT),
    "century": (f"0-9{COUNTING}上本", CENTURY),
    "back": (f"0-9{COUNTING}百千两兩几幾数數近过過最刚今未此这這", f"(?!{YEAR_4}){BACK}"),
    "span": (f"0-9{COUNTING}今本去上前明后來来当當同翌次下全首头第元昨年月季期截自从從到至", SPAN),
    "as_of": ("截", AS_OF),
    "until": ("到至", UNTIL),
    "same": ("同历歷常往", SAME),
    "festival": (f'“"‘元春清端中国寒暑汛双{COUNTING}', FESTIVAL),
    "lunar": ("农", LUNAR),
    "week": ("星礼本上下周每", WEEK),
    "duration": (f"0-9{COUNTING}百千两兩几幾数數", DURATION),
    "word": ("目记記发發至迄日近多长当當如眼现現前", WORD),
    "clock": ("0-9上下凌清早中傍晚夜深当當今昨", f"{SPOKEN_HOUR}|{CLOCK}"),
}

# Before any family is tried, a cheap look at the next characters: it turns away nine of ten numerals and words.
_NUMERAL: Final = f"{COUNTING}两兩几幾数數百千廿"
_FIGURES: Final = (
    "(?=[0-9])(?<![0-9])(?<![0-9][.,．·/])"
    "(?=[0-9]{1,6}+[ \u3000]?(?:[年月日号號时時点點:：—－–―~～/至到天小世周週季学學-]"
    "|[、和及][0-9一二三四五六七八九十〇○零两兩]|[多余]?[个個][月小季]|[多余][年天小周週季])"
    "|[12][0-9]{3}[.][0-9]|[12][0-9]{7}(?![0-9]))"
)
_NUMERALS: Final = (
    f"(?=[{_NUMERAL}〇○零]{{1,6}}[年月日号號世季个個天小大周週至到、和及多余普规计时期末以])"
    f"(?<![0-9{COUNTING}百千万亿〇零第])"
)
_LIMIT_OPENS: Final = f"[0-9{_NUMERAL}从從今本去上前明后後来來当當同翌次下全首头元昨年月季期目北“]"
_WORDS: Final = (
    "(?![0-9])(?=今[年天日晚晨后後]|[去明来來后後翌次同当當][年月日天季期晚前]|本[年月日季周週世个]|[上下][年月一个個半午周週季世]"
    f"|前[年天0-9{_NUMERAL}]|全年|首季|头[0-9{_NUMERAL}]|元[月旦]|年[末底初终終]|[月期季][末底初度]|昨[天日夜晚]|截[至止]"
    f"|[自从從到至]{_LIMIT_OPENS}|迄今|至今|目前|[现現]在|如今|日前|[近这這][0-9{_NUMERAL}日期年些]|[过過]去|最近|刚刚|[未此][来來后]"
    f'|多年|长期|眼下|[记記]者|[发發]稿|第[{_NUMERAL}0-9]|[“"‘「『][{_NUMERAL}双]|[历歷常往]|星期|礼拜|每?周[一二三四五六日]'
    "|春[节節运]|清[明晨]|端午|[中国][秋午庆]|[寒暑汛]|双[十1]|[凌早傍晚夜深]|农历|开年|改革|党的|建国|新中|入[春夏秋冬汛])"
)
# Read ``[OPENERS](?<=(?=X).)`` as: at an opener, look whether X matches from there. Written so, the engine skips to
# the openers by a table; the mention ends where the family's group ends, and the search goes on from there.
_OPENERS: Final = "".join(sorted({c for opens, _ in FAMILIES.values() for c in opens.replace("0-9", "0123456789")}))
_TRIED: Final = "|".join(f"(?=[{opens}])(?P<{name}>{pattern})" for name, (opens, pattern) in FAMILIES.items())
SCAN: Final = re.compile(f"[{_OPENERS}](?<=(?=(?:{_FIGURES}|{_NUMERALS}|{_WORDS})(?:{_TRIED})).)")
