"""Time expressions: found whole, read right, resolved to days, never biased to the future."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.extract.times import Anchor, Period, TimeMention, document_period, resolve, scan_times

PUBLISHED = "2025-11-03"


def only(text: str) -> TimeMention:
    """The one mention of a text."""
    mentions = scan_times(text)
    assert len(mentions) == 1, [m.text for m in mentions]
    return mentions[0]


def days(
    text: str, published: str | None = PUBLISHED, *, current: Period | None = None, document: Period | None = None
) -> tuple[str, str] | None:
    """First and last day of the one mention of a text."""
    period = resolve(only(text), Anchor(published, document, current))
    return (period.start, period.end) if period else None


def whole(year: int) -> Period:
    return Period(f"{year}-01-01", f"{year}-12-31", "stated")


# --- what is a time, and what is not


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("2021年", "year"),
        ("二〇二一年十一月", "month"),
        ("一九八○年", "year"),
        ("2019年度", "year"),
        ("2021年11月23日", "date"),
        ("十一月二十三日", "date"),
        ("8月30號", "date"),
        ("23日", "date"),
        ("1月23日0—24时", "date"),
        ("5月中旬", "date"),
        ("2021/3/9 8:54", "date"),
        ("2021-11-23", "date"),
        ("2023-09", "month"),
        ("2021年11月9日至2022年1月10日24时", "range"),
        ("1—8月", "range"),
        ("1-10月份", "range"),
        ("1月至9月", "range"),
        ("1、2月份", "range"),
        ("一、二月份", "range"),
        ("前4个月", "range"),
        ("前四月", "range"),
        ("2021—2025年", "range"),
        ("一九八一年至一九八五年", "range"),
        ("2021年至今", "range"),
        ("自2015年起", "range"),
        ("从2022年9月开始", "range"),
        ("今年以来", "range"),
        ("五年来", "range"),
        ("近三年", "range"),
        ("過去五年", "range"),
        ("未来五年", "range"),
        ("党的十八大以来", "range"),
        ("20世纪80年代", "range"),
        ("本世纪", "range"),
        ("三季度", "quarter"),
        ("第三季度", "quarter"),
        ("前三季度", "quarter"),
        ("上半年", "half"),
        ("截至11月23日", "as_of"),
        ("截止到2023年6月底", "as_of"),
        ("截至目前", "as_of"),
        ("目前", "as_of"),
        ("6月末", "as_of"),
        ("年末", "as_of"),
        ("到2030年", "as_of"),
        ("2025年底前", "as_of"),
        ("今年", "relative"),
        ("昨日上午", "relative"),
        ("当月", "relative"),
        ("全年", "relative"),
        ("同期", "relative"),
        ("上周", "relative"),
        ("去年同期", "comparison"),
        ("上年末", "comparison"),
        ("历史同期", "comparison"),
        ("“十四五”期间", "plan"),
        ("十四五规划", "plan"),
        ("第十四个五年规划", "plan"),
        ("“八五”普法", "plan"),
        ("17时30分", "clock"),
        ("上午9点", "clock"),
        ("0时至24时", "clock"),
        ("3年", "duration"),
        ("十五年", "duration"),
        ("6个月", "duration"),
        ("5年期", "duration"),
        ("日前", "vague"),
        ("近年来", "vague"),
        ("国庆节期间", "vague"),
        ("“五一”假期", "vague"),
        ("农历正月初一", "vague"),
        ("星期三", "vague"),
        ("每周三上午", "vague"),
    ],
)
def test_an_expression_is_found_whole_and_told_its_kind(words: str, kind: str) -> None:
    mention = only(f"，{words}，")
    assert (mention.text, mention.kind) == (words, kind)


@pytest.mark.parametrize(
    "text",
    [
        "小学3年级学生",
        "2小时内办结",
        "24小时服务热线",
        "地铁1号线",
        "5号楼加装电梯",
        "18日龄雏鸡",
        "7月龄婴儿",
        "浓度为2.5微克",
        "项目前期工作",
        "安全年会",
        "60岁以上年龄段",
        "共同期盼",
        "相当年轻",
        "比例为1：1以内",
        "结构为5.6:56.6:37.8",
        "产量303136吨",
        "编号P20220381-1472",
        "共8项、11条",
        "位居全国前三",
        "第三批",
        "每周一次",
        "（15635—15640）",
        "http://example.org/2022/02/18/052347485.shtml",
    ],
)
def test_other_numerals_and_words_are_no_time(text: str) -> None:
    assert scan_times(text) == []


def test_days_of_the_week_at_both_ends() -> None:
    assert [m.text for m in scan_times("周一至周五开放")] == ["周一", "周五"]


def test_months_that_do_not_adjoin_are_no_stretch() -> None:
    assert days("3、6月份") is None
    assert [m.text for m in scan_times("3月和6月")] == ["3月", "6月"]


def test_a_section_number_is_no_month() -> None:
    assert [m.text for m in scan_times("六、12月份银行间市场成交回落")] == ["12月份"]


def test_a_county_called_qianguo_is_not_before() -> None:
    assert [(m.text, m.form.mode) for m in scan_times("2017年前郭县修路")] == [("2017年", "plain")]


def test_a_verb_keeps_its_word() -> None:
    assert [(m.text, m.kind) for m in scan_times("由2015年的31所增加到2024年的58所")] == [
        ("2015年", "year"),
        ("2024年", "year"),
    ]


@pytest.mark.parametrize(
    "text",
    ["比2019年增长4%", "较2019年下降4%", "高于2019年", "与2019年相比增加4户", "是2019年的3倍", "同2019年9月持平"],
)
def test_a_time_that_is_compared_with_is_a_comparison(text: str) -> None:
    assert only(text).kind == "comparison"


def test_both_times_of_a_double_comparison_are_comparisons() -> None:
    assert [m.kind for m in scan_times("分别比2月和1月高0.2个百分点")] == ["comparison", "comparison"]


@pytest.mark.parametrize(
    ("text", "found", "kind"),
    [
        ("从前三季度看", "前三季度", "quarter"),
        ("从2015年的31所", "2015年", "year"),
        ("自从2019年提标", "2019年", "year"),
        ("自从2019年以来", "自从2019年以来", "range"),
    ],
)
def test_from_belongs_to_a_time_only_where_it_makes_a_start(text: str, found: str, kind: str) -> None:
    mention = only(text)
    assert (mention.text, mention.kind) == (found, kind)
    assert text[mention.start : mention.end] == found


def test_a_share_is_not_a_comparison() -> None:
    assert only("占比2019年最高").kind == "year"


# --- which days


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("2020年1月21日至2022年1月10日24时", "2020-01-21", "2022-01-10"),
        ("1月23日0—24时", "2025-01-23", "2025-01-23"),
        ("2月3—5日", "2025-02-03", "2025-02-05"),
        ("5月28日至6月2日", "2025-05-28", "2025-06-02"),
        ("11月至2月", "2024-11-01", "2025-02-28"),
        ("去年12月至今年3月", "2024-12-01", "2025-03-31"),
        ("2024年12月28日—1月3日", "2024-12-28", "2025-01-03"),
        ("2024年二月下旬", "2024-02-21", "2024-02-29"),
        ("1—8月", "2025-01-01", "2025-08-31"),
        ("19月", "2025-01-01", "2025-09-30"),
        ("1031日", "2025-10-31", "2025-10-31"),
        ("202310月份", "2023-10-01", "2023-10-31"),
        ("一、二季度", "2025-01-01", "2025-06-30"),
        ("今年上半年", "2025-01-01", "2025-06-30"),
        ("今年以来", "2025-01-01", "2025-11-03"),
        ("2022年9月以来", "2022-09-01", "2025-11-03"),
        ("2021年至今", "2021-01-01", "2025-11-03"),
        ("去年", "2024-01-01", "2024-12-31"),
        ("去年末", "2024-12-31", "2024-12-31"),
        ("昨日", "2025-11-02", "2025-11-02"),
        ("上月末", "2025-10-31", "2025-10-31"),
        ("上季度", "2025-07-01", "2025-09-30"),
        ("上周", "2025-10-27", "2025-11-02"),
        ("6月末", "2025-06-30", "2025-06-30"),
        ("2025年一季度末", "2025-03-31", "2025-03-31"),
        ("截至9月底", "2025-09-30", "2025-09-30"),
        ("截至2022年1月10日24时", "2022-01-10", "2022-01-10"),
        ("截至17时", "2025-11-03", "2025-11-03"),
        ("截至目前", "2025-11-03", "2025-11-03"),
        ("至今", "2025-11-03", "2025-11-03"),
        ("五年来", "2020-11-04", "2025-11-03"),
        ("过去24小时", "2025-11-03", "2025-11-03"),
        ("近6个月", "2025-05-04", "2025-11-03"),
        ("上世纪九十年代", "1990-01-01", "1999-12-31"),
        ("党的二十大以来", "2022-10-16", "2025-11-03"),
        ("（2021—2023）", "2021-01-01", "2023-12-31"),
        ("2023—2024学年", "2023-09-01", "2024-08-31"),
        ("2024学年初", "2024-09-01", "2024-09-01"),
        ("2021.03-2022.06", "2021-03-01", "2022-06-30"),
        ("2021-03-01至2021-04-30", "2021-03-01", "2021-04-30"),
        ("2019、2020和2021年", "2019-01-01", "2021-12-31"),
        ("“十四五”期间", "2021-01-01", "2025-12-31"),
        ("“十四五”以来", "2021-01-01", "2025-11-03"),
        ("“十四五”前四年", "2021-01-01", "2024-12-31"),
        ("“十五五”时期", "2026-01-01", "2030-12-31"),
        ("第二个五年计划期间", "1958-01-01", "1962-12-31"),
        ("“八五”普法", "2021-01-01", "2025-12-31"),
    ],
)
def test_an_expression_means_these_days(words: str, start: str, end: str) -> None:
    assert days(words) == (start, end)


@pytest.mark.parametrize(
    "words", ["3年", "17时30分", "近年来", "春节期间", "“十四五”规划", "2023年2月30日", "2024年至2021年", "历史同期"]
)
def test_what_no_calendar_pins_down_stays_open(words: str) -> None:
    assert days(words) is None


@pytest.mark.parametrize(
    ("number", "first"), [("一", 1953), ("三", 1966), ("九", 1996), ("十", 2001), ("十一", 2006), ("十五", 2026)]
)
def test_five_year_plans(number: str, first: int) -> None:
    assert days(f"第{number}个五年计划期间") == (f"{first}-01-01", f"{first + 4}-12-31")


def test_a_month_without_its_year_is_of_the_year_under_discussion() -> None:
    assert days("9月", current=whole(2021)) == ("2021-09-01", "2021-09-30")
    assert days("9月", document=whole(2022)) == ("2022-09-01", "2022-09-30")


def test_a_month_to_come_is_of_the_year_before() -> None:
    assert days("12月25日") == ("2024-12-25", "2024-12-25")
    assert days("1—8月", "2025-03-10") == ("2024-01-01", "2024-08-31")


def test_january_after_december_is_of_the_next_year() -> None:
    december = Period("2021-12-25", "2021-12-25", "stated")
    assert days("1月3日", "2022-01-11", current=december) == ("2022-01-03", "2022-01-03")


def test_a_day_alone_is_of_the_month_under_discussion_or_the_one_before() -> None:
    assert days("31日", "2020-02-01") == ("2020-01-31", "2020-01-31")
    assert days("23日", current=Period("2021-06-01", "2021-06-30", "stated")) == ("2021-06-23", "2021-06-23")


def test_words_that_look_ahead_may_name_a_day_to_come() -> None:
    for text in ("预计12月建成", "到12月", "12月底前", "主体工程12月底完工"):
        mention = only(text)
        period = resolve(mention, Anchor(PUBLISHED))
        assert period is not None
        assert (period.end, period.modality) == ("2025-12-31", "target"), text
    assert days("已于12月完成") == ("2024-12-01", "2024-12-31")


def test_a_target_year_is_a_target_and_a_year_reached_is_not() -> None:
    ahead, past = resolve(only("到2030年"), Anchor(PUBLISHED)), resolve(only("到2020年"), Anchor(PUBLISHED))
    assert ahead is not None
    assert past is not None
    assert (ahead.end, ahead.modality) == ("2030-12-31", "target")
    assert (past.end, past.modality) == ("2020-12-31", "actual")


def test_the_whole_year_is_the_year_under_review() -> None:
    assert days("全年", "2026-03-31") == ("2025-01-01", "2025-12-31")
    assert days("全年", "2026-06-20") == ("2025-01-01", "2025-12-31")
    assert days("全年", "2026-07-20") == ("2026-01-01", "2026-12-31")
    assert days("年末", "2026-03-31") == ("2025-12-31", "2025-12-31")
    assert days("全年", "2026-03-31", current=whole(2024)) == ("2024-01-01", "2024-12-31")
    assert days("全年", "2026-08-01", document=whole(2025)) == ("2025-01-01", "2025-12-31")


def test_five_years_back_end_with_the_year_under_review() -> None:
    assert days("五年来", "2023-01-15", document=whole(2022)) == ("2018-01-01", "2022-12-31")


def test_the_same_period_of_another_year_keeps_its_months() -> None:
    current = Period("2025-01-01", "2025-08-31", "stated")
    assert days("同期", current=current) == ("2025-01-01", "2025-08-31")
    assert days("去年同期", current=current) == ("2024-01-01", "2024-08-31")
    assert days("2019年同期", current=current) == ("2019-01-01", "2019-08-31")
    assert days("上年同期", current=Period("2024-02-29", "2024-02-29", "stated")) == ("2023-02-28", "2023-02-28")


def test_at_present_keeps_to_an_as_of_day_just_stated() -> None:
    stated = resolve(only("截至1月31日24时"), Anchor("2020-02-01"))
    event = resolve(only("1月31日"), Anchor("2020-02-01"))
    assert days("目前", "2020-02-01", current=stated) == ("2020-01-31", "2020-01-31")
    assert days("目前", "2020-02-01", current=event) == ("2020-02-01", "2020-02-01")
    assert days("截至目前", "2020-02-01", current=stated) == ("2020-02-01", "2020-02-01")
    assert days("目前", "2020-03-01", current=stated) == ("2020-03-01", "2020-03-01")


def test_without_a_publication_the_text_must_tell() -> None:
    assert days("今年", None) is None
    assert days("11月23日", None) is None
    assert days("11月23日", None, current=whole(2021)) == ("2021-11-23", "2021-11-23")
    assert days("2021年11月23日", None) == ("2021-11-23", "2021-11-23")


def test_the_basis_is_recorded() -> None:
    def basis(text: str, current: Period | None = None) -> str:
        period = resolve(only(text), Anchor(PUBLISHED, None, current))
        assert period is not None
        return period.basis

    assert basis("2021年11月23日") == "stated"
    assert basis("11月23日", whole(2021)) == "inherited"
    assert basis("11月23日") == "published_on"
    assert basis("昨日") == "published_on"


# --- what a whole report is about


@pytest.mark.parametrize(
    ("title", "published", "start", "end"),
    [
        ("某县2025年国民经济和社会发展统计公报", "2026-03-31", "2025-01-01", "2025-12-31"),
        ("某区2020年上半年信贷收支报告", "2020-07-10", "2020-01-01", "2020-06-30"),
        ("2025年前三季度全区经济形势", "2025-11-03", "2025-01-01", "2025-09-30"),
        ("2022年省级、区级实事1-8月份进度", "2022-11-18", "2022-01-01", "2022-08-31"),
        ("2022年4月21日疫情通报", "2022-04-22", "2022-04-21", "2022-04-21"),
        ("关于2023年10月份实事进展的通报", "2023-10-31", "2023-10-01", "2023-10-31"),
        ("前五个月某市进出口总值比上年同期增长7%", "2022-06-09", "2022-01-01", "2022-05-31"),
        ("某局2025年度工作总结", "2025-12-30", "2025-01-01", "2025-12-31"),
        ("2017年惠民实事进展公示", "2017-08-12", "2017-01-01", "2017-08-12"),
        ("2026年某省政府工作报告", "2026-02-02", "2025-01-01", "2025-12-31"),
        ("2024年政府工作报告", None, "2023-01-01", "2023-12-31"),
        ("政府工作报告", "2024-01-22", "2023-01-01", "2023-12-31"),
        ("关于2025年预算执行情况和2026年预算草案的报告", "2026-02-01", "2025-01-01", "2025-12-31"),
    ],
)
def test_the_title_tells_the_period_of_a_report(title: str, published: str | None, start: str, end: str) -> None:
    period = document_period(title, "", published)
    assert period is not None
    assert (period.start, period.end, period.basis) == (start, end, "title")


def test_a_heading_tells_where_the_title_does_not() -> None:
    head = "某局工作汇报\n各位代表：\n一、2023年工作完成情况\n新建学校4所。"
    period = document_period("汇报材料", head, "2024-06-01")
    assert period is not None
    assert (period.start, period.end, period.basis) == ("2023-01-01", "2023-12-31", "heading")


def test_no_period_is_made_up() -> None:
    assert document_period(None, "", None) is None
    assert document_period("开发区30个项目集中开工", "今日上午，项目开工。", "2014-09-29") is None
    assert document_period("比2019年增长一倍", "", "2024-06-01") is None
    assert document_period("2024年度总结", "", "no day at all") is not None


# --- against an independent writer of periods

_TENS = "〇一二三四五六七八九"


def in_words(number: int) -> str:
    """1 to 99 in Chinese numerals, written out here apart from the grammar."""
    if number < 10:
        return _TENS[number]
    tens, ones = divmod(number, 10)
    return ("" if tens == 1 else _TENS[tens]) + "十" + (_TENS[ones] if ones else "")


@dataclass(frozen=True)
class Written:
    """A period in words with the days it means."""

    words: str
    start: date
    end: date


def _last(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


@st.composite
def written_periods(draw: st.DrawFn) -> Written:
    """A period with its year, in one of many notations."""
    year, month = draw(st.integers(1950, 2049)), draw(st.integers(1, 12))
    chinese = draw(st.booleans())
    number = in_words if chinese else str
    y = "".join(_TENS[int(c)] for c in str(year)) if chinese else str(year)
    to = draw(st.sampled_from(["—", "-", "－", "～", "~", "至", "到"]))
    gap = "" if chinese else draw(st.sampled_from(["", "", " "]))
    match draw(st.sampled_from(["year", "month", "day", "months", "quarter", "half", "end", "span", "iso", "first"])):
        case "year":
            return Written(f"{y}{gap}年", date(year, 1, 1), date(year, 12, 31))
        case "month":
            tail = draw(st.sampled_from(["", "份"]))
            return Written(f"{y}年{gap}{number(month)}月{tail}", date(year, month, 1), _last(year, month))
        case "day":
            day = date(year, month, draw(st.integers(1, monthrange(year, month)[1])))
            unit = draw(st.sampled_from(["日", "号"]))
            clock = draw(st.sampled_from(["", "0—24时", "24时", "上午", "17时30分", "18：52"])) if unit == "日" else ""
            return Written(f"{y}年{number(month)}月{gap}{number(day.day)}{unit}{clock}", day, day)
        case "months":
            high = draw(st.integers(month, 12))
            inner = draw(st.sampled_from(["", "月"]))
            words = f"{y}年{number(month)}{inner}{to}{number(high)}月"
            return Written(words, date(year, month, 1), _last(year, high))
        case "quarter":
            quarter = draw(st.integers(1, 4))
            words = f"{y}年{draw(st.sampled_from(['', '第']))}{number(quarter)}季度"
            return Written(words, date(year, 3 * quarter - 2, 1), _last(year, 3 * quarter))
        case "half":
            if draw(st.booleans()):
                return Written(f"{y}年上半年", date(year, 1, 1), date(year, 6, 30))
            return Written(f"{y}年下半年", date(year, 7, 1), date(year, 12, 31))
        case "end":
            mark = draw(st.sampled_from(["末", "底"]))
            if draw(st.booleans()):
                return Written(f"{y}年{mark}", date(year, 12, 31), date(year, 12, 31))
            return Written(f"{y}年{number(month)}月{mark}", _last(year, month), _last(year, month))
        case "span":
            start = date(year, month, draw(st.integers(1, 28)))
            end = start + timedelta(draw(st.integers(1, 700)))
            unit = "" if end.year == start.year else f"{end.year}年"
            words = f"{year}年{start.month}月{start.day}日{to}{unit}{end.month}月{end.day}日"
            return Written(words, start, end)
        case "iso":
            day = date(year, month, draw(st.integers(1, 28)))
            mark = draw(st.sampled_from(["-", "/", "."]))
            return Written(f"{year}{mark}{month}{mark}{day.day}", day, day)
        case _:
            few = draw(st.integers(2, 11))
            words = f"{y}年前{number(few)}个月"
            return Written(words, date(year, 1, 1), _last(year, few))


@given(written=written_periods(), published=st.dates(date(2050, 1, 1), date(2060, 1, 1)))
def test_a_period_written_in_any_notation_is_read_back(written: Written, published: date) -> None:
    mention = only(f"全区，{written.words}，新增")
    period = resolve(mention, Anchor(published.isoformat()))
    assert mention.text == written.words
    assert period is not None
    assert (period.start, period.end) == (written.start.isoformat(), written.end.isoformat())


@given(written=written_periods())
def test_as_of_ends_on_the_last_day_of_what_it_names(written: Written) -> None:
    mention = only(f"。截至{written.words}，全区")
    period = resolve(mention, Anchor("2055-01-01"))
    assert mention.kind == "as_of" or mention.form.last is not None
    assert period is not None
    assert period.end == written.end.isoformat()


# --- never biased to the future

_YEARLESS = st.one_of(
    st.builds("{}月{}日".format, st.integers(1, 12), st.integers(1, 28)),
    st.builds("{}日".format, st.integers(1, 31)),
    st.builds("截至{}月{}日24时".format, st.integers(1, 12), st.integers(1, 28)),
    st.builds("{}月末".format, st.integers(1, 12)),
    st.builds("截至{}月底".format, st.integers(1, 12)),
    st.builds("{}月{}日至{}日".format, st.integers(1, 12), st.integers(1, 10), st.integers(11, 28)),
    st.sampled_from(
        ["年末", "昨日", "今日", "目前", "截至目前", "今年以来", "五年来", "上月", "去年", "上月末", "月末"]
    ),
)
_CURRENT = st.none() | st.builds(
    lambda start, length: Period(start.isoformat(), (start + timedelta(length)).isoformat(), "stated"),
    st.dates(date(2015, 1, 1), date(2030, 1, 1)),
    st.integers(0, 400),
)


@given(words=_YEARLESS, published=st.dates(date(2015, 1, 1), date(2030, 1, 1)))
def test_results_are_never_of_days_to_come(words: str, published: date) -> None:
    period = resolve(only(f"，{words}，完成"), Anchor(published.isoformat()))
    assert period is not None
    assert period.end <= published.isoformat()
    assert period.modality == "actual"


@given(
    month=st.integers(1, 12),
    day=st.integers(1, 28),
    published=st.dates(date(2015, 1, 1), date(2030, 1, 1)),
    current=_CURRENT,
)
def test_nor_with_anything_stated_before(month: int, day: int, published: date, current: Period | None) -> None:
    period = resolve(only(f"，{month}月{day}日，"), Anchor(published.isoformat(), None, current))
    assert period is not None
    assert period.end <= published.isoformat()


# --- robust

_ALPHABET = (
    "0123456789一二三四五六七八九十〇两几年月日号时点分季度旬周天世纪代初末底前后来以起止至到自从截近过去今本上下当同期"
    "全半个多第“”、，。：:/-—.~ \n比与的中国春节目农历"
)


@given(text=st.text(alphabet=_ALPHABET, max_size=60) | st.text(max_size=40), current=_CURRENT)
def test_any_text_is_scanned_and_resolved_without_an_error(text: str, current: Period | None) -> None:
    end = 0
    for mention in scan_times(text):
        assert mention.start >= end
        assert mention.end > mention.start
        assert text[mention.start : mention.end] == mention.text
        end = mention.end
        for published in (None, PUBLISHED, "0001-01-01", "9999-12-31", "not a day"):
            period = resolve(mention, Anchor(published, None, current))
            assert period is None or period.start <= period.end
    document_period(text, text, PUBLISHED)
    document_period(text, text, "not a day")


@given(before=st.text(alphabet="全区新增完成，。", max_size=8), written=written_periods())
def test_a_period_is_found_wherever_it_stands(before: str, written: Written) -> None:
    text = f"{before}。{written.words}"
    assert [(m.start, m.text) for m in scan_times(text)] == [(len(before) + 1, written.words)]


@pytest.mark.parametrize(
    "piece",
    [
        "2021、",
        "一",
        "几十",
        "2021年1月至",
        "1—",
        "0:",
        "“十",
        "截至",
        "春节期间",
        "近",
        "去年",
        "2021-",
        "1月1日",
        " ",
    ],
)
def test_a_long_line_of_one_piece_does_no_harm(piece: str) -> None:
    """A quadratic scan would not come back within the time limit of the suite."""
    text = piece * (250_000 // len(piece))
    for mention in scan_times(text):
        assert len(mention.text) < 200
