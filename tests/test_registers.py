"""Whole reports in the registers that offices write in, in words of our own: every figure, nothing else.

Each report is given with what a careful reader finds in it: (numeral, unit, qualifier, measure) of every figure, in
order.
"""

from __future__ import annotations

import re

import pytest

from flows.extract.model import Extraction
from tests.extraction import read, reread

Reading = list[tuple[str, str, str, str]]

SCHOOLS = (
    "全市现有各级各类学校612所，在校学生32.5万人，专任教师2.1万余人。其中小学318所，初中96所，普通高中28所。"
    "小学净入学率100%，学前教育毛入园率93.2%，比上年提高1.6个百分点。今年秋季学期新增公办学位近1.8万个，改造薄弱学校45所，"
    "投入资金6.3亿元，师生比为1：15.6。第三批骨干教师评选完成，“五育并举”扎实推进。",
    [
        ("612", "所", "exact", "count"),
        ("32.5万", "人", "exact", "count"),
        ("2.1万", "人", "at_least", "count"),
        ("318", "所", "exact", "count"),
        ("96", "所", "exact", "count"),
        ("28", "所", "exact", "count"),
        ("100%", "%", "exact", "rate"),
        ("93.2%", "%", "exact", "rate"),
        ("1.6", "个百分点", "exact", "change"),
        ("1.8万", "个", "approximate", "count"),
        ("45", "所", "exact", "count"),
        ("6.3亿", "元", "exact", "money"),
    ],
)
WATER = (
    "2021年上半年，全市供水总量1.86亿立方米，日均供水102万立方米，同比增长3.4%。新建改造供水管网86公里，"
    "管网漏损率由11.2%降至9.8%。水质综合合格率99.97%。12345热线转来诉求3.2万件，按时办结率99.1%。"
    "累计更换水表5万余只，最大日供水量达118.6万立方米，泵站耗电不超过0.25千瓦时/立方米。",
    [
        ("1.86亿", "立方米", "exact", "amount"),
        ("102万", "立方米", "exact", "amount"),
        ("3.4%", "%", "exact", "change"),
        ("86", "公里", "exact", "amount"),
        ("11.2%", "%", "exact", "rate"),
        ("9.8%", "%", "exact", "rate"),
        ("99.97%", "%", "exact", "rate"),
        ("3.2万", "件", "exact", "count"),
        ("99.1%", "%", "exact", "rate"),
        ("5万", "只", "at_least", "count"),
        ("118.6万", "立方米", "exact", "amount"),
        ("0.25", "千瓦时/立方米", "at_most", "amount"),
    ],
)
COURT = (
    "2020年，全市法院受理案件86532件，审执结81240件，同比分别上升5.6%和7.1%，结案率93.9%。审结刑事案件4215件，判处罪犯5630人；"
    "审结民商事案件48260件，诉讼标的额312亿元。依据法释〔2020〕18号，适用简易程序案件占六成以上。一审服判息诉率91.4%，"
    "提高1.2个百分点。员额法官人均结案286件。",
    [
        ("86532", "件", "exact", "count"),
        ("81240", "件", "exact", "count"),
        ("5.6%", "%", "exact", "change"),
        ("7.1%", "%", "exact", "change"),
        ("93.9%", "%", "exact", "rate"),
        ("4215", "件", "exact", "count"),
        ("5630", "人", "exact", "count"),
        ("48260", "件", "exact", "count"),
        ("312亿", "元", "exact", "money"),
        ("六成", "%", "at_least", "rate"),
        ("91.4%", "%", "exact", "rate"),
        ("1.2", "个百分点", "exact", "change"),
        ("286", "件", "exact", "count"),
    ],
)
HOSPITAL = (
    "2020年，全院门急诊量132.6万人次，出院病人5.8万人次，开展手术2.1万台次。平均住院日7.2天，同比缩短0.4天。"
    "药占比28.6%，下降1.9个百分点。开放床位1500张，床位使用率91.5%。3号楼启用后，新增床位约300张，5G远程会诊超过120例。",
    [
        ("132.6万", "人次", "exact", "count"),
        ("5.8万", "人次", "exact", "count"),
        ("2.1万", "台次", "exact", "count"),
        ("7.2", "天", "exact", "amount"),
        ("0.4", "天", "exact", "change"),
        ("28.6%", "%", "exact", "rate"),
        ("1.9", "个百分点", "exact", "change"),
        ("1500", "张", "exact", "count"),
        ("91.5%", "%", "exact", "rate"),
        ("300", "张", "approximate", "count"),
        ("120", "例", "at_least", "count"),
    ],
)
BANK = (
    "截至2020年末，全行资产总额1285.6亿元，比年初增长12.3%；各项存款余额986.4亿元，增加105.2亿元；各项贷款余额712.8亿元，"
    "其中小微企业贷款268.5亿元，占比37.7%。不良贷款率1.42%，拨备覆盖率215.6%。实现净利润9.86亿元，同比下降3.1%；"
    "一年期贷款平均利率4.35%，下浮25个基点。",
    [
        ("1285.6亿", "元", "exact", "money"),
        ("12.3%", "%", "exact", "change"),
        ("986.4亿", "元", "exact", "money"),
        ("105.2亿", "元", "exact", "change"),
        ("712.8亿", "元", "exact", "money"),
        ("268.5亿", "元", "exact", "money"),
        ("37.7%", "%", "exact", "rate"),
        ("1.42%", "%", "exact", "rate"),
        ("215.6%", "%", "exact", "rate"),
        ("9.86亿", "元", "exact", "money"),
        ("3.1%", "%", "exact", "change"),
        ("4.35%", "%", "exact", "rate"),
        ("25", "个基点", "exact", "change"),
    ],
)
HEALTH = (
    "2021年1月9日0时至24时，全市新增本土确诊病例12例（金水区8例，二七区4例），新增无症状感染者3例。当日治愈出院5例。"
    "截至1月9日24时，累计报告确诊病例236例，现有住院病例98例（其中重症2例）。病例1：男，45岁，居住于金水区某小区3号楼。"
    "密切接触者1263人正在接受医学观察。咨询电话63639999。",
    [
        ("12", "例", "exact", "count"),
        ("8", "例", "exact", "count"),
        ("4", "例", "exact", "count"),
        ("3", "例", "exact", "count"),
        ("5", "例", "exact", "count"),
        ("236", "例", "exact", "count"),
        ("98", "例", "exact", "count"),
        ("2", "例", "exact", "count"),
        ("1263", "人", "exact", "count"),
    ],
)
BUDGET = (
    "2020年全市一般公共预算收入预算为85.6亿元，实际完成86.9亿元，为预算的101.5%，同比增长3.2%。税收收入62.3亿元，"
    "占一般公共预算收入的71.7%。一般公共预算支出132.5亿元，增长4.6%，其中：教育支出25.3亿元、社会保障和就业支出18.6亿元、"
    "卫生健康支出12.4亿元。“三公”经费支出5200万元，压减8.5%。",
    [
        ("85.6亿", "元", "exact", "money"),
        ("86.9亿", "元", "exact", "money"),
        ("101.5%", "%", "exact", "rate"),
        ("3.2%", "%", "exact", "change"),
        ("62.3亿", "元", "exact", "money"),
        ("71.7%", "%", "exact", "rate"),
        ("132.5亿", "元", "exact", "money"),
        ("4.6%", "%", "exact", "change"),
        ("25.3亿", "元", "exact", "money"),
        ("18.6亿", "元", "exact", "money"),
        ("12.4亿", "元", "exact", "money"),
        ("5200万", "元", "exact", "money"),
        ("8.5%", "%", "exact", "change"),
    ],
)
NOTICE = (
    "1.完善托育服务。计划新增托位500个，目前已新增托位420个，完成率84%。2.改造老旧小区。年度任务35个，已开工35个，开工率100%，"
    "完工21个。3.新建停车泊位。已建成1260个，惠及居民两万余户。二期工程于10月启动。",
    [
        ("500", "个", "exact", "count"),
        ("420", "个", "exact", "count"),
        ("84%", "%", "exact", "rate"),
        ("35", "个", "exact", "count"),
        ("35", "个", "exact", "count"),
        ("100%", "%", "exact", "rate"),
        ("21", "个", "exact", "count"),
        ("1260", "个", "exact", "count"),
        ("两万", "户", "at_least", "count"),
    ],
)
TRADITIONAL = (
    "截至11月20日，全區完成投資120億元，增長7.2%，新增就業4128人，走訪群眾9300餘戶，收集意見2360條，接種疫苗超過9萬劑次，"
    "降幅較上月收窄1.3個百分點。計劃新建學校6所，其中國家級2所。",
    [
        ("120億", "元", "exact", "money"),
        ("7.2%", "%", "exact", "change"),
        ("4128", "人", "exact", "count"),
        ("9300", "戶", "at_least", "count"),
        ("2360", "條", "exact", "count"),
        ("9萬", "劑次", "at_least", "count"),
        ("1.3", "個百分點", "exact", "change"),
        ("6", "所", "exact", "count"),
        ("2", "所", "exact", "count"),
    ],
)
REPORTS = {
    "school bureau": SCHOOLS,
    "water authority": WATER,
    "court": COURT,
    "hospital": HOSPITAL,
    "bank": BANK,
    "health commission": HEALTH,
    "budget": BUDGET,
    "item by item": NOTICE,
    "traditional script": TRADITIONAL,
}


def found(extraction: Extraction) -> Reading:
    return [(f.text, f.unit, f.qualifier, f.measure) for f in extraction.figures if f.measure != "index"]


@pytest.mark.parametrize("name", REPORTS)
def test_every_figure_and_nothing_else(name: str) -> None:
    text, expected = REPORTS[name]
    assert found(read(text, published_on="2021-11-25")) == expected


@pytest.mark.parametrize("name", REPORTS)
def test_every_figure_has_a_name_a_time_and_its_place_in_the_source(name: str) -> None:
    text, _ = REPORTS[name]
    for figure in read(text, published_on="2021-11-25", place="郑州市").figures:
        assert figure.indicator
        assert figure.time_start
        assert figure.place
        assert reread(text, figure) == figure.text


@pytest.mark.parametrize("name", REPORTS)
def test_broken_into_columns_it_reads_the_same(name: str) -> None:
    text, expected = REPORTS[name]
    page = "\n".join(text[i : i + 15] for i in range(0, len(text), 15))
    assert found(read(page, published_on="2021-11-25")) == expected


@pytest.mark.parametrize("name", REPORTS)
def test_spaces_around_every_number_change_nothing(name: str) -> None:
    text, expected = REPORTS[name]
    assert found(read(re.sub(r"(\d[\d.]*)", r" \1 ", text), published_on="2021-11-25")) == expected


def test_a_date_and_time_set_with_spaces() -> None:
    text = "2022 年 2 月 26 日 0 时至 2022 年 4 月 21 日 24 时，累计治愈 34672 例。"
    assert [f.text for f in read(text, published_on="2022-04-22").figures] == ["34672"]


@pytest.mark.parametrize(
    ("name", "relations"),
    [
        ("court", [("change", "86532", "5.6%"), ("change", "81240", "7.1%"), ("change", "91.4%", "1.2")]),
        ("hospital", [("change", "7.2", "0.4"), ("change", "28.6%", "1.9")]),
        ("item by item", [("rate", "420", "500", "84%"), ("rate", "35", "35", "100%")]),
        ("health commission", [("sum", "12", "8", "4")]),
    ],
)
def test_relations_of_a_register(name: str, relations: list[tuple[str, ...]]) -> None:
    extraction = read(REPORTS[name][0], published_on="2021-11-25")
    word = {f.start: f.text for f in extraction.figures}
    stated = []
    for r in extraction.relations:
        members = (r.numerator, r.denominator, r.rate, r.total, *r.parts, r.now, r.change)
        stated.append((r.relation, *(word[m] for m in members if m is not None)))
    assert [r for r in relations if r not in stated] == []


@pytest.mark.parametrize(
    ("name", "numeral", "terms"),
    [
        ("school bureau", "93.2%", ["学前教育", "毛入园率"]),
        ("school bureau", "45", ["薄弱学校"]),
        ("water authority", "9.8%", ["管网漏损率"]),
        ("water authority", "1.86亿", ["供水总量"]),
        ("court", "4215", ["审结", "刑事案件"]),
        ("court", "312亿", ["诉讼标的额"]),
        ("hospital", "1.9", ["药占比"]),
        ("hospital", "91.5%", ["床位使用率"]),
        ("bank", "37.7%", ["小微企业贷款", "占"]),
        ("bank", "3.1%", ["净利润"]),
        ("health commission", "98", ["住院"]),
        ("budget", "71.7%", ["税收收入", "占"]),
        ("budget", "25.3亿", ["教育支出"]),
        ("item by item", "420", ["托位", "新增"]),
    ],
)
def test_names_of_a_register(name: str, numeral: str, terms: list[str]) -> None:
    figure = next(f for f in read(REPORTS[name][0]).figures if f.text == numeral)
    assert all(term in figure.indicator for term in terms), figure.indicator
