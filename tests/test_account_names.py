"""Names in accounts and progress notices: outcomes after plans, headings as subjects, notes and examples in a name."""

from __future__ import annotations

import pytest

from tests.extraction import figures, read


def names(text: str, **known: str | None) -> list[tuple[str, str]]:
    """Every figure as its numeral and the indicator."""
    return [(f.text, f.indicator) for f in read(text, **known).figures]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "numeral", "indicator"),
    [
        ("全市政府性基金收入预算为175亿元，实际完成213亿元。", "213亿", "政府性基金收入"),
        (
            "全市一般公共预算支出年初预算468.3亿元，调整后为502.16亿元，全年执行471.09亿元。",
            "471.09亿",
            "一般公共预算支出",
        ),
        ("一般公共预算收入138.2亿元（年初预算），执行139.54亿元。", "139.54亿", "一般公共预算收入"),
        ("全市政府性基金收入年初计划15亿元，执行结果为17亿元。", "17亿", "政府性基金收入"),
        ("全市一般公共预算收入调整预算数148.37亿元，实绩150.84亿元。", "150.84亿", "一般公共预算收入"),
        ("全市一般公共预算收入执行数为203.47亿元。", "203.47亿", "一般公共预算收入"),
        ("一般公共预算支出决算数为501.2亿元。", "501.2亿", "一般公共预算支出"),
        ("全市地区生产总值（初步核算数）3996.81亿元。", "3996.81亿", "地区生产总值"),
        ("全年地方财政收入（一般公共预算收入）155.3亿元。", "155.3亿", "一般公共预算收入"),
        ("省财政厅核定全市政府债务限额700亿元。年末，全市政府债务余额687.99亿元。", "687.99亿", "政府债务余额"),
        ("地区生产总值迈上4200亿元台阶，达4236.8亿元。", "4236.8亿", "地区生产总值"),
        ("地区生产总值连跨两个千亿级台阶，达到4712.6亿元。", "4712.6亿", "地区生产总值"),
        ("全市一般公共预算支出同比增长0.9%，达到393.81亿元。", "393.81亿", "一般公共预算支出"),
        ("地区生产总值从2020年的2118亿元增加到2025年的3183.6亿元。", "3183.6亿", "地区生产总值"),
        ("一般公共预算收入增长4.6%，总量首次突破1900亿元。", "1900亿", "一般公共预算收入总量"),
        ("六、财政金融 全年一般公共预算收入794.2亿元。", "794.2亿", "一般公共预算收入"),
        ("审结抢劫、绑架、纵火等严重暴力犯罪案件41件。", "41", "审结严重暴力犯罪案件"),
        ("风电、太阳能、生物质等新能源发电量134亿千瓦时。", "134亿", "新能源发电量"),
        ("中央财政新增47亿元专项补助资金。", "47亿", "中央财政新增专项补助资金"),
        ("下达2144万元，支持企业改造。", "2144万", "下达支持企业改造"),
        ("小学教师220人，初中教师140人。", "140", "初中教师"),
    ],
)
def test_what_a_figure_is_named(text: str, numeral: str, indicator: str) -> None:
    assert figures(text, published_on="2026-02-01")[numeral].indicator == indicator


def test_a_heading_names_the_budget_of_bare_receipts_and_outlays() -> None:
    text = (
        "（一）一般公共预算执行情况\n1.市本级完成收入32.17亿元；完成支出105.88亿元。\n"
        "2.全市完成收入176.28亿元，增长1.0%；完成支出539.41亿元。\n"
        "（二）政府性基金预算执行情况\n全市收入完成61.92亿元。\n"
    )
    assert names(text) == [
        ("32.17亿", "市本级一般公共预算收入"),
        ("105.88亿", "市本级一般公共预算支出"),
        ("176.28亿", "一般公共预算收入"),
        ("1.0%", "一般公共预算收入同比增长"),
        ("539.41亿", "一般公共预算支出"),
        ("61.92亿", "政府性基金收入"),
    ]


def test_the_kind_of_flow_may_stand_in_a_heading_of_its_own() -> None:
    text = "（一）一般公共预算\n1.收入情况。全市168.93亿元，完成预算的96.4%。\n2.支出情况。全市337.36亿元。\n"
    assert [name for _, name in names(text)][::2] == ["一般公共预算收入", "一般公共预算支出"]


def test_an_item_names_its_aim_its_outcome_and_its_rate() -> None:
    text = "1．城镇新增就业。目标5.2万人，实际完成56316人，完成率108.3%。\n2．老旧小区改造。共14个小区，已完工9个。\n"
    found = names(text)
    assert found[:3] == [
        ("5.2万", "城镇新增就业目标"),
        ("56316", "城镇新增就业"),
        ("108.3%", "城镇新增就业完成率"),
    ]
    assert all("老旧小区改造" in name for _, name in found[3:])


def test_receipts_and_outlays_of_one_pair() -> None:
    text = "全市一般公共预算收支分别完成201.33亿元、673.09亿元。政府债务限额、余额分别为1200亿元、1120亿元。"
    assert names(text) == [
        ("201.33亿", "一般公共预算收入"),
        ("673.09亿", "一般公共预算支出"),
        ("1200亿", "政府债务限额"),
        ("1120亿", "政府债务余额"),
    ]


def test_the_whole_and_a_part_of_the_place_in_one_pair() -> None:
    text = "截至年底，全市及市级政府债务余额分别为1583.24亿元、702.1亿元。"
    assert [name for _, name in names(text)] == ["政府债务余额", "市级政府债务余额"]


def test_the_three_sectors_written_short() -> None:
    found = names("一、二、三产业增加值分别增长4.2%、5.0%、5.4%。")
    assert [name for _, name in found] == [f"第{n}产业增加值同比增长" for n in "一二三"]


def test_a_second_list_under_its_own_total_takes_the_noun_of_it() -> None:
    text = (
        "征缴收入合计18.07亿元，养老、失业、工伤分别为15.46亿元、1.53亿元和1.08亿元；"
        "基金支出合计22.1亿元，分别为19.37亿元、1.61亿元和1.12亿元。"
    )
    found = dict(names(text))
    assert found["1.53亿"] == "失业征缴收入"
    assert found["1.61亿"] == "失业基金支出"


def test_pairs_that_grew_from_one_pair_to_another() -> None:
    text = "总部企业、研发中心分别从771家、481家增加到1076家、636家。"
    assert [name for _, name in names(text)] == ["总部企业", "研发中心", "总部企业", "研发中心"]


@pytest.mark.parametrize(
    ("text", "numeral"),
    [
        ("年度目标：新改建农村公路65公里，危桥改造9座。", "9"),
        ("1．创业贷款。目标发放6亿元，实际发放7.4亿元。", "6亿"),
        ("3.公共充电桩。任务180个，仅建成74个。", "180"),
        ("二、棚户区改造\n全年开工任务1850套，实际开工1912套。", "1850"),
    ],
)
def test_the_aims_of_an_item_are_targets(text: str, numeral: str) -> None:
    found = figures(text)
    assert found[numeral].modality == "target"
    assert [f.modality for f in found.values()][-1] == ("actual" if len(found) > 1 and numeral != "9" else "target")


def test_an_estimate_at_the_end_of_the_year_is_no_target() -> None:
    found = figures("预计全年实现财政总收入3.46亿元。", published_on="2022-12-20")
    assert found["3.46亿"].modality == "actual"


def test_by_a_year_that_is_over_nothing_is_aimed_at() -> None:
    text = "产值从2020年的21亿元增加到2025年的31亿元。"
    assert {f.modality for f in figures(text, published_on="2026-02-01").values()} == {"actual"}
    assert figures("到2030年，产值达到50亿元。", published_on="2026-02-01")["50亿"].modality == "target"


@pytest.mark.parametrize(
    "text",
    [
        "新增7个全国未来产业示范园。",
        "7所学校入选国家“双高计划”。",
        "21件实事已完成全年任务。",
    ],
)
def test_words_of_plans_inside_names_and_results_aim_at_nothing(text: str) -> None:
    assert read(text, published_on="2026-01-20").figures[0].modality == "actual"


def test_the_extent_of_a_task_and_its_parts_are_aimed_at_too() -> None:
    text = "省下达改造任务128个小区，涉及692栋楼，其中老城区71个、新区57个。"
    assert {f.modality for f in read(text).figures} == {"target"}


def test_a_share_of_a_whole_that_is_stated_between() -> None:
    found = read("流转土地5.4万亩，占耕地总面积6.9万亩的78.3%。")
    assert found.figures[-1].indicator == "流转土地占耕地总面积比重"
    assert found.figures[-1].measure == "rate"


def test_products_in_a_row_take_over_the_noun_of_the_first() -> None:
    found = names("原煤产量6.2亿吨，原油1.06亿吨，棉花224万吨。")
    assert [name for _, name in found] == ["原煤产量", "原油产量", "棉花产量"]


def test_who_reported_is_no_part_of_the_name() -> None:
    found = read("据31个省和建设兵团报告新增确诊病例165例。").figures
    assert found[-1].indicator == "新增确诊病例"
