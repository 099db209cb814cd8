"""Relations: what a report's own numbers say of each other."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.extract.model import Relation
from tests.extraction import read


def members(text: str) -> list[tuple[object, ...]]:
    """Each relation with its members by their numeral instead of their start."""
    found = read(text)
    word = {f.start: f.text for f in found.figures}

    def plain(r: Relation) -> tuple[object, ...]:
        if r.relation == "rate":
            return "rate", word[r.numerator or 0], word[r.denominator or 0], word[r.rate or 0]
        if r.relation == "sum":
            return "sum", word[r.total or 0], tuple(word[p] for p in r.parts), r.complete
        return r.relation, word[r.now or 0], word[r.change if r.change is not None else -1]

    return [plain(r) for r in found.relations]


# --- rates


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("区级领导领办的145件实事已完成118件，完成率81%。", ("rate", "118", "145", "81%")),
        ("受理投诉2600件，办结2548件，办结率98%。", ("rate", "2548", "2600", "98%")),
        ("来信1230件，按期回复1225件，按期回复率99.6%。", ("rate", "1225", "1230", "99.6%")),
        ("全县排查隐患860处，已整改817处，整改率达95%。", ("rate", "817", "860", "95%")),
        ("计划开工项目50个，已开工46个，开工率92%。", ("rate", "46", "50", "92%")),
    ],
)
def test_done_of_total(text: str, expected: tuple[object, ...]) -> None:
    assert expected in members(text)


def test_two_rates_of_one_sentence_keep_apart() -> None:
    text = "区级领导领办的145件实事已完成118件，完成率81%；科级干部领办的2088件实事已完成1618件，完成率77%。"
    assert members(text) == [("rate", "118", "145", "81%"), ("rate", "1618", "2088", "77%")]


def test_a_share_of_a_total_that_stands_in_the_sentence() -> None:
    text = "全区地区生产总值1200亿元，其中服务业增加值560亿元，占地区生产总值的46.7%。"
    assert ("rate", "560亿", "1200亿", "46.7%") in members(text)


def test_a_share_of_what_is_not_in_the_text_is_no_relation() -> None:
    assert [r for r in members("水果产量8.6万吨，占全省总产量的12.4%。") if r[0] == "rate"] == []


def test_what_was_said_a_sentence_before_is_no_denominator() -> None:
    """All of the 223 were closed; the 275 are another count."""
    text = "全市共收到问题275个。223个问题已全部办结，办结率100%。"
    assert not [r for r in members(text) if r[0] == "rate" and "275" in r]


def test_all_done_is_said_of_those_that_were_done() -> None:
    """全部办结 with 100 % speaks of the 223; a rule would call 223 of 275 an error."""
    text = "全市275个问题中，223个问题已全部办结，办结率100%。"
    assert [r for r in members(text) if r[0] == "rate"] == []


def test_a_rate_without_counts_is_no_relation() -> None:
    assert members("群众满意率98%，按期完成率100%。") == []


# --- changes


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("地区生产总值186.5亿元，同比增长7.2%。", [("change", "186.5亿", "7.2%")]),
        ("造林12.6万亩，比上年增加1.4万亩。", [("change", "12.6万", "1.4万")]),
        ("不良贷款率1.35%，较年初下降0.12个百分点。", [("change", "1.35%", "0.12")]),
        (
            "存款余额2356亿元，比年初增加156亿元，增长7.1%。",
            [("change", "2356亿", "156亿"), ("change", "2356亿", "7.1%")],
        ),
        (
            "教育支出18.2亿元，增长3.5%；卫生支出9.6亿元，下降1.2%。",
            [("change", "18.2亿", "3.5%"), ("change", "9.6亿", "1.2%")],
        ),
    ],
)
def test_a_level_and_its_change(text: str, expected: list[tuple[object, ...]]) -> None:
    assert [r for r in members(text) if r[0] == "change"] == expected


def test_the_earlier_level_that_the_text_states() -> None:
    text = "人均收入由上年的8600元提高到9200元，增长7.0%。"
    word = {f.start: f.text for f in read(text).figures}
    (change,) = read(text).relations
    assert [word[m or 0] for m in (change.before, change.now, change.change)] == ["8600", "9200", "7.0%"]


def test_two_levels_and_their_two_changes() -> None:
    text = "城镇、农村居民人均可支配收入分别为42350元和21680元，分别增长6.5%和8.9%。"
    assert members(text) == [("change", "42350", "6.5%"), ("change", "21680", "8.9%")]


def test_money_grows_from_money() -> None:
    """The shortfall is of the revenue, not of the share of the plan that stands between."""
    text = "收入完成5.6亿元，为预算的101.2%，同比减收0.3亿元。"
    assert ("change", "5.6亿", "0.3亿") in members(text)


def test_growth_of_a_sentence_before_belongs_to_another_thing() -> None:
    assert members("全县接待游客52万人次。规上工业增加值同比增长6.1%。") == []


def test_a_level_of_another_clause_is_not_what_grew() -> None:
    text = "新建学校6所，规上工业增加值增长6.1%。"
    assert ("change", "6", "6.1%") not in members(text)


# --- sums


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("播发报道3310篇，其中国家级55篇，省级781篇，市级2474篇。", ("sum", "3310", ("55", "781", "2474"), True)),
        ("新增就业4.2万人，其中女性1.9万人，男性2.3万人。", ("sum", "4.2万", ("1.9万", "2.3万"), True)),
        ("养老机构36家（公办12家，民办24家）。", ("sum", "36", ("12", "24"), True)),
        ("新增病例12例（金水区5例，惠济区4例，中原区3例）。", ("sum", "12", ("5", "4", "3"), True)),
        ("检查企业860家次，其中化工企业120家次、建筑工地95家次。", ("sum", "860", ("120", "95"), False)),
        ("支出85.6亿元，其中：教育支出18.2亿元；卫生支出9.6亿元。", ("sum", "85.6亿", ("18.2亿", "9.6亿"), False)),
    ],
)
def test_parts_of_a_total(text: str, expected: tuple[object, ...]) -> None:
    assert expected in members(text)


@given(st.lists(st.integers(2, 9999), min_size=2, max_size=6))
@settings(max_examples=60)
def test_parts_that_make_up_the_total_are_complete(parts: list[int]) -> None:
    names = ["国家级", "省级", "市级", "县级", "乡级", "村级"]
    text = f"播发报道{sum(parts)}篇，其中" + "，".join(f"{n}{p}篇" for n, p in zip(names, parts, strict=False)) + "。"
    assert members(text) == [("sum", str(sum(parts)), tuple(map(str, parts)), True)]


@given(st.lists(st.integers(2, 999), min_size=2, max_size=6), st.integers(1, 999))
@settings(max_examples=60)
def test_parts_that_leave_a_rest_are_not(parts: list[int], rest: int) -> None:
    names = ["国家级", "省级", "市级", "县级", "乡级", "村级"]
    total = sum(parts) + rest
    text = f"播发报道{total}篇，其中" + "，".join(f"{n}{p}篇" for n, p in zip(names, parts, strict=False)) + "。"
    assert members(text) == [("sum", str(total), tuple(map(str, parts)), False)]


def test_each_stretch_between_semicolons_has_its_own_total() -> None:
    text = "教育支出10亿元，其中小学3亿元，中学7亿元；交通支出20亿元，其中公路5亿元，铁路15亿元。"
    assert members(text) == [("sum", "10亿", ("3亿", "7亿"), True), ("sum", "20亿", ("5亿", "15亿"), True)]


def test_rounded_parts_may_miss_the_total_by_their_rounding_only() -> None:
    """10.3 of 3.1 and 7.1 is rounding; 500 of 120, 220 and 159 is not, for what is counted is not rounded."""
    assert members("投资10.3亿元，其中甲类3.1亿元，乙类7.1亿元。")[0][-1] is True
    assert members("投资10.9亿元，其中甲类3.1亿元，乙类7.1亿元。")[0][-1] is False
    assert members("播发报道500篇，其中国家级120篇，省级220篇，市级159篇。")[0][-1] is False


def test_changes_inside_a_breakdown_are_no_parts() -> None:
    text = "支出85.6亿元，其中：教育支出18.2亿元，增长3.5%；卫生支出9.6亿元，下降1.2%。"
    sums = [r for r in members(text) if r[0] == "sum"]
    assert sums == [("sum", "85.6亿", ("18.2亿", "9.6亿"), False)]


def test_averages_do_not_add_up() -> None:
    assert not [r for r in members("人均收入3万元，其中城镇4万元，农村2万元。") if r[0] == "sum" and r[3]]


# --- of any text


@given(
    st.lists(
        st.sampled_from(
            [
                "共有",
                "其中",
                "完成",
                "25件",
                "118件",
                "143件",
                "18%",
                "增长",
                "率",
                "（",
                "）",
                "，",
                "；",
                "。",
                "分别",
                "为",
                "占",
                "、",
                "和",
            ]
        ),
        max_size=25,
    ).map("".join)
)
@settings(max_examples=200)
def test_relations_are_between_different_figures_of_the_text(text: str) -> None:
    found = read(text)
    starts = {f.start for f in found.figures}
    for r in found.relations:
        named = [
            m
            for m in (r.numerator, r.denominator, r.rate, r.total, r.now, r.change, r.before, *r.parts)
            if m is not None
        ]
        assert len(named) >= 2
        assert set(named) <= starts
        assert len(set(named)) == len(named)


# --- restatements


def test_a_headline_and_the_text_that_name_the_same_thing_are_a_restatement() -> None:
    text = "全县新建泵站12座\n\n今年，全县新建泵站12座，改造水渠30公里。"
    found = read(text, place="白水县")
    (restated,) = [r for r in found.relations if r.relation == "restatement"]
    by_start = {f.start: f for f in found.figures}
    assert restated.now is not None
    assert restated.before is not None
    assert not restated.stated
    assert (by_start[restated.before].text, by_start[restated.now].text) == ("12", "12")
    assert restated.before < restated.now


def test_different_things_in_headline_and_text_are_none() -> None:
    found = read("全县新建泵站12座\n\n今年，全县改造水渠12公里。", place="白水县")
    assert not [r for r in found.relations if r.relation == "restatement"]


# --- rates that two counts give


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "公路塌方147处，桥梁受损11座。目前抢通公路139处，占94.6%。",
            ("rate", "139", "147", "94.6%"),
        ),
        ("年末常住人口384.77万人，其中城镇247.29万人。城镇化率为64.27%。", ("rate", "247.29万", "384.77万", "64.27%")),
        ("目标发放6亿元，实际发放7.42亿元，完成率123.7%。", ("rate", "7.42亿", "6亿", "123.7%")),
        (
            "全年开工任务1850套，实际开工1912套（其中安置384套、新建1528套），开工率103.4%。",
            ("rate", "1912", "1850", "103.4%"),
        ),
        ("年度任务540个，新增学位540个，完成率100%。", ("rate", "540", "540", "100%")),
    ],
)
def test_two_counts_give_the_rate_to_its_last_digit(text: str, expected: tuple[object, ...]) -> None:
    assert expected in members(text)


def test_a_rate_that_no_two_counts_give_is_no_relation() -> None:
    assert [r for r in members("公路塌方147处。目前抢通公路139处，占91.6%。") if r[0] == "rate"] == []
    assert [r for r in members("年末人口482.36万人，出生2.41万人，出生率4.99‰。") if r[0] == "rate"] == []


def test_growth_that_stands_before_its_level_or_away_from_it() -> None:
    assert ("change", "3.75亿", "8%") in members("财政总收入增长8%，达到3.75亿元。")
    text = "其中厨余186.5吨、其他412吨，厨余同比增长31.2%，其他同比下降8.7%。"
    assert [r for r in members(text) if r[0] == "change"] == [
        ("change", "186.5", "31.2%"),
        ("change", "412", "8.7%"),
    ]


def test_the_level_of_a_year_ago_is_not_what_grew() -> None:
    text = "破案率56.4%，比去年的49.8%提高6.6个百分点。"
    assert [r for r in members(text) if r[0] == "change"] == [("change", "56.4%", "6.6")]
    assert read(text, published_on="2021-12-20").figures[1].time_end == "2020-12-31"
