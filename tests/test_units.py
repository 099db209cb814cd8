"""Units: the counting word or unit of measure after a number, as written and without its magnitude."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.extract.units import dimension, read_unit, units
from tests.extraction import figure, figures, read


@pytest.mark.parametrize(
    ("text", "numeral", "unit"),
    [
        ("播发报道41篇。", "41", "篇"),
        ("接种疫苗9000剂次。", "9000", "剂次"),
        ("接待游客3.2万人次。", "3.2万", "人次"),
        ("审结案件210件。", "210", "件"),
        ("收到人民来信65件次。", "65", "件次"),
        ("出动警车88辆次。", "88", "辆次"),
        ("建成高标准农田6.5万亩。", "6.5万", "亩"),
        ("公路里程达420公里。", "420", "公里"),
        ("绿地面积18平方公里。", "18", "平方公里"),
        ("供水量3600万立方米。", "3600万", "立方米"),
        ("用电量5.8亿千瓦时。", "5.8亿", "千瓦时"),
        ("装机容量200兆瓦。", "200", "兆瓦"),
        ("能耗下降至0.3吨标准煤/万元。", "0.3", "吨标准煤/万元"),
        ("人口密度为860人/平方公里。", "860", "人/平方公里"),
        ("补助标准为650元/人。", "650", "元/人"),
        ("浓度为31微克/立方米。", "31", "微克/立方米"),
        ("新增床位300张。", "300", "张"),
        ("购置设备25台（套）。", "25", "台（套）"),
        ("建设安置房1200套。", "1200", "套"),
        ("发放口罩5万只。", "5万", "只"),
        ("开行班列320列。", "320", "列"),
        ("提高1.2个百分点。", "1.2", "个百分点"),
        ("增长2.4倍。", "2.4", "倍"),
        ("出生率为8.5‰。", "8.5‰", "‰"),
        ("进口3亿美元。", "3亿", "美元"),
        ("吸收存款20亿港元。", "20亿", "港元"),
        ("收获粮食12万吨。", "12万", "吨"),
        ("清淤河道9条。", "9", "条"),
        ("开庭48场。", "48", "场"),
        ("慰问困难家庭260户。", "260", "户"),
    ],
)
def test_the_unit_as_written(text: str, numeral: str, unit: str) -> None:
    assert figure(text, numeral).unit == unit


@pytest.mark.parametrize(
    ("text", "numeral", "value", "unit"),
    [
        ("收入12.5亿元。", "12.5亿", "1250000000", "元"),
        ("收入3.6万亿元。", "3.6万亿", "3600000000000", "元"),
        ("奖补300万元。", "300万", "3000000", "元"),
        ("产粮12万吨。", "12万", "120000", "吨"),
        ("惠及九千余名职工。", "九千", "9000", "名"),
        ("受益八成。", "八成", "80", "%"),
        ("受益百分之九十五。", "百分之九十五", "95", "%"),
    ],
)
def test_the_magnitude_goes_into_the_value_not_the_unit(text: str, numeral: str, value: str, unit: str) -> None:
    found = figure(text, numeral)
    assert (found.value, found.unit) == (Decimal(value), unit)


@pytest.mark.parametrize(
    ("text", "numeral"),
    [
        ("惠及3.2万个体工商户。", "3.2万"),
        ("服务8.8万群众。", "8.8万"),
        ("带动1200家庭增收。", "1200"),
        ("发展5万人口集聚区。", "5万"),
    ],
)
def test_the_first_character_of_a_word_is_no_unit(text: str, numeral: str) -> None:
    """个 of 个体, 家 of 家庭, 人 of 人口 count nothing."""
    found = figures(text)
    if numeral in found:
        assert found[numeral].unit not in ("个", "家", "人")


@pytest.mark.parametrize(
    ("text", "units_in_order"),
    [
        ("分别提高0.2个和2.2个百分点。", ["个百分点", "个百分点"]),
        ("分别增长5%、6%和7%。", ["%", "%", "%"]),
        ("收入8亿元、9亿元。", ["元", "元"]),
        ("长、宽分别为3米和40厘米。", ["米", "厘米"]),
    ],
)
def test_units_of_a_list(text: str, units_in_order: list[str]) -> None:
    assert [f.unit for f in read(text).figures] == units_in_order


def test_one_sentence_mixes_magnitudes_and_currencies() -> None:
    """The neighbour's unit or magnitude is never taken."""
    found = figures("进出口总值1.2万亿元，其中出口6800亿元，对美出口90亿美元，跨境结算35万笔。")
    assert {word: (f.value, f.unit) for word, f in found.items()} == {
        "1.2万亿": (Decimal("1200000000000"), "元"),
        "6800亿": (Decimal("680000000000"), "元"),
        "90亿": (Decimal("9000000000"), "美元"),
        "35万": (Decimal("350000"), "笔"),
    }


@given(st.sampled_from(sorted(u for u in units() if not u.isascii() and len(u) >= 2)))
@settings(max_examples=150)
def test_every_unit_of_the_table_is_read_whole(unit: str) -> None:
    assert read_unit(f"{unit}。", 0) == unit
    assert read_unit(unit, 0) == unit


@given(st.text("个人元件亿%/（）台套吨公里平方米项次abkg。，", max_size=12), st.integers(0, 12))
def test_a_unit_is_what_stands_there(text: str, at: int) -> None:
    unit = read_unit(text, at)
    assert text[at : at + len(unit)] == unit


@pytest.mark.parametrize(
    ("unit", "kind"),
    [
        ("元", "money"),
        ("美元", "money"),
        ("元/人", "money"),
        ("人", "count"),
        ("件", "count"),
        ("%", "share"),
        ("吨标准煤", "mass"),
    ],
)
def test_dimensions(unit: str, kind: str) -> None:
    assert dimension(unit) == kind


def test_a_range_whose_ends_both_have_their_unit() -> None:
    found = read("无霜期95天—115天，浓度保持在0.021 mg/m3至0.187 mg/m3间。").figures
    assert [(str(f.value), str(f.value_high), f.unit, f.qualifier) for f in found] == [
        ("95", "115", "天", "range"),
        ("0.021", "0.187", "mg/m3", "range"),
    ]


def test_a_counting_word_in_a_bracket_that_lists_others() -> None:
    assert [f.unit for f in read("饲养牲畜16.4万只（头、匹），年平均风速2.8m/s。").figures] == ["只（头、匹）", "m/s"]


@pytest.mark.parametrize(
    ("text", "numeral", "unit", "indicator"),
    [
        ("现场有260名师生。", "260", "名", "师生"),
        ("选派34名医护人员。", "34", "名", "医护人员"),
        ("表彰18名优秀教师。", "18", "名", "优秀教师"),
        ("邀请40名家长。", "40", "名", "家长"),
        ("建成5个体育公园。", "5", "个", "体育公园"),
        ("引进12家电商企业。", "12", "家", "电商企业"),
        ("分解为26项目标任务。", "26", "项", "目标任务"),
        ("走访33位居民。", "33", "位", "居民"),
        ("发现61种植物。", "61", "种", "植物"),
        ("更换楼道窗2400樘。", "2400", "樘", "更换楼道窗"),
        ("整治河道31Km。", "31", "Km", "整治河道"),
    ],
)
def test_a_counting_word_before_a_word_that_seems_to_go_on_with_it(
    text: str, numeral: str, unit: str, indicator: str
) -> None:
    found = figures(text)[numeral]
    assert found.unit == unit
    assert found.indicator.endswith(indicator)


@pytest.mark.parametrize(
    "text", ["滨江花园三期、翠湖二期已交付。", "厂区三期扩容工程完工。", "履行三包义务。", "整治三轮车。"]
)
def test_phases_and_words_that_begin_with_a_numeral_count_nothing(text: str) -> None:
    assert not read(text).figures


def test_courses_that_were_held_count() -> None:
    assert figures("技能培训举办三期，培训学员140人。")["三"].unit == "期"


def test_each_one_counts() -> None:
    assert figures("东镇3个，南镇、北镇各一个。")["一"].value == 1


def test_a_ratio_without_a_unit_by_its_name() -> None:
    found = figures("城乡居民人均收入倍差1.86，比上年缩小0.02。")
    assert (found["1.86"].measure, found["0.02"].measure) == ("index", "change")


def test_up_to_a_hundred() -> None:
    assert figures("每天处理上百吨污水。")["百"].qualifier == "at_least"
