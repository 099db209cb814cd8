"""Times and places that a text tells of on the way: what dates or places a figure, and what only stands before it."""

from __future__ import annotations

import pytest

from tests.extraction import figure, figures

TALLY = {"published_on": "2025-01-20", "title": "2024年自然资源工作情况"}


def days(text: str, numeral: str, **known: str | None) -> tuple[str | None, str | None]:
    found = figure(text, numeral, **known)
    return found.time_start, found.time_end


def places(text: str, **known: str | None) -> list[str | None]:
    return [found.place for found in figures(text, **known).values()]


# --- times that date nothing


@pytest.mark.parametrize(
    ("text", "numeral"),
    [
        ("面对近十年来最差的来水条件，全县抢灌农田12万亩。", "12万"),
        ("面对近六十年来最严重的旱情，全县打井860眼。", "860"),
        ("农村公路近十年来首次突破4200公里。", "4200"),
        ("东湖小区建于1996年，共有居民860户。", "860"),
        ("河东中学始建于1958年，现有学生2300人。", "2300"),
        ("河西医院成立于1986年，设有床位320张。", "320"),
        ("税收收入85亿元，下降3.2%，主要是2023年土地出让收入较多，非税收入12亿元。", "12亿"),
        ("公共预算支出85亿元，剔除2023年增发国债因素后增长3.1%，教育支出21亿元。", "3.1%"),
        ("公共预算支出85亿元，剔除2023年增发国债因素后增长3.1%，教育支出21亿元。", "21亿"),
        ("收入12亿元，扣除2023年一次性收入因素，增长3.3%。", "3.3%"),
    ],
)
def test_a_cause_a_foundation_and_a_record_date_nothing(text: str, numeral: str) -> None:
    known = {"published_on": "2025-01-20", "title": "2024年全县工作情况"}
    assert days(text, numeral, **known) == ("2024-01-01", "2024-12-31")


@pytest.mark.parametrize("mark", ["。", "；"])
def test_the_start_of_the_year_dates_its_own_stock_alone(mark: str) -> None:
    text = f"年初剩余用地指标320亩{mark}征收土地86亩。"
    assert days(text, "320", **TALLY) == ("2024-01-01", "2024-01-01")
    assert days(text, "86", **TALLY) == ("2024-01-01", "2024-12-31")


def test_the_whole_year_is_that_of_the_report_after_an_earlier_year_was_told() -> None:
    text = "2024年，新建学校5所。2020年，全县在校学生3.2万人。全年招生8600人。"
    known = {"published_on": "2025-03-10", "title": "2024年教育事业统计公报"}
    assert days(text, "3.2万", **known) == ("2020-01-01", "2020-12-31")
    assert days(text, "8600", **known) == ("2024-01-01", "2024-12-31")


# --- the day of an event


APPEAL = (
    "县里要求全力以赴救治伤员，做好家属安抚，查明原因，严肃追究责任，举一反三开展全面排查，坚决遏制各类事故发生，"
    "确保人民群众生命财产安全，维护全县社会大局稳定，各乡镇也迅速行动起来，组织人员排查隐患，落实各项措施，"
    "强化值班值守，严格信息报送，决不放过任何一个死角。"
)


@pytest.mark.parametrize("event", ["白水县一居民楼发生火灾", "白水县发生一起交通事故", "白水县境内突发山体滑坡"])
def test_the_day_of_an_accident_is_that_of_its_report(event: str) -> None:
    found = figure(f"6月4日下午，{event}。\n{APPEAL}\n损毁房屋12间。\n", "12", published_on="2024-06-06")
    assert (found.time_start, found.time_end, found.time_basis) == ("2024-06-04", "2024-06-04", "inherited")


def test_a_report_that_opens_with_no_event_is_of_its_own_day() -> None:
    found = {
        opening: days(f"6月4日下午，{opening}。\n{APPEAL}\n损毁房屋12间。\n", "12", published_on="2024-06-06")[0]
        for opening in ("白水县召开会议", "白水县发生地震")
    }
    assert found == {"白水县召开会议": "2024-06-06", "白水县发生地震": "2024-06-04"}


def test_a_day_before_the_as_of_day_does_not_take_its_place() -> None:
    text = "截至7月12日，全县转移群众2300人。7月8日，县里启动应急响应。投入抢险人员860人。"
    assert days(text, "860", published_on="2024-07-15") == ("2024-07-12", "2024-07-12")


# --- plans


def test_within_the_year_dates_a_plan() -> None:
    found = figures("年内还将新建公园6个，新增绿地86亩。", published_on="2024-09-10")
    assert {(f.time_start, f.time_end, f.modality) for f in found.values()} == {("2024-01-01", "2024-12-31", "target")}


def test_the_end_of_the_year_that_something_is_aimed_at_is_to_come() -> None:
    assert days("年末贷款余额力争突破62亿元。", "62亿", published_on="2024-09-10")[1] == "2024-12-31"


# --- what a level is compared with


def test_a_census_that_a_level_is_set_beside_dates_its_own_level() -> None:
    text = "全县总人口为312456人，与2010年第六次全国人口普查的295812人相比，增加16644人。"
    now, earlier, more = figures(text, published_on="2021-06-10").values()
    assert (earlier.indicator, earlier.time_end) == (now.indicator, "2010-12-31")
    assert (more.indicator, more.time_end) == ("总人口增加", "2021-06-10")


@pytest.mark.parametrize("turn", ["上升为", "增加到", "提高到"])
def test_what_a_level_rose_from_is_of_the_year_compared_with(turn: str) -> None:
    text = f"与2010年相比，大专以上学历职工由4218人{turn}9036人。"
    known = {"published_on": "2021-06-10", "title": "2020年职工队伍状况"}
    assert [f.time_end for f in figures(text, **known).values()] == ["2010-12-31", "2020-12-31"]


@pytest.mark.parametrize(
    ("told", "before", "now"),
    [
        ("2024年，工业增加值由上年下降0.9%转为增长0.3%。", ("2023-01-01", "2023-12-31"), ("2024-01-01", "2024-12-31")),
        (
            "2024年上半年，工业增加值由上年同期下降0.9%转为增长0.3%。",
            ("2023-01-01", "2023-06-30"),
            ("2024-01-01", "2024-06-30"),
        ),
    ],
)
def test_growth_that_turned_was_of_the_year_before(told: str, before: tuple[str, str], now: tuple[str, str]) -> None:
    assert days(told, "0.9%", published_on="2025-02-12") == before
    assert days(told, "0.3%", published_on="2025-02-12") == now
    assert figure(told, "0.3%").indicator == figure(told, "0.9%").indicator == "工业增加值同比增长"


# --- places


@pytest.mark.parametrize(
    ("text", "home"),
    [
        ("来自山西、河北、河南、陕西、甘肃五省的专家86名参会。", "惠济区"),
        ("山西、河北、河南、陕西、甘肃五省签约项目86个。", "惠济区"),
        ("金水区、惠济区两区完成投资86亿元。", "郑州市"),
        ("信阳、南阳、周口3市完成投资86亿元。", "郑州市"),
    ],
)
def test_several_places_before_one_figure_are_none_of_its_own(text: str, home: str) -> None:
    assert places(text, place=home) == [home]


@pytest.mark.parametrize(
    ("text", "place", "indicator"),
    [
        ("四川全省完成造林86万亩。", "四川省", "完成造林"),
        ("河南驻马店小麦播种面积1200万亩。", "驻马店市", "小麦播种面积"),
        ("安徽阜阳小麦播种面积860万亩。", "阜阳市", "小麦播种面积"),
        ("江苏盱眙90多万亩水稻开镰。", "盱眙县", "水稻开镰"),
        ("在浙江诸暨86家企业复工。", "诸暨市", "企业复工"),
        ("四川南部县完成投资12亿元。", "南部县", "完成投资"),
    ],
)
def test_the_last_of_names_that_stand_side_by_side(text: str, place: str, indicator: str) -> None:
    (found,) = figures(text, place="惠济区", published_on="2025-02-10").values()
    assert (found.place, found.indicator) == (place, indicator)


@pytest.mark.parametrize(
    ("text", "place", "indicator"),
    [
        ("广东新兴产业增加值3200亿元。", "广东省", "新兴产业增加值"),
        ("四川南部地区完成投资12亿元。", "四川省", "南部地区完成投资"),
    ],
)
def test_an_ordinary_word_after_a_province_is_no_county(text: str, place: str, indicator: str) -> None:
    (found,) = figures(text, place="惠济区").values()
    assert (found.place, found.indicator) == (place, indicator)


def test_china_is_the_whole_country() -> None:
    assert places("2024年，中国铸件产量5160万吨。", published_on="2025-02-10") == ["全国"]


def test_the_citys_own_level_after_a_district_is_the_citys() -> None:
    text = "金水区支出12亿元，市本级支出30亿元，县（市、区）支出100亿元。"
    found = figures(text, place="郑州市")
    assert [(f.place, f.place_basis) for f in found.values()] == [
        ("金水区", "stated"),
        ("郑州市", "document"),
        ("郑州市", "document"),
    ]


@pytest.mark.parametrize("lead", ["新增确诊病例3例，", "现有重型病例3例，其中"])
def test_where_the_cases_of_a_state_are(lead: str) -> None:
    found = figure(f"{lead}危重病例为万州区1例。", "1", place="重庆市")
    assert (found.place, found.indicator) == ("万州区", "危重病例")


def test_cases_of_a_state_dealt_out_over_places_keep_the_name_of_their_total() -> None:
    found = figures("现有确诊病例57例。确诊病例中，金水区16例，惠济区41例。", place="郑州市")
    assert [(f.place, f.indicator) for f in found.values()] == [
        ("郑州市", "现有确诊病例"),
        ("金水区", "现有确诊病例"),
        ("惠济区", "现有确诊病例"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "第十四届全国学生运动会设项目86个。",
        "第三届全国技能大赛吸引选手86名。",
        "第七次全国人口普查登记住户86户。",
        "第四次全国经济普查，从业人员86人。",
        "开展全国农业普查，培训调查员86名。",
    ],
)
def test_a_national_census_or_meeting_is_no_place(text: str) -> None:
    assert places(text, place="惠济区") == ["惠济区"]


def test_a_notice_on_the_state_of_things_at_a_day_is_of_that_day() -> None:
    text = (
        "各单位：\n现将截至2024年8月31日老旧小区改造情况通报如下：\n今年计划改造小区32个。目前已开工30个，完工率59%。\n"
    )
    found = figures(text, title="关于老旧小区改造进度的通报", published_on="2024-09-05")
    assert {(found[n].time_start, found[n].time_end) for n in ("30", "59%")} == {("2024-08-31", "2024-08-31")}
    assert (found["32"].time_start, found["32"].time_end) == ("2024-01-01", "2024-12-31")


def test_a_notice_on_some_months_is_of_those_even_where_its_title_names_the_year() -> None:
    text = "现将1—8月项目建设情况通报如下：\n新开工项目30个。\n"
    found = figures(text, title="关于2024年项目建设情况的通报", published_on="2024-09-05")["30"]
    assert (found.time_start, found.time_end) == ("2024-01-01", "2024-08-31")
