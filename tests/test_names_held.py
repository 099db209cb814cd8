"""Names that a figure has from what holds it: a breakdown, a bracket, a list, what opens a paragraph or a part."""

from __future__ import annotations

from tests.extraction import classes, figures, read, sums


def test_a_breakdown_by_places_bears_the_whole_name_inside_brackets_too() -> None:
    text = "全省累计报告流感聚集性病例312例，治愈287例。聚集性病例中，武昌区41例（含水果湖街道6例）、江岸区38例。"
    found = figures(text, place="湖北省")
    assert {found[n].indicator for n in ("41", "6", "38")} == {found["312"].indicator}
    assert found["38"].place == "江岸区"


def test_so_many_of_a_thing_in_which() -> None:
    text = "418例住院患者中，市一院210例、市二院208例。"
    assert figures(text)["418"].indicator == "住院患者"


def test_a_breakdown_of_what_a_sentence_before_named_with_its_head() -> None:
    text = "第二产业增加值640亿元，增长4.9%。第二产业中，采矿业增加值75亿元，增长2.0%；建筑业增加值121亿元，增长6.3%。"
    assert ("640亿", ("75亿", "121亿")) in sums(text)


def test_schools_of_all_kinds_make_their_total_in_whatever_unit() -> None:
    text = "全县现有医疗机构96所。其中，公立医院4所，村卫生室81个，民营医院11家。"
    assert sums(text) == [("96", ("4", "81", "11"))]


def test_a_list_before_brackets_names_what_they_hold() -> None:
    text = "不合格原因为标签不全（14批次）、酸价超标（5批次）、菌落总数超标（3批次）。"
    found = figures(text)
    assert "酸价超标" in found["5"].indicator
    assert "菌落总数超标" in found["3"].indicator


def test_a_figure_behind_a_bracket_bears_the_words_before_it() -> None:
    text = "小麦平均单产（按13%水分折算）436公斤，比上年增加9公斤。"
    found = figures(text)
    assert found["436"].indicator == "小麦平均单产"
    assert found["9"].indicator.startswith("小麦平均单产")


def test_the_house_that_a_paragraph_opens_with() -> None:
    text = (
        "青川中心医院建筑面积2.4万平方米，设有16个临床科室，编制床位320张。\n\n"
        "东河卫生院建筑面积3100平方米，编制床位45张。\n"
    )
    found = figures(text)
    assert found["16"].indicator.startswith("青川中心医院") or found["16"].indicator.startswith("中心医院")
    assert "医院" in found["320"].indicator
    assert "卫生院" in found["45"].indicator


def test_the_field_that_a_part_opens_with() -> None:
    text = (
        "共抽检产品310批次。其中生产领域抽检62家企业的170批次，合格165批次；"
        "流通领域抽检48家商户的140批次，合格129批次。"
    )
    found = figures(text)
    assert found["165"].indicator.startswith("生产领域")
    assert found["129"].indicator.startswith("流通领域")


def test_a_class_of_size_is_a_label() -> None:
    text = "从面积看，90平方米以下412套，90—144平方米1260套，144平方米以上238套。"
    assert [f.text for f in read(text).figures] == ["412", "1260", "238"]
    assert "90平方米以下" in figures(text)["412"].indicator
    assert set(classes(text).values()) == {"figure", "threshold"}


def test_a_size_that_is_counted_is_a_figure() -> None:
    assert "90" in figures("新建街头绿地90平方米，惠及居民300户。")


def test_the_first_and_the_last_of_a_row_are_counted_nowhere() -> None:
    assert classes("完成率后三名：甲县41%；乙县38%。")["三"] == "ordinal"


def test_the_part_that_a_total_of_the_sentence_before_is_made_of() -> None:
    text = "全县应插秧面积52.0万亩，已完成40.5万亩。其中：早稻完成18.2万亩；中稻完成22.3万亩。"
    assert ("40.5万", ("18.2万", "22.3万")) in sums(text)


def test_what_is_done_and_what_is_left() -> None:
    text = "共发现隐患74处，均已建档；已整改69处，剩余5处正在整改。"
    assert ("74", ("69", "5")) in sums(text)


def test_money_that_qualifies_what_it_is_for() -> None:
    assert figures("市财政安排的600万元育秧补贴，已全部下达。")["600万"].indicator.endswith("育秧补贴")


def test_a_headline_of_two_states_takes_its_thing_from_the_text() -> None:
    text = "永安新增6例累计58例\n\n截至3月4日24时，全市累计报告登革热病例58例。3月4日，新增登革热病例6例。\n"
    found = read(text, published_on="2022-03-05").figures
    assert found[0].indicator == "新增登革热病例"
    assert found[1].indicator.startswith("累计")


def test_converted_money_is_of_what_was_told_in_the_other() -> None:
    found = figures("人均地区生产总值61240元，按全年平均汇率折算为9030美元。")
    assert found["9030"].indicator == "人均地区生产总值"
    assert found["9030"].measure == "money"


def test_those_who_died_in_which_accidents() -> None:
    text = "一季度共发生事故27起，死亡16人。按行业分，道路运输15起、死亡7人，建筑施工12起、死亡9人。"
    found = figures(text)
    assert found["16"].indicator == "事故死亡"
    for numeral, sector in (("7", "道路运输"), ("9", "建筑施工")):
        assert found[numeral].indicator.startswith(sector)
        assert found[numeral].indicator.endswith("死亡")


def test_what_an_item_of_a_sentence_is_about() -> None:
    text = "一是老旧小区改造，计划18个，开工11个；二是公共停车位，全年要建500个。"
    found = figures(text)
    assert "老旧小区改造" in found["11"].indicator
    assert "公共停车位" in found["500"].indicator


def test_a_whole_in_a_bracket_behind_its_name() -> None:
    text = "60周岁以上老年人29.8万人，占户籍总人口（91.4万人）的32.6%。"
    found = figures(text)
    assert found["91.4万"].indicator == "户籍总人口"
    assert found["32.6%"].indicator.endswith("占户籍总人口比重")
    assert "老年人" in found["32.6%"].indicator


def test_all_that_an_account_takes_in() -> None:
    text = "市本级收入完成27.7亿元，上级补助收入38.4亿元，上年结转5.5亿元，总收入71.6亿元。"
    assert sums(text) == [("71.6亿", ("27.7亿", "38.4亿", "5.5亿"))]


def test_a_second_division_of_one_total() -> None:
    text = "累计报告182例，其中男性93例、女性89例；110例有旅行史，64例有接触史，8例均无。"
    assert ("182", ("110", "64", "8")) in sums(text)


def test_money_is_money_without_its_unit() -> None:
    assert figures("全省前三季度GDP达8.8万亿。")["8.8万亿"].measure == "money"


def test_whose_pupils_and_teachers() -> None:
    text = "全市共有高中8所。招生8057人，专任教师687人。\n其中普通高中6所，招生5735人，在校生22502人。\n"
    found = figures(text)
    assert found["8057"].indicator == "高中招生"
    assert found["22502"].indicator == "普通高中在校生"


def test_teachers_by_kind_of_school() -> None:
    found = figures("专任教师6235人，其中幼儿园1263人、小学2418人。")
    assert found["1263"].indicator == "幼儿园专任教师"


def test_what_makes_an_inner_total_full() -> None:
    text = (
        "生产总值244.4亿元，其中：第一产业62.9亿元；第二产业65.6亿元，其中工业40.7亿元；建筑业24.9亿元。"
        "第三产业115.9亿元。"
    )
    assert sums(text) == [
        ("65.6亿", ("40.7亿", "24.9亿")),
        ("244.4亿", ("62.9亿", "65.6亿", "115.9亿")),
    ]


def test_names_that_stand_before_their_own_number_are_dealt_out() -> None:
    text = "法律援助、送戏下乡、残疾人培训等3项完成率分别为38%、64%和70%。"
    found = figures(text)
    assert [found[n].indicator for n in ("38%", "64%", "70%")] == [
        "法律援助完成率",
        "送戏下乡完成率",
        "残疾人培训完成率",
    ]


def test_behind_a_bracket_the_level_is_the_one_before_it() -> None:
    text = "诉讼案件收案2559件（含旧存133件），同比增加77.2%；结案1779件，结案率69.5%。"
    found = figures(text)
    assert "旧存" in found["133"].indicator
    assert "旧存" not in found["1779"].indicator + found["69.5%"].indicator


def test_what_was_passed_on_is_of_what_was_received() -> None:
    found = figures("受理网民留言255件，转办242件，办结221件。")
    assert {found[n].indicator for n in ("242", "221")} == {"转办网民留言", "办结网民留言"}


def test_a_bare_verb_takes_what_stands_behind_its_sum() -> None:
    assert figures("增发3200亿元国债支持灾后重建。")["3200亿"].indicator == "增发国债"


def test_output_is_that_of_the_companies_before_it() -> None:
    found = figures("装备制造企业38家，2020年实现产值96.4亿元，增加值17.2亿元；家具企业21家，实现产值30.5亿元。")
    assert found["96.4亿"].indicator == "装备制造企业产值"
    assert found["17.2亿"].indicator == "装备制造企业增加值"
    assert found["30.5亿"].indicator == "家具企业产值"


def test_what_is_taken_in_and_what_is_done_of_it() -> None:
    text = "人均结案61件。\n其中，诉讼案件收案1870件（含旧存96件），同比增长12%；结案1432件，结案率76.6%。"
    found = figures(text)
    assert found["1870"].indicator == "诉讼案件收案"
    assert found["1432"].indicator == "诉讼案件结案"


def test_two_actions_on_one_thing_are_dealt_out() -> None:
    found = figures("两级法院共受理和审结涉农案件分别为640件和518件。")
    assert (found["640"].indicator, found["518"].indicator) == ("受理涉农案件", "审结涉农案件")


def test_names_in_a_list_that_hold_a_comma_of_their_own() -> None:
    text = "铁路、船舶和其他运输设备制造业、通用设备制造业、金属制品业产值分别增长3.1%、4.2%和5.3%。"
    assert figures(text)["3.1%"].indicator != figures(text)["4.2%"].indicator
    apart = "煤炭开采和洗选业，石油、煤炭加工业，汽车制造业产值分别增长3.1%、4.2%和5.3%。"
    assert [f.indicator[:2] for f in read(apart).figures] == ["煤炭", "石油", "汽车"]


def test_the_noun_that_only_the_last_of_a_list_bears() -> None:
    found = figures("城关法院、东乡法院已分别聘请了6名、9名特约调解员。")
    assert (found["6"].indicator, found["9"].indicator) == ("城关法院特约调解员", "东乡法院特约调解员")


def test_the_same_things_in_another_unit() -> None:
    found = figures("系统已录入监测对象1.4万户、4.9万人，核查工作结束。")
    assert found["4.9万"].indicator == found["1.4万"].indicator


def test_one_level_grows_into_another_under_one_name() -> None:
    found = figures("出口突破3000亿元，占全国份额从12.5%提升到13.8%。")
    assert found["13.8%"].indicator == found["12.5%"].indicator


def test_the_former_and_the_latter() -> None:
    text = "困难家庭补贴惠及1400人，重度失能补贴惠及2600人，两项补贴合计支出418万元，前者155万元、后者263万元。"
    found = figures(text)
    assert "困难家庭" in found["155万"].indicator
    assert "重度失能" in found["263万"].indicator


def test_what_a_sentence_divides_names_its_parts() -> None:
    found = figures("各项工作有序推进。新收案件按类别分：刑事415件，民商事3360件。")
    assert found["3360"].indicator == "民商事新收案件"


def test_accidents_and_their_victims() -> None:
    found = figures("生产安全事故起数和死亡人数分别下降31.4%、26.5%。")
    assert found["26.5%"].indicator.startswith("生产安全事故死亡人数")


def test_towns_are_counted_without_a_counting_word() -> None:
    found = read("全县辖5镇9乡。").figures
    assert [(f.text, f.unit, f.indicator) for f in found] == [("5", "镇", "辖镇"), ("9", "乡", "辖乡")]


def test_each_of_several_shares() -> None:
    text = "监测井126眼。其中水位上升的63眼、持平的42眼、下降的21眼，各占50.0%、33.3%和16.7%。"
    related = [r for r in read(text).relations if r.relation == "rate"]
    words = {f.start: f.text for f in read(text).figures}
    pairs = [(words[r.numerator], words[r.denominator]) for r in related if r.numerator and r.denominator is not None]
    assert pairs[1:] == [("42", "126"), ("21", "126")]


def test_pupils_of_the_segment_before() -> None:
    found = figures("高等学校3所，全年招生1.46万人，增长4.2%；在校生4.31万人，增长6.7%；毕业生1.18万人。")
    assert found["4.31万"].indicator == "高等学校在校生"
    assert found["1.18万"].indicator == "高等学校毕业生"
