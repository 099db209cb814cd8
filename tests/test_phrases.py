"""Phrases of reports: what a name takes over, what a word turns into a plan, what a list shares, what adds up."""

from __future__ import annotations

import pytest

from tests.extraction import classes, figure, figures, read, relations_of

BUDGET = {"published_on": "2025-02-10", "title": "2024年预算执行情况和2025年预算草案"}


def names(text: str, **known: str | None) -> list[str]:
    return [figure.indicator for figure in read(text, **known).figures]  # type: ignore[arg-type]


def changes(text: str) -> list[tuple[str, ...]]:
    """Each level with the change that the text states of it, by their numerals."""
    return relations_of(text, "change")


def sums(text: str, **known: str | None) -> list[tuple[str, tuple[str, ...], bool]]:
    """Each total with its parts, by their numerals, and whether they make it up."""
    found = read(text, **known)  # type: ignore[arg-type]
    word = {f.start: f.text for f in found.figures}
    made = [r for r in found.relations if r.relation == "sum"]
    return [(word[r.total or 0], tuple(word[part] for part in r.parts), r.complete) for r in made]


# --- what growth is on, and of


@pytest.mark.parametrize(
    ("text", "numeral", "expected"),
    [
        ("从同比看，鲜果价格上涨1.2%。从环比看，鲜果价格下降0.3%。", "0.3%", "鲜果价格环比增长"),
        ("从环比看，全省居民消费价格上涨0.6%。其中，农村下降0.7%。", "0.7%", "农村居民消费价格环比增长"),
        ("建材价格环比上涨0.6%，其中水泥上涨1.4%，玻璃上涨0.2%。", "0.2%", "玻璃价格环比增长"),
        ("7月份，蛋类价格由上月持平转为上涨0.8%。", "0.8%", "蛋类价格环比增长"),
        ("6月份，工业用电量由上月下降转为增长0.9%。", "0.9%", "工业用电量环比增长"),
        ("采石业、运输业均保持10%以上增长。", "10%", "采石业、运输业同比增长"),
        ("工业用电量5月份0.4%的同比涨幅为年内最低。", "0.4%", "工业用电量同比增长"),
        ("机关公文精简12%。", "12%", "机关公文同比增长"),
        ("群众满意率与上年相比低2.1个百分点。", "2.1", "群众满意率同比变化"),
        ("全县人均生产总值比2010年翻两番。", "两", "人均生产总值翻番"),
        ("存款余额五年增长1倍。", "1", "存款余额同比增长"),
        ("鲜菜价格下降7.2%，影响居民消费价格下降0.12个百分点。", "0.12", "鲜菜价格影响居民消费价格变化"),
        ("出口增长8%，带动贸易逆差下降46%。", "46%", "贸易逆差同比增长"),
    ],
)
def test_what_a_growth_is_of_and_on(text: str, numeral: str, expected: str) -> None:
    assert figure(text, numeral).indicator == expected


def test_growth_despite_a_fall_is_of_the_whole_and_the_fall_of_the_part() -> None:
    text = "全市进出口在对欧贸易下降31%的情况下增长12%。"
    assert names(text) == ["对欧贸易同比增长", "进出口同比增长"]


def test_a_change_of_a_part_is_none_of_the_whole() -> None:
    text = "全市进出口总额8600亿元，增长5.1%，其中逆差减少231亿元。"
    assert figure(text, "231亿").indicator == "逆差增加"
    assert changes(text) == [("8600亿", "5.1%")]


@pytest.mark.parametrize("told", ["折合", "约合", "相当于"])
def test_what_is_told_in_another_measure_is_not_what_grew(told: str) -> None:
    text = f"全市平均降水量845.2毫米，{told}水量36.5亿立方米，比上年偏多12.3%。"
    assert names(text) == ["平均降水量", "水量", "平均降水量同比增长"]
    assert changes(text) == [("845.2", "12.3%")]


# --- parts, and what a list shares


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("服务进出口总额62亿元，其中服务出口25亿元，服务进口37亿元。", ["服务出口总额", "服务进口总额"]),
        (
            "高技术产业实际使用外资46亿元，其中高技术制造业18亿元，高技术服务业28亿元。",
            ["高技术制造业实际使用外资", "高技术服务业实际使用外资"],
        ),
        ("养老保险基金收入14亿元，完成预算的97%（其中市本级收入13亿元）。", ["", "市本级养老保险基金收入"]),
        ("一般公共预算支出86亿元，加上上解支出、债务还本支出后总支出95亿元。", ["一般公共预算总支出"]),
        ("收入86亿元，加上转移支付后收入总计120亿元。", ["收入总计"]),
        ("事故造成3人死亡2人受伤。", ["受伤"]),
        ("造成12人受伤，其中重伤3人、轻伤9人。", ["重伤", "轻伤"]),
        ("初中在校生总数2.6万人，专任教师2100人。", ["初中专任教师"]),
        ("依法打击非法采矿犯罪，审结486件892人。", ["审结非法采矿犯罪", "审结非法采矿犯罪"]),
        ("加快推进危房改造，完成4200户。", ["完成危房改造"]),
        ("新开工项目32个，其余6个正在办理前期手续。", ["办理前期手续"]),
        ("全年货运量和客运量完成3620万吨和1250万人次。", ["货运量", "客运量"]),
        ("总投资3.2亿元的城南污水处理厂全面开工。", ["城南污水处理厂总投资"]),
        ("投资9600万元的白水县第二小学建成投用。", ["投资白水县第二小学"]),
        ("中心实验室助力油田年产量突破90万吨。", ["油田年产量"]),
        ("建成6个智能工厂，出台12项支持政策，还款3亿元。", ["建成智能工厂", "出台支持政策", "还款"]),
    ],
)
def test_the_last_names_of_a_sentence(text: str, expected: list[str]) -> None:
    found = names(text)[-len(expected) :]
    assert [name for name, wanted in zip(found, expected, strict=True) if wanted] == [w for w in expected if w]


def test_the_first_of_two_levels_says_what_is_counted_too() -> None:
    assert names("获得2个省级、3个市级示范社。")[0] == "获得省级示范社"


@pytest.mark.parametrize(
    ("banks", "tail"),
    [
        (["东河农商行", "西河农商行", "建设银行"], "涉农贷款余额"),
        (["甲州银行", "乙山银行", "白水农商行"], "绿色贷款余额"),
    ],
)
def test_banks_of_a_list_share_what_the_last_one_says(banks: list[str], tail: str) -> None:
    text = f"{'、'.join(banks)}{tail}分别为15亿元、12亿元、9亿元。"
    assert names(text) == [bank + tail for bank in banks]


@pytest.mark.parametrize("dealt", ["分别达到", "", "分别为"])
def test_town_and_country_are_dealt_apart_with_their_growth(dealt: str) -> None:
    text = f"城乡居民人均消费支出{dealt}32530元和16280元，年均增长4.6%和5.2%。"
    town, country = "城镇居民人均消费支出", "农村居民人均消费支出"
    assert names(text) == [town, country, town + "年均增长", country + "年均增长"]
    assert changes(text) == [("32530", "4.6%"), ("16280", "5.2%")]


def test_growth_that_only_a_comma_sets_beside_growth_is_growth_too() -> None:
    first, second = read("城乡居民人均纯收入年均增长6.3%、9.1%。").figures
    assert (first.indicator, second.indicator) == ("城镇居民人均纯收入年均增长", "农村居民人均纯收入年均增长")
    assert (first.measure, second.measure) == ("change", "change")


def test_shares_dealt_out_behind_levels_are_of_each_of_them() -> None:
    text = "农业用水8亿立方米、工业用水4亿立方米、生活用水2亿立方米，分别占用水总量的57%、29%、14%。"
    assert names(text)[3:] == [f"{use}用水占用水总量比重" for use in ("农业", "工业", "生活")]


@pytest.mark.parametrize(
    ("word", "qualifier"), [("超", "at_least"), ("超过", "at_least"), ("不足", "at_most"), ("约", "approximate")]
)
def test_what_is_dealt_out_shares_the_qualifier(word: str, qualifier: str) -> None:
    found = figures(f"入园率、巩固率分别{word}98.5%和99%。")
    assert [f.qualifier for f in found.values()] == [qualifier, qualifier]


# --- numerals, units and what counts nothing


@pytest.mark.parametrize(
    ("text", "numeral", "value", "unit", "qualifier"),
    [
        ("全县两成农户参加合作社。", "两成", 20, "%", "exact"),
        ("近两成企业扩大用工。", "两成", 20, "%", "approximate"),
        ("全年外贸进出口4万多亿元。", "4万多亿", 4 * 10**12, "元", "at_least"),
        ("投资3百多万元。", "3百多万", 3 * 10**6, "元", "at_least"),
        ("救援持续7个多小时。", "7", 7, "个小时", "at_least"),
        ("历时3个多月。", "3", 3, "个月", "at_least"),
        ("引进2600大学生。", "2600", 2600, "", "exact"),
        ("3名家庭困难学生获助。", "3", 3, "名", "exact"),
    ],
)
def test_numerals_and_their_units(text: str, numeral: str, value: int, unit: str, qualifier: str) -> None:
    found = figure(text, numeral)
    assert (int(found.value or 0), found.unit, found.qualifier) == (value, unit, qualifier)


@pytest.mark.parametrize(
    ("text", "numeral", "numeral_class"),
    [
        ("各项贷款保持两位数增长。", "两", "word"),
        ("惠及亿万人民。", "亿万", "word"),
        ("石桥村四组28户参加。", "四", "ordinal"),
        ("性别比（以女性为100，男性对女性的比例）为104.35。", "100", "component"),
    ],
)
def test_what_counts_nothing(text: str, numeral: str, numeral_class: str) -> None:
    assert classes(text)[numeral] == numeral_class
    assert numeral not in figures(text)


def test_ratios_and_structures_are_their_own_measures() -> None:
    assert figure("全县常住人口性别比为104.35。", "104.35").measure == "index"
    assert figure("性别比（以女性为100，男性对女性的比例）为104.35。", "104.35").indicator == "性别比"
    assert figure("地表水pH值为7.6。", "7.6").measure == "index"
    structure = read("三次产业结构为17.3比32.2比50.5。").figures
    assert [(f.text, f.indicator) for f in structure] == [(n, "三次产业结构") for n in ("17.3", "32.2", "50.5")]


# --- plans


@pytest.mark.parametrize(
    ("text", "target", "actual"),
    [
        ("今年将新建学校5所，改扩建幼儿园8所。", ("5", "8"), ()),
        ("今年计划新建泵站12座，改造水渠30公里，已完工9座。", ("12", "30"), ("9",)),
        ("全年计划投资12亿元，调整为14亿元。", ("12亿", "14亿"), ()),
        ("将农村低保标准提高到每月520元，今年将新增床位86张。", ("86",), ("520",)),
        ("村里将13口鱼塘改造成湿地，明年将新建公园6个。", ("6",), ("13",)),
        ("消防员将12名群众转移到安全地带。", (), ("12",)),
        ("“雁归”人才计划引进博士86名。", (), ("86",)),
        ("“春雨”行动计划资助学生86名。", (), ("86",)),
        ("收入年初预算为51431万元，完成52800万元。", ("51431万",), ("52800万",)),
        ("批准的社会保险基金预算收入2121万元，实际完成2200万元。", ("2121万",), ("2200万",)),
    ],
)
def test_what_is_planned_and_what_is_done(text: str, target: tuple[str, ...], actual: tuple[str, ...]) -> None:
    found = figures(text)
    assert [found[numeral].modality for numeral in target] == ["target"] * len(target)
    assert [found[numeral].modality for numeral in actual] == ["actual"] * len(actual)


def test_sums_of_a_budget_are_plans_of_the_year_reported_on_and_called_after_the_heading() -> None:
    found = figures("二、政府性基金预算\n支出年初预算为24000万元，预算调整为34940万元，支出完成33000万元。\n", **BUDGET)
    assert [f.modality for f in found.values()] == ["target", "target", "actual"]
    assert {f.time_end for f in found.values()} == {"2024-12-31"}
    text = "三、社会保险基金预算\n收入预算为218万元。\n四、国有资本经营预算\n收入预算为318万元。\n"
    by_heading = figures(text, **BUDGET).values()
    assert [f.indicator for f in by_heading] == ["社会保险基金预算收入预算", "国有资本经营预算收入预算"]
    assert {f.modality for f in by_heading} == {"target"}


# --- levels of government, and what adds up


@pytest.mark.parametrize(("end", "after"), [("全市", ""), ("县（市、区）", "县（市、区）")], ids=["whole", "below"])
def test_a_figure_of_the_citys_own_level_names_the_level_of_its_block_until_another_is_named(
    end: str, after: str
) -> None:
    text = f"市本级债务限额309亿元，其中一般债务限额59亿元。税收收入28亿元。{end}税收收入96亿元。非税收入20亿元。"
    found = figures(text, place="滨州市")
    assert [found[n].indicator for n in ("59亿", "28亿")] == ["市本级一般债务限额", "市本级税收收入"]
    assert [found[n].indicator for n in ("96亿", "20亿")] == [f"{after}税收收入", f"{after}非税收入"]


def test_parts_within_parts_of_a_debt_limit() -> None:
    text = (
        "全市政府债务限额900亿元。全市政府债务限额中，市本级320亿元，其中：一般债务限额120亿元，专项债务限额200亿元；"
        "县（市、区）580亿元，其中：一般债务限额180亿元，专项债务限额400亿元。"
    )
    assert sums(text, place="滨州市") == [
        ("900亿", ("320亿", "580亿"), True),
        ("320亿", ("120亿", "200亿"), True),
        ("580亿", ("180亿", "400亿"), True),
    ]


@pytest.mark.parametrize("lead", ["支出调整为52亿元。", "民生支出52亿元，增长3%。主要支出情况：", "支出52亿元，其中："])
def test_bullets_with_dashes_add_up_to_the_total_before_them(lead: str) -> None:
    text = f"{lead}\n——教育支出21亿元，增长2%。\n——卫生支出12亿元，下降1%。\n——交通支出19亿元，增长5%。\n"
    assert sums(text) == [("52亿", ("21亿", "12亿", "19亿"), True)]


def test_a_bracket_within_a_part_does_not_end_the_total() -> None:
    text = "民生支出52亿元，其中：教育支出21亿元（小学8亿元、中学13亿元）。卫生支出12亿元。交通支出19亿元。"
    assert ("52亿", ("21亿", "12亿", "19亿"), True) in sums(text)


def test_animals_in_several_counting_words_make_a_total_in_all_of_them() -> None:
    text = "年末猪牛羊存栏190.5万头（只），下降2.4%。其中：生猪存栏30万头，增长4%；牛存栏50.5万头；羊存栏110万只。"
    assert sums(text) == [("190.5万", ("30万", "50.5万", "110万"), True)]


def test_what_places_state_makes_the_total_of_all_within_rounding() -> None:
    text = (
        "全年大冶市生产总值96.5亿元，增长4%。人口64万人。"
        "黄石港区生产总值30.24亿元，增长3%；西塞山区生产总值40.14亿元，增长2%；铁山区生产总值26.13亿元。"
    )
    parts = ("30.24亿", "40.14亿", "26.13亿")
    assert ("96.5亿", parts, True) in sums(text)
    assert not [s for s in sums(text.replace("26.13", "27.13")) if s[0] == "96.5亿"]


@pytest.mark.parametrize(("done", "holds"), [("23", True), ("22", False)])
def test_what_is_done_and_what_is_not_make_all_even_of_a_few(done: str, holds: bool) -> None:
    text = f"反馈问题涉及整改任务26项，已完成整改{done}项，正在整改3项。"
    assert (("26", (done, "3"), True) in sums(text)) is holds


def test_a_stage_is_told_of_the_thing_whose_name_holds_the_action() -> None:
    text = "反馈问题涉及整改任务26项，已完成整改21项，正在整改3项，未完成2项。"
    ends = ["涉及整改任务", "已完成整改任务", "正在整改任务", "未完成任务"]
    assert all(name.endswith(end) for name, end in zip(names(text), ends, strict=True))


def test_what_holds_and_what_does_not_make_a_count_told_before() -> None:
    text = "转办信访举报186件，其中重点件40件。经核查，属实163件，不属实23件。"
    assert ("186", ("163", "23"), True) in sums(text)
    assert not sums(text.replace("不属实", "退回"))


def test_a_second_yardstick_shares_the_words_of_the_first_and_is_no_place() -> None:
    found = figures("全市生产总值增长5.3%，高于全国0.5个、全省0.3个百分点。", place="鹤壁市")
    assert [found[n].place for n in ("0.5", "0.3")] == ["鹤壁市", "鹤壁市"]
    assert found["0.3"].indicator.endswith("与全省之差")
    assert found["0.3"].unit == found["0.5"].unit == "个百分点"


@pytest.mark.parametrize("between", ["、", "和"])
@pytest.mark.parametrize("units", ["0.5个和0.3个百分点", "0.5、0.3个百分点"])
def test_distances_from_several_yardsticks_are_told_in_their_order(between: str, units: str) -> None:
    found = figures(f"全市生产总值增长5.3%，分别高于全国{between}全省平均水平{units}。", place="鹤壁市")
    assert [found[n].indicator[-5:] for n in ("0.5", "0.3")] == ["与全国之差", "与全省之差"]
    assert {found[n].place for n in ("0.5", "0.3")} == {"鹤壁市"}


def test_a_standard_a_head_and_month_is_named_without_those_words_and_dealt_to_the_parts_before() -> None:
    text = "现有孤儿210人，其中集中养育孤儿95人，社会散居孤儿115人，生活保障标准分别为每人每月1670元和1240元。"
    assert names(text)[-2:] == ["集中养育孤儿生活保障标准", "社会散居孤儿生活保障标准"]
    assert names("城市低保标准为每人每月800元，农村低保标准达到每人每年6800元。") == ["城市低保标准", "农村低保标准"]


@pytest.mark.parametrize(("one", "two"), [("（1）", "（2）"), ("1.", "2."), ("①", "②")])
def test_a_place_that_labels_an_item_is_the_place_of_its_figures(one: str, two: str) -> None:
    text = f"分区域看：\n{one}漕河镇：计划改造21个，完工14个；\n{two}蕲州镇：计划改造7个，完工3个。\n"
    found = figures(text, place="蕲春县")
    assert [found[n].place for n in ("21", "14", "7", "3")] == ["漕河镇", "漕河镇", "蕲州镇", "蕲州镇"]
    sampled = figures(f"抽检情况：\n{one}漕河镇好客来饭店的餐盘不合格。其余5批次合格。\n", place="蕲春县")
    assert sampled["5"].place == "蕲春县"


def test_a_ratio_that_turns_into_another_is_an_index_twice() -> None:
    found = figures("城乡居民收入比由上年同期的2.48缩小至2.43。")
    assert {(f.indicator, f.measure) for f in found.values()} == {("城乡居民收入比", "index")}
    assert set(found) == {"2.48", "2.43"}
    ratios = figures("小学、初中生师比分别为15.44∶1和11.46∶1。")
    assert set(ratios) == {"15.44", "11.46"}


def test_pupils_of_a_year_and_patients_keep_whose_they_are() -> None:
    assert names("小学招生6984人，毕业8127人；初中招生8063人，毕业7541人。")[1::2] == ["小学毕业", "初中毕业"]
    assert names("糖尿病患者在管4893人，规范管理3621人。")[1] == "糖尿病患者规范管理"
    assert names("麻疹疫苗、百白破疫苗接种率分别为98.2%、97.5%。") == ["麻疹疫苗接种率", "百白破疫苗接种率"]


def test_income_that_rises_keeps_that_word() -> None:
    assert names("建成林下经济基地87个，带动农户5.6万户，户均增收3200元。")[-1] == "带动农户户均增收"
    assert names("全年户均增收3200元。") == ["户均增收"]


@pytest.mark.parametrize("people", ["居民", "群众"])
def test_who_was_drawn_stands_behind_the_number(people: str) -> None:
    assert names(f"活动吸引近200名{people}参与。") == [f"活动吸引{people}"]
    assert names(f"沿线3.2万名{people}将从中受益。") == [f"沿线{people}"]
    assert names("人口位居全省第3位，小麦面积稳在了30万亩。")[-1] == "小麦面积"


# --- what lists share, and what is no figure


def test_a_list_of_goods_shares_the_flow_that_its_last_member_names() -> None:
    goods = "家电、玩具、灯具{flow}分别增长17.2%、6.4%、8.5%。"
    assert names(goods.format(flow="出口")) == ["家电出口同比增长", "玩具出口同比增长", "灯具出口同比增长"]
    assert names(goods.format(flow="厂"))[0] == "家电同比增长"


def test_growth_dealt_out_is_of_the_levels_grown_to_and_not_of_those_grown_from() -> None:
    text = "农村低保标准由4100元提高到4500元，特困供养标准由6200元提高到6700元，增幅分别为9.8%和8.1%。"
    assert changes(text) == [("4500", "9.8%"), ("6700", "8.1%")]
    assert names(text)[-2:] == ["农村低保标准同比增长", "特困供养标准同比增长"]


def test_growth_of_other_things_is_not_related_to_the_list_before() -> None:
    text = "公路、桥梁项目投资分别完成年计划的108.5%、131.2%，城镇、农村居民人均可支配收入分别增长4.1%、5.2%。"
    assert changes(text) == []
    same = "公路、桥梁项目投资分别为12亿元、7亿元，分别增长4.1%、5.2%。"
    assert changes(same) == [("12亿", "4.1%"), ("7亿", "5.2%")]


@pytest.mark.parametrize(
    ("text", "numeral", "modality"),
    [
        ("学校、医院项目分别完成年计划的108.5%、131.2%。", "108.5%", "actual"),
        ("20件实事已完成12件，其余8件均按计划推进。", "8", "actual"),
        ("20件实事已完成12件，其余8件计划年底建成。", "8", "target"),
    ],
)
def test_what_is_measured_by_a_plan_or_goes_by_it_is_none(text: str, numeral: str, modality: str) -> None:
    assert figure(text, numeral).modality == modality


@pytest.mark.parametrize(
    ("text", "numeral", "kind"),
    [
        ("落实县委十六届三次全会部署。", "十六", "ordinal"),
        ("落实县委十六届五次、六次全会部署。", "五", "ordinal"),
        ("全年举办十六届展销会。", "十六", "figure"),
        ("全年开展五次、六次不等的检查。", "五", "figure"),
    ],
)
def test_a_term_and_its_sessions_count_nothing(text: str, numeral: str, kind: str) -> None:
    assert classes(text)[numeral] == kind


def test_a_cause_of_growth_is_stated_with_its_figure() -> None:
    assert figure("受水果进口增长12.4%等因素带动，口岸税收增长9.1%。", "12.4%").measure == "change"


def test_a_source_named_behind_a_percentage_does_not_blur_it() -> None:
    assert figure("一般公共预算收入84亿元，同比增长3%来源：县财政局", "3%").qualifier == "exact"
    assert figure("全村茶园三百来亩。", "三百").qualifier == "approximate"


def test_the_total_of_a_product_is_that_product() -> None:
    text = "2023年，全市生产总值突破9000亿元，总量居全省第五；2024年总量达9712.6亿元、增长6.1%。"
    assert figure(text, "9712.6亿").indicator == "地区生产总值"


def test_beds_and_those_in_them_make_a_rate() -> None:
    found = read("全县养老机构床位1280张，入住老人563人，入住率44%。")
    word = {f.start: f.text for f in found.figures}
    rates = [r for r in found.relations if r.relation == "rate"]
    assert [(word[r.numerator or 0], word[r.denominator or 0], word[r.rate or 0]) for r in rates] == [
        ("563", "1280", "44%")
    ]


def test_a_paragraph_that_opens_with_this_year_is_no_more_about_the_years_to_come() -> None:
    told = (
        "二、规划任务和2026年工作安排\n会议对未来五年全省发展作出了安排。\n规划提出6项指标。\n"
        "{opening}，要以实干完成好各项任务。\n主要目标是：新增就业45万人。"
    )
    this_year = figure(told.format(opening="今年是规划的第一年"), "45万", published_on=None)
    assert (this_year.time_start, this_year.time_end) == ("2026-01-01", "2026-12-31")
    assert figure(told.format(opening="开局至关重要"), "45万", published_on=None).time_end == "2031-12-31"


def test_what_several_counties_make_together_is_of_none_of_them() -> None:
    apart = figure("2024年，滨城、邹平、博兴合计实现产值1906.5亿元。", "1906.5亿", place="滨州市")
    assert apart.place == "滨州市"
