"""Tables of accounts: rates by the columns they are reckoned from, totals under their rows, and how pages set them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.extraction import figures, read


def lines(*cells: str) -> str:
    """A table with one cell a line."""
    return "\n".join(cells) + "\n"


def related(text: str, kind: str, *members: str) -> list[tuple[str | None, ...]]:
    """The relations of a kind, each as the numerals of its members."""
    found = read(text)
    word = {figure.start: figure.text for figure in found.figures}
    return [tuple(word.get(getattr(r, m)) for m in members) for r in found.relations if r.relation == kind]


def changes(text: str) -> list[tuple[str | None, ...]]:
    return related(text, "change", "now", "change", "before")


def rates(text: str) -> list[tuple[str | None, ...]]:
    return related(text, "rate", "numerator", "denominator", "rate")


def sums(text: str) -> list[tuple[str, list[str]]]:
    """Each sum as its total and its parts, by their numerals."""
    found = read(text)
    word = {figure.start: figure.text for figure in found.figures}
    return [(word[r.total or 0], [word[p] for p in r.parts]) for r in found.relations if r.relation == "sum"]


def names(text: str, *numerals: str) -> list[str]:
    found = figures(text)
    return [found[numeral].indicator for numeral in numerals]


BUDGET = (
    "单位：万元\n项目\t上年执行数\t预算数\t执行数\t完成预算%\t比上年增长%\n车船税\t410\t460\t437\t95.0\t6.6\n"
    "契税\t950\t1,000\t988\t98.8\t4.0\n印花税\t300\t320\t336\t105.0\t12.0\n"
)


def test_a_rate_of_the_budget_is_of_the_outcome_and_the_plan() -> None:
    assert rates(BUDGET) == [("437", "460", "95.0"), ("988", "1,000", "98.8"), ("336", "320", "105.0")]


def test_growth_is_of_the_outcome_since_the_year_before() -> None:
    assert changes(BUDGET) == [("437", "6.6", "410"), ("988", "4.0", "950"), ("336", "12.0", "300")]


def test_a_row_that_does_not_agree_is_related_as_most_rows_are() -> None:
    wrong = BUDGET.replace("105.0\t12.0", "108.0\t14.0")
    assert ("336", "320", "108.0") in rates(wrong)
    assert ("336", "14.0", "300") in changes(wrong)


def test_growth_of_a_plan_is_since_the_outcome_before_it() -> None:
    table = "单位：万元\n项目\t2020年执行数\t2021年预算数\t比上年增长%\n车船税\t437\t460\t5.3\n契税\t988\t1,037\t5.0\n"
    assert changes(table) == [("460", "5.3", "437"), ("1,037", "5.0", "988")]


def test_growth_that_no_columns_give_is_of_the_outcome_and_not_of_the_plan() -> None:
    table = "单位：万元\n项目\t预算数\t执行数\t比上年增长%\n车船税\t460\t437\t6.6\n契税\t1,000\t988\t4.0\n"
    assert changes(table) == [("437", "6.6", None), ("988", "4.0", None)]


def test_growth_behind_all_the_levels_goes_with_them_in_turn() -> None:
    heads = "单位：万元\n项目\t一季度\t上半年\t一季度比上年增长%\t上半年比上年增长%\n"
    table = heads + "车船税\t210\t437\t3.1\t6.6\n契税\t500\t988\t2.2\t4.0\n"
    assert {c[:2] for c in changes(table)} == {("210", "3.1"), ("437", "6.6"), ("500", "2.2"), ("988", "4.0")}


def test_growth_may_be_told_as_an_amount_and_as_a_rate() -> None:
    table = (
        "单位：万元\n项目\t本年\t上年\t增减额\t增减%\n车船税\t437\t410\t27\t6.6\n契税\t988\t950\t38\t4.0\n"
        "印花税\t300\t320\t-20\t-6.3\n"
    )
    assert [c for c in changes(table) if c[0] == "300"] == [("300", "-20", "320"), ("300", "-6.3", "320")]
    assert (figures(table)["27"].value, figures(table)["27"].unit) == (270_000, "元")


@given(st.lists(st.tuples(st.integers(1000, 9000), st.integers(3, 40)), min_size=2, max_size=6), st.booleans())
def test_the_earlier_level_is_found_on_either_side(rows: list[tuple[int, int]], turned: bool) -> None:
    heads = ["2019年", "2020年"]
    table = "单位：万元\n项目\t" + "\t".join(reversed(heads) if turned else heads) + "\t增长%\n"
    expected = []
    for n, (before, growth) in enumerate(rows):
        old, new = f"{before}00", f"{before * (100 + growth)}"
        table += f"第{chr(0x7532 + n)}项收入\t" + "\t".join([new, old] if turned else [old, new]) + f"\t{growth}.0\n"
        expected.append((new, f"{growth}.0", old))
    assert changes(table) == expected


def account(rows: str) -> str:
    """A table of one column, its rows as a list."""
    return "单位：万元\n项目\t决算数\n" + rows.replace(" ", "\t").replace("；", "\n") + "\n"


REVENUE = "税收收入 9,300；增值税 5,200；契税 4,100；非税收入 2,450；专项收入 1,150；罚没收入 1,300；"


def test_totals_under_their_rows_pass_over_the_parts_of_others() -> None:
    found = sums(account(REVENUE + "收入合计 11,750；上级补助收入 6,400；上年结余 350；收入总计 18,500"))
    assert ("11,750", ["9,300", "2,450"]) in found
    assert ("18,500", ["11,750", "6,400", "350"]) in found


def test_a_total_under_rows_that_do_not_make_it_is_no_sum() -> None:
    assert [s for s in sums(account(REVENUE + "收入合计 11,770")) if s[0] == "11,770"] == []


def test_the_grand_total_of_a_caption_is_not_its_revenue() -> None:
    rows = "项目\t执行数\n税收收入\t9,300\n非税收入\t2,450\n收入合计\t11,750\n上年结余\t350\n收入总计\t12,100\n"
    table = "2020年全市一般公共预算收入执行情况表\n单位：万元\n" + rows
    assert names(table, "11,750", "12,100") == ["一般公共预算收入", "一般公共预算收入总计"]


@pytest.mark.parametrize(
    ("rows", "parts"),
    [
        ("税收收入 9,300；增值税 5,200；烟叶税 ；契税 2,600；印花税 1,500", ["5,200", "2,600", "1,500"]),
        ("本级支出 64,210；教育 41,500；卫生 24,000；以前年度退库 -1,290", ["41,500", "24,000", "-1,290"]),
        ("本级支出 64,210；教育 41,500；卫生 22,710；气象 0；地震 0", ["41,500", "22,710", "0", "0"]),
        ("本级支出 64,210；教育 41,500；普通教育 41,500；卫生 22,710", ["41,500", "22,710"]),
    ],
    ids=["an empty row", "a negative part comes last", "rows of nothing", "the only part of a part bears its value"],
)
def test_parts_under_their_total(rows: str, parts: list[str]) -> None:
    assert parts in [found for _, found in sums(account(rows))]


def test_a_trifle_that_comes_closer_is_a_part_and_what_comes_after_is_not() -> None:
    rows = "本级支出 64,213；教育 41,504；卫生 22,708；气象 1；外交 30"
    assert sums(account(rows)) == [("64,213", ["41,504", "22,708", "1"])]


def test_a_table_goes_on_over_the_page() -> None:
    """The title, the line of units and the heads stand on every page."""
    top = ("2020年东湖区一般公共预算收入决算情况表", "单位：万元", "项 目", "预算数", "决算数")
    first = ("税收收入", "9,100", "9,300", "增值税", "5,150", "5,200")
    table = lines(*top, *first, "[page 2]", *top, "契税", "3,950", "4,100", "罚没收入", "2,400", "2,450")
    assert sums(table) == [("9,100", ["5,150", "3,950"]), ("9,300", ["5,200", "4,100"])]
    assert (figures(table)["2,450"].indicator, figures(table)["2,450"].unit) == ("罚没收入", "元")


def test_a_note_between_the_rows_does_not_take_their_heads_away() -> None:
    note = "注：本表契税包括以前年度缓征部分在内，罚没收入以缴库数为准。"
    rows = ("契税", "3,950", "4,100", note, "罚没收入", "2,400", "2,450", "专项收入", "1,400", "1,450")
    found = figures(lines("单位：万元", "项目", "预算数", "决算数", "增值税", "5,150", "5,200", *rows))
    assert (found["1,400"].value, found["1,400"].modality) == (14_000_000, "target")
    assert (found["1,450"].value, found["1,450"].modality) == (14_500_000, "actual")


def test_a_title_longer_than_a_cell_tells_the_year() -> None:
    title = "2019年东湖区政府性基金和国有资本经营收支预算执行情况表"
    rows = ("土地收入", "5,150", "5,200", "利润收入", "3,950", "4,100", "股利收入", "850", "900")
    found = figures(lines(title, "单位：万元", "项目", "预算数", "执行数", *rows))
    assert (found["850"].time_start, found["850"].time_end) == ("2019-01-01", "2019-12-31")


@pytest.mark.parametrize("corner", [("项目",), ("项", "目"), ("地", "区")], ids="".join)
@pytest.mark.parametrize("broken", [("比上年", "（同比）+-%"), ("比上年", "增减%")], ids=" ".join)
def test_a_head_of_growth_broken_over_two_lines(broken: tuple[str, ...], corner: tuple[str, ...]) -> None:
    rows = ("税收收入", "9,000", "9,300", "3.3", "契税", "4,000", "4,100", "2.5", "罚没收入", "1,400", "1,300", "-7.1")
    table = lines("2020年东湖区收支表", "单位：万元", *corner, "2019年", "2020年", *broken, *rows)
    assert changes(table) == [("9,300", "3.3", "9,000"), ("4,100", "2.5", "4,000"), ("1,300", "-7.1", "1,400")]
    assert [figures(table)[n].time_start for n in ("9,000", "9,300")] == ["2019-01-01", "2020-01-01"]


def test_a_head_of_a_rate_broken_over_two_lines() -> None:
    rows = ("增值税", "5,150", "5,200", "101.0", "契税", "4,000", "4,100", "102.5")
    table = lines("2020年东湖区收支表", "单位：万元", "项目", "预算数", "执行数", "完成预算", "数的%", *rows)
    assert rates(table) == [("5,200", "5,150", "101.0"), ("4,100", "4,000", "102.5")]
    assert names(table, "5,200", "4,100") == ["增值税", "契税"]


TAXES = ("契税", "4,000", "4,100", "102.5", "印花税", "500", "450", "90.0", "车船税", "460", "437", "95.0")


@pytest.mark.parametrize("corner", [("项目",), ("项", "目")], ids="".join)
def test_heads_are_told_from_rows_without_numbers(corner: tuple[str, ...]) -> None:
    """The first row with numbers lacks its rate besides."""
    heads = (*corner, "预算数", "执行数", "完成预算%", "一、本级收入", "（一）税收收入")
    rows = ("增值税", "5,150", "5,200", *TAXES)
    table = lines("2020年东湖区收支表", "单位：万元", *heads, *rows)
    found = figures(table)
    assert [found[n].modality for n in ("5,150", "5,200", "4,000", "4,100")] == ["target", "actual"] * 2
    assert rates(table)[0] == ("4,100", "4,000", "102.5")
    assert names(table, "5,200", "102.5") == ["增值税", "契税完成预算"]


def test_a_long_label_between_numbers_is_a_label() -> None:
    label = "城乡社区公共设施与农村危旧房屋改造及配套管网建设支出"
    rows = ("教育支出", "5,150", "5,200", label, "3,950", "4,100", "卫生支出", "800", "820")
    found = figures(lines("2020年东湖区支出表", "单位：万元", "项目", "预算数", "决算数", *rows))
    assert (found["4,100"].indicator, found["4,100"].value) == (label, 41_000_000)
    assert (found["820"].indicator, found["820"].unit) == ("卫生支出", "元")


@pytest.mark.parametrize(
    ("cells", "indicators"),
    [
        (("500", "450", "90.0"), ["资源税预算数", "资源税", "资源税完成预算"]),
        (("460", "437", "6.6"), ["资源税预算数", "资源税", "资源税同比增长"]),
        (("377", "95.0", "6.1"), ["资源税", "资源税完成预算", "资源税同比增长"]),
    ],
    ids=["growth", "rate", "plan"],
)
def test_a_row_that_lacks_a_cell_is_put_under_the_heads_it_fits(cells: tuple[str, ...], indicators: list[str]) -> None:
    heads = ("单位：万元", "项目", "预算数", "决算数", "完成预算%", "比上年增长%")
    full = ("增值税", "5,150", "5,200", "101.0", "3.2", "契税", "4,000", "4,100", "102.5", "2.5")
    rest = ("印花税", "800", "820", "102.5", "-1.5", "资源税", *cells)
    assert names(lines("2020年东湖区收支表", *heads, *full, *rest), *cells) == indicators


def test_heads_are_cells_where_the_text_about_them_is_broken_into_lines() -> None:
    prose = (
        "东湖区2020年预算执行总体平稳，税收收入保持增长，支出进度快于\n上年同期，民生支出占比继续提高，其中教育支出增长较快，"
        "医疗支\n出有所增加，社会保障支出保持稳定，债务风险总体可控，各项任务\n较好完成，有关数据如下表所列，请予审议。\n"
    )
    rows = ("增值税", "5,000", "5,200", "契税", "4,000", "4,100", "印花税", "800", "820")
    found = figures(prose + lines("东湖区税收表", "金额单位：万元", "项目", "2019年决算数", "2020年执行数", *rows))
    assert (found["5,200"].time_start, found["5,200"].indicator) == ("2020-01-01", "增值税")
    assert (found["5,000"].time_start, found["5,000"].value) == ("2019-01-01", 50_000_000)


DEBT = (
    "2021年东湖区债务情况表\n单位：亿元\n项目\t金额\n一、2020年末地方政府债务余额\t94.2\n其中：一般债务\t39.8\n专项债务\t54.4\n"
    "二、2021年地方政府债务限额\t112.2\n其中：一般债务\t51.8\n专项债务\t60.4\n"
)


def test_rows_under_a_numbered_row_take_over_its_noun_and_its_date() -> None:
    found = figures(DEBT)
    assert names(DEBT, "39.8", "54.4", "51.8") == ["一般债务余额", "专项债务余额", "一般债务限额"]
    assert {found[n].time_start for n in ("94.2", "39.8", "54.4")} == {"2020-12-31"}
    assert (found["60.4"].time_start, found["60.4"].time_end) == ("2021-01-01", "2021-12-31")


def test_a_row_under_the_word_for_among_takes_over_the_head_noun() -> None:
    table = "单位：亿元\n指标\t2019年\t2020年\n商品房销售额\t96.5\t94.2\n其中：住宅\t80.5\t79.8\n"
    assert names(table, "80.5", "79.8") == ["住宅销售额"] * 2


PROJECTS = (
    "2021年1-6月重大项目汇总表\n单位：个、亿元、%\n地区\t项目数\t年度计划投资\t完成投资\t完成率\n"
    "东湖区\t64\t85.6\t42.8\t50.0\n西湖区\t53\t64.2\t38.5\t60.0\n"
)


def test_of_several_units_money_takes_its_own() -> None:
    found = figures(PROJECTS)
    assert [found[n].unit for n in ("64", "85.6", "42.8", "50.0")] == ["个", "元", "元", "%"]
    assert (found["64"].value, found["42.8"].value) == (64, 4_280_000_000)


def test_the_plan_of_a_year_is_a_target_of_the_whole_year() -> None:
    plan, done = figures(PROJECTS)["85.6"], figures(PROJECTS)["42.8"]
    assert (plan.modality, plan.time_start, plan.time_end) == ("target", "2021-01-01", "2021-12-31")
    assert (done.modality, done.time_start, done.time_end) == ("actual", "2021-01-01", "2021-06-30")


def test_a_column_of_the_first_budget_keeps_that_word() -> None:
    table = "单位：万元\n项目\t2020年年初预算数\t2020年执行数\n车船税\t460\t437\n契税\t1,000\t988\n"
    assert names(table, "460", "437") == ["车船税年初预算数", "车船税"]
    assert (figures(table)["460"].modality, figures(table)["437"].modality) == ("target", "actual")


@pytest.mark.parametrize("head", ["单位", ""], ids=["a head", "no head"])
def test_a_unit_may_be_spaced_out(head: str) -> None:
    rows = "生产总值\t亿 元\t856.2\t5.1\n财政收入\t亿 元\t64.3\t3.2\n接待游客\t万 人次\t42.1\t4.4\n"
    found = figures(f"指标\t{head}\t总量\t增长%\n" + rows)
    assert (found["856.2"].value, found["856.2"].unit) == (85_620_000_000, "元")
    assert (found["42.1"].value, found["42.1"].unit) == (421_000, "人次")


def test_a_year_without_its_word_dates_a_column() -> None:
    found = figures("单位：万元\n项目\t2019决算数\t2020决算数\n车船税\t410\t437\n契税\t950\t988\n")
    assert [found[n].time_start for n in ("410", "437")] == ["2019-01-01", "2020-01-01"]


def test_places_are_rows_of_what_the_caption_names() -> None:
    rows = "省级\t640,000\t652,000\n武汉市\t1,640,000\t1,652,000\n长沙市\t2,640,000\t2,652,000\n"
    table = "2020年全省分地区一般公共预算收入执行情况表\n单位：万元\n地区\t预算数\t执行数\n" + rows
    assert names(table, "652,000", "1,652,000") == ["省级一般公共预算收入", "一般公共预算收入"]
    assert [figures(table)[n].place for n in ("1,652,000", "2,652,000")] == ["武汉市", "长沙市"]


def test_of_several_things_growth_is_of_the_level_beside_it() -> None:
    head = "2024年主要农作物播种面积、产量及增长速度\n项目\t播种面积（万亩）\t增长（%）\t产量（万吨）\t增长（%）\n"
    table = head + "粮食合计\t314.2\t-3.6\t155.3\t0.2\n甜菜\t6.7\t-12.1\t35.6\t-14.0\n"
    assert names(table, "-3.6", "0.2") == ["粮食合计播种面积同比增长", "粮食合计产量同比增长"]
    assert names(table, "-12.1", "-14.0") == ["甜菜播种面积同比增长", "甜菜产量同比增长"]


@pytest.mark.parametrize("mark", ["  ", "#", "　"], ids=["indented", "marked", "wide"])
def test_rows_of_residents_take_what_the_row_above_counts(mark: str) -> None:
    rows = f"居民人均可支配收入\t元\t24186\t5.2\n{mark}城镇居民\t元\t30547\t4.3\n{mark}农村居民\t元\t17128\t6.4\n"
    found = figures("指标\t单位\t绝对量\t同比增长（%）\n货运量\t万吨\t120\t3.1\n" + rows)
    assert [found[n].indicator for n in ("30547", "17128")] == ["城镇居民人均可支配收入", "农村居民人均可支配收入"]
    assert found["6.4"].indicator == "农村居民人均可支配收入同比增长"


def test_a_mark_of_a_note_between_two_cells_is_no_row() -> None:
    rows = "养老保险基金收入\n32,682\n①\n20,384\n工伤保险基金收入\n843\n②\n359\n失业保险基金收入\n1,337\n889\n"
    table = "2021年社会保险基金收入表\n单位：万元\n收入项目\n2021年执行数\n2020年决算数\n" + rows
    assert names(table, "32,682", "20,384", "359") == ["养老保险基金收入", "养老保险基金收入", "工伤保险基金收入"]
    assert [figures(table)[n].time_start for n in ("843", "359")] == ["2021-01-01", "2020-01-01"]
