"""Names that take something over: the state of a list, the owner of pupils, the thing of which parts are told."""

from __future__ import annotations

import pytest

from tests.extraction import figures, read


def names(text: str, **known: str | None) -> list[str]:
    return [figure.indicator for figure in read(text, **known).figures]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("新增本土确诊病例5例，本土无症状感染者19例。", ["新增本土确诊病例", "新增本土无症状感染者"]),
        ("累计报告本土确诊病例3377例、境外输入确诊病例237例。", ["累计报告本土确诊病例", "累计报告境外输入确诊病例"]),
        ("新增幼儿园12所、小学3所，改造中学5所。", ["新增幼儿园", "新增小学", "改造中学"]),
        ("新增确诊病例8例，出院11例。", ["新增确诊病例", "出院确诊病例"]),
    ],
)
def test_a_list_shares_its_state(text: str, expected: list[str]) -> None:
    assert names(text) == expected


def test_both_origins_stand_in_front_of_what_they_divide() -> None:
    found = names("尚在住院治疗的确诊病例144例（其中本土140例、境外输入4例）。")
    assert found[1].replace("本土", "") == found[2].replace("境外输入", "")


def test_a_statement_behind_a_semicolon_is_not_of_the_origin_before_it() -> None:
    assert "本土" not in names("10例本土确诊病例治愈出院；新增疑似病例43例。")[1]


def test_parts_from_abroad_say_of_what_they_are_parts() -> None:
    text = "新增境外输入病例20例，其中13例来自甲国，7例来自乙国；新增治愈出院病例5例，其中2例来自甲国，3例来自乙国。"
    first, again = (name for name in names(text) if name.startswith("来自甲国"))
    assert first != again


def test_pupils_belong_to_the_school_before_them() -> None:
    text = "普通高中在校生1.2万人，毕业生0.4万人；初中在校生2.5万人，毕业生0.8万人。"
    assert names(text) == ["普通高中在校生", "普通高中毕业生", "初中在校生", "初中毕业生"]


def test_exports_are_a_part_of_trade_and_no_trade_themselves() -> None:
    found = names("外贸进出口总值9.42亿元，增长10.7%，其中出口5.23亿元，进口4.19亿元。")
    assert found[2:] == ["外贸出口总值", "外贸进口总值"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("东部、中部、西部地区投资同比分别增长6.1%、5.6%和7.9%。", "地区投资同比增长"),
        ("三次产业对经济增长的贡献率分别为11.2%、36.4%、52.4%。", "产业对经济增长的贡献率"),
        ("三次产业对经济增长的贡献率依次为11.2%、36.4%、52.4%。", "产业对经济增长的贡献率"),
    ],
)
def test_the_tail_of_a_dealt_list_belongs_to_all(text: str, expected: str) -> None:
    found = names(text)
    assert len(set(found)) == 3
    assert all(name.endswith(expected) for name in found)


def test_shares_dealt_out_behind_counts_take_their_names() -> None:
    text = "咨询类21408件、求助类15163件、举报类10236件，占比依次为45.7%、32.4%、21.9%。"
    assert names(text)[3:] == ["咨询类占比", "求助类占比", "举报类占比"]


@pytest.mark.parametrize(
    ("text", "numeral", "expected"),
    [
        ("收入98615万元，剔除留抵退税因素后同口径增长2.8%，按自然口径下降4.3%。", "4.3%", "收入同比增长"),
        ("居民人均可支配收入11486元，增幅（5.7%）低于目标0.8个百分点。", "5.7%", "居民人均可支配收入同比增长"),
        ("热线受理诉求21087件（日均3012件），环比增加3.80%。", "3.80%", "热线受理诉求环比增长"),
        ("发行债券277亿元，其中新增债券102亿元、再融资债券175亿元。", "175亿", "再融资债券"),
        ("网络渠道（微信、网站、手机应用）受理诉求9712件。", "9712", "网络渠道受理诉求"),
        ("经营主体持续壮大。总量接近800万户。", "800万", "经营主体总量"),
        ("收入1262548万元，下降6.7%。按可比口径测算，同比增长5.2%。", "5.2%", "收入同比增长"),
        ("统筹产业发展资金94.1亿元，其中省级74.7亿元。", "74.7亿", "省级统筹产业发展资金"),
        ("第六个五年，轻工业产值平均每年递增5.1%。", "5.1%", "轻工业产值年均增长"),
        ("尚有715例（本土665例、境外输入50例）无症状感染者。", "715", "无症状感染者"),
        ("8市（县）报告新增确诊病例23例。", "23", "新增确诊病例"),
        ("原煤产量3亿吨；原油产量继续增长，达到1.42亿吨。", "1.42亿", "原油产量"),
        ("全区GDP1234.56亿元，增长6.5%。", "1234.56亿", "地区生产总值"),
        ("3．停车设施。\n计划39个、3278处，完工33个。", "39", "停车设施"),
    ],
)
def test_what_a_figure_is_of(text: str, numeral: str, expected: str) -> None:
    assert figures(text)[numeral].indicator == expected


def test_a_missed_plan_is_no_level_that_grows() -> None:
    extraction = read("预算收入98615万元，为年初预算102000万元的96.7%，短收3385万元，增长2.8%。")
    texts = {figure.start: figure.text for figure in extraction.figures}
    changes = [(texts[r.now], texts[r.change]) for r in extraction.relations if r.relation == "change"]
    assert changes == [("98615万", "2.8%")]


@pytest.mark.parametrize("than", ["比2020年的", "比二〇二〇年的", "较2020年末的"])
def test_what_a_level_is_compared_with_is_the_same_thing_of_its_own_year(than: str) -> None:
    extraction = read(f"2025年全区总产值达到8710亿元，{than}7159亿元增加1551亿元。", published_on="2026-01-20")
    now, earlier, more = extraction.figures
    assert (earlier.indicator, earlier.time_end) == (now.indicator, "2020-12-31")
    assert (more.measure, more.time_end) == ("change", "2025-12-31")
    (change,) = (r for r in extraction.relations if r.relation == "change")
    assert (change.now, change.change) == (now.start, more.start)


def test_what_a_plan_is_compared_with_is_no_plan() -> None:
    goal, earlier, more = read(
        "到2030年总产值达到8710亿元，比2020年的7159亿元增加1551亿元。", published_on="2026-01-20"
    ).figures
    assert [goal.modality, earlier.modality, more.modality] == ["target", "actual", "target"]


def test_the_level_of_a_city_itself_stands_beside_its_districts() -> None:
    found = read("本次计划分配：市本级14.78亿元、惠济区11.09亿元、中原区5.39亿元。", place="郑州市").figures
    assert [f.indicator for f in found] == ["市本级本次计划分配", "本次计划分配", "本次计划分配"]
    assert [f.place for f in found] == ["郑州市", "惠济区", "中原区"]


def test_a_budget_that_is_adjusted_keeps_the_name_of_its_account() -> None:
    text = "一般公共预算收入由年初预算134.41亿元调整为134.77亿元，调增0.36亿元，支出比年初调减1.2亿元。"
    found = figures(text)
    assert [found[n].indicator for n in ("134.41亿", "134.77亿", "0.36亿")] == [
        "一般公共预算收入年初预算",
        "一般公共预算收入",
        "一般公共预算收入增加",
    ]
    assert (found["0.36亿"].value or 0) > 0 > (found["1.2亿"].value or 0)
