"""Running text: the map back to the source, characters made one, lines joined and kept apart, roles of blocks."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.extract.numerals import parse_number, scan_numerals
from flows.normalize.characters import fold, width
from flows.normalize.model import RunningText, SourceText, Span
from flows.normalize.running import running_text
from tests.extraction import read, running

ANY = st.text(max_size=200)
PAGE_LIKE = st.text("区报告办结了件人，。；：、（）“”%０３12 \t\n\r\u3000—-.5万亿[第页]", max_size=200)

COLUMN = (
    "截至10月 31日，全区 40位区\n级领导领办的130件实事已办\n结104件，办结率80%；科级及\n以下干部领办的 1850件实事\n"
    "已办结1480件，办结率80%，1\n250户群众受益。\n"
)


def blocks(text: str) -> list[tuple[str, str]]:
    """The role and the words of each block."""
    found = running(text)
    return [(b.role, found.text[b.start : b.end]) for b in found.blocks]


def lines(text: str) -> list[str]:
    return [words for _, words in blocks(text)]


# --- the offset map


def check_map(found: RunningText, source: str) -> None:
    """One to one on what is no white space, rising, and in the right place."""
    assert found.source == source
    assert len(found.offsets) == len(found.text) + 1
    assert found.offsets[len(found.text)] == len(source)
    kept = [found.offsets[i] for i, c in enumerate(found.text) if not c.isspace()]
    assert len(kept) == len(set(kept))
    folded = fold(source)
    assert all(folded[found.offsets[i]] == c for i, c in enumerate(found.text) if not c.isspace())
    printed = [i for i, c in enumerate(folded) if not c.isspace() and c.isprintable()]
    assert set(printed) <= set(kept)


@given(st.one_of(ANY, PAGE_LIKE))
@settings(max_examples=300)
def test_the_map_is_one_to_one_on_what_is_no_white_space(text: str) -> None:
    check_map(running(text), text)


@given(st.one_of(ANY, PAGE_LIKE))
@settings(max_examples=200)
def test_blocks_cover_the_text_in_order(text: str) -> None:
    found = running(text)
    at = 0
    for block in found.blocks:
        assert block.start < block.end
        assert not found.text[at : block.start].strip()
        at = block.end
    assert not found.text[at:].strip()


def test_every_tab_before_the_last_cell_is_a_border() -> None:
    """A cell may be empty, the first one too; a paragraph that is set in with a tab has no cells."""
    assert lines("\t2019年\t2020年\n茶叶\t\t840\t\n") == ["\t2019年\t2020年", "茶叶\t\t840"]
    assert lines("\t全年收获茶叶840吨。\n") == ["全年收获茶叶840吨。"]


@given(PAGE_LIKE, st.integers(0, 200), st.integers(0, 200))
def test_given_blocks_keep_their_roles_and_pages(text: str, a: int, b: int) -> None:
    """A reader that knows the blocks (PDF, HTML) is believed: no line of one goes to another."""
    cut = sorted({0, min(a, len(text)), min(b, len(text)), len(text)})
    spans = tuple(Span(x, y, "paragraph", page) for page, (x, y) in enumerate(itertools.pairwise(cut), 1))
    found = running_text(SourceText(text, "application/pdf", spans=spans))
    check_map(found, text)
    for block in found.blocks:
        inside = spans[(block.page or 0) - 1]
        start, end = found.source_span(block.start, block.end)
        assert inside.start <= start
        assert end <= inside.end


@given(
    st.lists(
        st.sampled_from(
            ["，", "办结", "1", "23", "4.5", "万", "亿", "件", "。", "元", "%", "上升", "\n", " ", "０", "多", "\u3000"]
        ),
        max_size=30,
    )
)
@settings(max_examples=200)
def test_a_figure_re_reads_in_the_source(words: list[str]) -> None:
    """The slice of the file that a figure names says its value, whatever white space the printer put into it; the first
    of 4.5，6.5万件 takes the magnitude of the last, and the weight of its last digit says so."""
    source = "".join(words)
    for figure in read(source).figures:
        again = parse_number(source[figure.start : figure.end])
        if figure.value is not None:
            assert again is not None
            shared = figure.ulp / scan_numerals(figure.text)[0].ulp
            assert abs(again) * shared == abs(figure.value)
            assert shared == 1 or any(magnitude in source[figure.end :] for magnitude in "万亿")


def test_the_first_of_a_list_takes_the_magnitude_of_the_last() -> None:
    first, last = read("4.5，6.5万件").figures
    assert (first.text, first.value, first.ulp) == ("4.5", 45000, 1000)
    assert (last.text, last.value, last.ulp) == ("6.5万", 65000, 1000)


def test_the_seed_of_a_column_re_reads() -> None:
    found = read(COLUMN)
    assert [COLUMN[f.start : f.end] for f in found.figures] == [
        "40",
        "130",
        "104",
        "80%",
        "1850",
        "1480",
        "80%",
        "1\n250",
    ]
    assert [str(f.value) for f in found.figures] == ["40", "130", "104", "80", "1850", "1480", "80", "1250"]


# --- characters


@given(ANY)
def test_folding_keeps_the_length(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("１２．５％", "12.5%"),
        ("９３４，８７０", "934,870"),
        ("ＰＭ２．５", "PM2.5"),
        ("10–20", "10—20"),
        ("10～20", "10—20"),
        ("−0.5", "-0.5"),
        ("增长,下降", "增长，下降"),
        ("(含税)", "（含税）"),
        ("二○二一", "二〇二一"),
        ("12:30", "12:30"),
        ("⼆季度", "二季度"),
        ("5·2%", "5.2%"),
    ],
)
def test_characters_are_made_one(written: str, folded: str) -> None:
    assert fold(written) == folded


def test_width_counts_half_width_cells() -> None:
    assert (width("12件"), width("办结率"), width("abc")) == (4, 6, 3)


# --- lines that were broken


def test_a_column_is_joined_inside_words_and_numbers() -> None:
    assert lines(COLUMN) == [
        "截至10月31日，全区40位区级领导领办的130件实事已办结104件，办结率80%；"
        "科级及以下干部领办的1850件实事已办结1480件，办结率80%，1250户群众受益。"
    ]


def test_a_blank_line_in_a_sentence_is_the_foot_of_a_column() -> None:
    page = (
        "今年以来，全县新建改建农村\n公路86公里，整修塘坝120座，\n新增灌溉面积3.2万亩，惠及\n\n"
        "群众5.6万人。各乡镇还组织\n志愿者清理河道，累计出动人\n员9800人次，清运垃圾640吨。\n"
    )
    assert len(blocks(page)) == 1
    assert [f.text for f in read(page).figures] == ["86", "120", "3.2万", "5.6万", "9800", "640"]


def test_a_blank_line_after_a_full_stop_parts_two_paragraphs() -> None:
    assert len(lines("全县新建公路86公里。\n\n全县整修塘坝120座。\n")) == 2


def test_lines_of_an_unbroken_text_stay_apart() -> None:
    text = "一、主要工作\n新建公园6个。\n二、下一步打算\n再建公园4个。\n"
    assert lines(text) == ["一、主要工作", "新建公园6个。", "二、下一步打算", "再建公园4个。"]


def test_a_short_line_is_a_heading_not_the_start_of_the_next() -> None:
    page = (
        "为民办事清单\n\n截至9月底，全镇38个村（社\n区）收集意见建议640条，办\n结512条，办结率80%，群众满\n"
        "意度继续提升。\n"
    )
    assert lines(page)[0] == "为民办事清单"
    assert len(lines(page)) == 2


def test_bare_numbers_in_lines_of_their_own_are_cells() -> None:
    assert lines("粮食\n120.5\n棉花\n3.4\n油料\n18.6\n") == ["粮食", "120.5", "棉花", "3.4", "油料", "18.6"]


@pytest.mark.parametrize("mark", ["— 3 —", "- 3 -", "[page 3]", "第3页", "第 3 页 共 9 页"])
def test_the_furniture_of_a_page_stands_apart(mark: str) -> None:
    page = (
        f"全年完成造林面积12.6万亩，比上\n年增加1.4万亩，林木覆盖率达到\n{mark}\n"
        "36.5%，新增国家级森林乡村14个，\n全市湿地保护率为52.1%。\n"
    )
    assert [role for role, _ in blocks(page)].count("furniture") == 1
    assert [f.text for f in read(page).figures] == ["12.6万", "1.4万", "36.5%", "14", "52.1%"]


def test_roles_of_a_plain_text() -> None:
    text = "全区晒出实事清单\n记者 张样本 通讯员 李示例\n\n截至10月底，全区办结实事104件。\n\n地区\t件数\n甲街道\t52\n"
    assert [role for role, _ in blocks(text)] == ["title", "byline", "paragraph", "table_row", "table_row"]


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("新增就业 4128 人", "新增就业4128人"),
        ("11月 23日", "11月23日"),
        ("增长 7.2 %", "增长7.2%"),
        ("约 3 万人", "约3万人"),
        ("工 作 报 告", "工作报告"),
        ("共 8 个 街 道", "共8个街道"),
    ],
)
def test_spaces_that_carry_nothing_are_dropped(written: str, read_as: str) -> None:
    assert running(written).text.strip() == read_as


def test_a_space_between_cells_of_numbers_is_kept() -> None:
    assert running("甲县 120 35 8 乙县 96 41 12").text.strip() == "甲县 120 35 8 乙县 96 41 12"


@given(st.integers(8, 40))
def test_wrapped_prose_is_joined_to_what_it_was(columns: int) -> None:
    """Text broken after every ``columns`` characters is joined again; a sentence that ends at the end of a line may end
    its paragraph there."""
    prose = (
        "今年以来，全县扎实推进乡村道路提升工程，新建改建农村公路八十六公里，整修危桥二十一座，"
        "沿线村民出行更加方便；同时统筹推进河道整治和塘坝维修，受益农户达到一万二千余户，"
        "灌溉条件明显改善，为秋粮丰收打下了坚实基础。下一步将把道路管护纳入村规民约，由各村聘请专人负责巡查清扫，"
        "并对今年汛期受损的路段逐一登记造册，抓紧组织施工队伍抢修，力争在入冬之前全部恢复通行，方便群众秋收运粮。"
    )
    page = "\n".join(prose[i : i + columns] for i in range(0, len(prose), columns))
    assert "".join(lines(page)) == prose
    assert all(words.endswith("。") for words in lines(page))
