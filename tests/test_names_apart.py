"""Names that tell figures of one sentence apart: segments with words in common, labels, chains of counts, brackets."""

from __future__ import annotations

import pytest

from tests.extraction import figures, relations_of


def test_words_that_two_segments_share_belong_to_what_each_counts() -> None:
    text = "其中，道路工程18项，合同价4.2亿元，节约率为6.1%；设备采购33宗，预算0.8亿元，合同价0.7亿元，节约率为9.5%。"
    found = figures(text)
    assert found["4.2亿"].indicator == "道路工程合同价"
    assert found["0.7亿"].indicator == "设备采购合同价"
    assert "道路工程" in found["6.1%"].indicator
    assert "设备采购" in found["9.5%"].indicator
    assert found["33"].indicator == "设备采购"


def test_segments_that_share_no_words_keep_their_names() -> None:
    found = figures("新建学校6所，增加学位5400个；改造医院2家，购置设备310台。")
    assert found["5400"].indicator == "增加学位"
    assert found["310"].indicator == "购置设备"


def test_a_label_of_each_segment_names_its_number() -> None:
    found = figures("警告：41人；罚款：87人；扣留车辆：16辆。")
    assert [found[n].indicator for n in ("41", "87", "16")] == ["警告", "罚款", "扣留车辆"]


def test_counts_in_a_chain_are_each_of_what_follows_them() -> None:
    found = figures("大风造成6个乡镇38个村1.2万人受灾。")
    assert found["38"].indicator == "村"
    assert "受灾" in found["1.2万"].indicator


def test_a_share_in_a_bracket_is_of_the_noun_before_it() -> None:
    found = figures("诉求主要集中在物业服务（占比21.4%）、噪声扰民（占比13.8%）。")
    assert found["21.4%"].indicator == "物业服务占比"
    assert found["13.8%"].indicator == "噪声扰民占比"


def test_a_share_in_a_bracket_behind_a_figure_is_of_that_figure() -> None:
    assert figures("接诊老人360人（占比45%）。")["45%"].indicator == "接诊老人占比"


@pytest.mark.parametrize(
    ("text", "numeral", "indicator"),
    [
        ("小学招生数5210人，比上年减少96人；在校生数33240人。", "33240", "小学在校生数"),
        ("职业高中招生人数2480人，其中女生1130人。在校生人数7015人。", "7015", "职业高中在校生人数"),
        ("专科学校招生人数1860人，其中护理620人，会计410人。", "620", "护理招生人数"),
        ("参加职工基本医疗保险人数52.3万人，其中在职职工38.1万人。", "38.1万", "职工基本医疗保险在职职工"),
        ("全市机场累计发送旅客81.6万人次，其中国内航线完成80.2万人次。", "80.2万", "国内航线发送旅客"),
        ("港口货物吞吐量940万吨，其中内贸完成610万吨。", "610万", "内贸货物吞吐量"),
        ("诊疗人次216万人次，其中社区卫生中心74万人次。", "74万", "社区卫生中心诊疗人次"),
        ("收到专项资金6.4亿元，已分配下达6.1亿元。", "6.1亿", "分配下达专项资金"),
        ("新建社区食堂15家，已有8家开餐。", "8", "社区食堂开餐"),
        ("改造小区18个，涉及3126户，其中完工7个、正在施工11个。", "7", "小区"),
        ("城镇新增就业4.1万人，是年初3.5万人目标的117.1%。", "3.5万", "城镇新增就业目标"),
        ("北坡灌区改造工程，目前已编制可研报告，概算总投资3.6亿元。", "3.6亿", "北坡灌区改造工程概算总投资"),
        ("环城公路，北起白桥，南到青山，全长26公里，总投资9亿元。", "9亿", "环城公路总投资"),
        ("建成社区食堂51家，拥有床位260张。", "260", "建成社区食堂拥有床位"),
        ("建有园区14个，其中：省级园区5个（其中新增1个）总面积8.6万亩。", "8.6万", "省级园区总面积"),
    ],
)
def test_a_part_bears_what_it_needs_of_its_whole(text: str, numeral: str, indicator: str) -> None:
    assert figures(text)[numeral].indicator.endswith(indicator)


def test_the_account_named_before_what_is_added_to_it() -> None:
    text = (
        "市本级一般公共预算收入31.5亿元，增长2.2%。全市一般公共预算收入88.4亿元，增长3.1%。\n"
        "市本级一般公共预算收入，加上上级补助、上年结转等60.2亿元，收入总计91.7亿元。"
    )
    found = figures(text)
    assert found["91.7亿"].indicator == "市本级一般公共预算收入总计"
    assert found["60.2亿"].indicator.startswith("市本级一般公共预算")
    assert ("91.7亿", "31.5亿", "60.2亿") in relations_of(text, "sum")


def test_both_sides_of_what_one_word_names() -> None:
    text = "金融机构存贷款余额为912亿元和705亿元，分别增长7.3%和9.9%。"
    found = figures(text)
    assert found["912亿"].indicator == "金融机构存款余额"
    assert found["705亿"].indicator == "金融机构贷款余额"
    assert relations_of(text, "change") == [("912亿", "7.3%"), ("705亿", "9.9%")]


def test_the_verb_that_a_list_is_dealt_out_by() -> None:
    found = figures("茶叶、竹器、陶瓷出口势头良好，分别出口3.1亿元、2.4亿元、1.9亿元。")
    assert [found[n].indicator for n in ("3.1亿", "2.4亿", "1.9亿")] == ["茶叶出口", "竹器出口", "陶瓷出口"]


def test_a_list_with_marks_of_both_kinds() -> None:
    found = figures("颗粒物、氮氧化物和氨氮、化学需氧量排放量分别削减4.1%、3.3%、2.7%和2.9%。")
    assert [found[n].value < 0 for n in ("4.1%", "2.9%")] == [True, True]  # type: ignore[operator]
    assert found["2.7%"].indicator.startswith("氨氮")


def test_growth_elsewhere_that_growth_is_held_against() -> None:
    found = figures("地区生产总值增长5.2%，增速高于全省的4.6%，也高于全国的5.0%。", place="平湖市")
    assert {found[n].indicator for n in ("5.2%", "4.6%", "5.0%")} == {"地区生产总值同比增长"}
    assert {found[n].measure for n in ("4.6%", "5.0%")} == {"change"}


def test_growth_that_reaches_so_much_behind_its_mood() -> None:
    found = figures("工业投资，增势强劲，增长达31.8%。")
    assert found["31.8%"].measure == "change"
    assert found["31.8%"].indicator == "工业投资同比增长"


def test_growth_from_one_time_to_another() -> None:
    found = figures("固定资产投资增速也从上半年的12.4%，下跌至9.8%。")
    assert {found[n].measure for n in ("12.4%", "9.8%")} == {"change"}


def test_a_list_of_growth_may_end_in_points() -> None:
    text = "受理案件6120件，审结5904件，结案率96.5%，同比分别上升3.8%、4.4%和0.7个百分点。"
    assert relations_of(text, "change") == [("6120", "3.8%"), ("5904", "4.4%"), ("96.5%", "0.7")]
    assert figures(text)["0.7"].indicator.endswith("同比变化")


def test_points_of_a_structure_told_in_the_sentence_before() -> None:
    text = "三次产业结构为7.2:41.5:51.3。第一产业比重下降0.3个百分点，第三产业比重提高0.9个百分点。"
    assert relations_of(text, "change") == [("7.2", "0.3"), ("51.3", "0.9")]


def test_less_of_a_fall_is_more() -> None:
    found = figures("外币贷款减少64亿元，同比少减21亿元；委托贷款减少9亿元，同比多减3亿元。")
    assert found["21亿"].value is not None
    assert found["21亿"].value > 0
    assert found["3亿"].value is not None
    assert found["3亿"].value < 0


def test_a_division_by_levels_under_its_label() -> None:
    text = "全市一般公共预算收入62.5亿元。\n分级次：市本级21.4亿元，占比为34.2%。区县级41.1亿元，占比为65.8%。"
    found = figures(text)
    assert found["21.4亿"].indicator == "市本级一般公共预算收入"
    assert found["41.1亿"].indicator == "区县级一般公共预算收入"
    assert ("62.5亿", "21.4亿", "41.1亿") in relations_of(text, "sum")


def test_two_divisions_of_one_whole() -> None:
    text = "共有律师事务所36家，按形式分，合伙所30家、个人所6家；按区域分，城区22家，乡镇14家。"
    assert set(relations_of(text, "sum")) == {("36", "30", "6"), ("36", "22", "14")}


def test_no_part_is_the_whole_of_one_that_bears_its_name() -> None:
    text = (
        "常住人口82.6万人。其中城镇人口51.0万人，乡村人口31.6万人。"
        "户籍总人口90.4万人。其中城镇人口38.2万人，乡村人口52.2万人。"
    )
    assert ("90.4万", "38.2万", "52.2万") in relations_of(text, "sum")


def test_the_only_one_that_is_left() -> None:
    assert relations_of("今年22个项目，已办结21个，只剩1个仍在施工。", "sum") == [("22", "21", "1")]


def test_the_subject_before_an_action_of_some_length() -> None:
    found = figures("一年来狠抓大气治理，推进工业园集中供气和余热回收工程，投资2.6亿元。")
    assert "工业园集中供气和余热回收工程" in found["2.6亿"].indicator


def test_more_a_month_is_growth() -> None:
    found = figures("调整发放标准，生活补贴月增20元。")
    assert (found["20"].measure, found["20"].indicator) == ("change", "生活补贴增加")


def test_a_second_list_of_growth_is_of_the_levels_told_since_the_first() -> None:
    text = "甲税9.5亿元、乙税3.3亿元，分别增长21%、29%，丙税1.6亿元、丁税1.5亿元，分别下降31%、4%。"
    assert relations_of(text, "change") == [("9.5亿", "21%"), ("3.3亿", "29%"), ("1.6亿", "31%"), ("1.5亿", "4%")]
    assert figures(text)["4%"].indicator == "丁税同比增长"


def test_what_the_account_of_the_sentence_before_paid_out() -> None:
    text = (
        "一般公共预算总收入36亿元，其中：本级收入20亿元，补助收入16亿元。"
        "总支出35亿元，其中：本级支出33亿元，上解支出2亿元。"
    )
    assert figures(text)["35亿"].indicator == "一般公共预算总支出"


def test_what_is_told_a_head_of_all_is_told_of_each() -> None:
    found = figures("居民人均可支配收入10742元，增长5.5%，其中城镇、农村居民分别为14235元、7418元。")
    assert found["14235"].indicator == "城镇人均可支配收入"
    assert found["7418"].indicator == "农村居民人均可支配收入"
