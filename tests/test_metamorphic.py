"""What must not change a fact: how a page was broken, which width its digits have, where spaces stand, in which order
its paragraphs come, where it was cut off.

A *fact* is a figure's value (both ends of a range), unit and qualifier. "The same" means the same multiset of facts,
"or fewer" that some may be missing and none is new. Where the words around a figure are untouched, *everything* that
is said of it (name, measure, time, modality) must be the same as well. A text that is cut off may lose what stood at
the cut: the last few characters before it are left out of the comparison, for 12万 cut from 12万亿 is what the text
then says.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.extract.model import Figure
from tests.extraction import read

PARAGRAPHS = (
    "截至11月20日，全区38位区级领导领办的125件实事已办结96件，办结率77%；科级以下干部领办的1860件实事已办结1420件，"
    "办结率76%。今年以来，全区累计走访群众12500余户，收集意见建议2360条，为重点群体提供就业岗位近900个。"
    "累计播发新闻报道2870篇，其中国家级41篇，省级650篇，市级2179篇。",
    "今年前三季度，全区实现地区生产总值186.5亿元，同比增长7.2%；一般公共预算收入12.36亿元，同比下降1.5%，"
    "完成年度预算的83.4%。城镇新增就业4128人，农村劳动力转移就业259人，累计培训3万6千人次。",
    "今年10月，区卫生健康委新建社区卫生服务站6个，改造乡镇卫生院3所，接种疫苗934870剂次，“1+4+N”服务机制覆盖全部街道，"
    "第二批公租房配租工作完成，十九届六中全会精神宣讲进社区，惠及群众五千余人，满意率达到百分之九十五。",
)
PAPER = "\n\n".join(PARAGRAPHS) + "\n"
FULL_WIDTH = str.maketrans("0123456789.%,", "０１２３４５６７８９．％，")
HALF_MARKS = str.maketrans("，；：（）", ",;:()")
# Words that the last numeral before a cut may lose: 万人次以上, 万亿元左右.
CUT = 6


def fact(figure: Figure) -> Hashable:
    return figure.value, figure.value_high, figure.unit, figure.qualifier


def said(figure: Figure) -> Hashable:
    """All that is said of a figure, its place in the text left out."""
    return (
        fact(figure),
        figure.measure,
        figure.indicator,
        figure.time_start,
        figure.time_end,
        figure.place,
        figure.modality,
    )


def facts(text: str) -> Counter[Hashable]:
    return Counter(fact(f) for f in read(text).figures)


def everything(text: str) -> Counter[Hashable]:
    return Counter(said(f) for f in read(text).figures)


def broken(text: str, columns: int) -> str:
    """The text with its lines broken after ``columns`` characters, as a newspaper's column is."""
    return "\n".join("\n".join(p[i : i + columns] for i in range(0, len(p), columns)) for p in text.split("\n"))


def test_the_page_holds_what_it_should() -> None:
    """The comparisons below are between many facts of all kinds, not between empty lists."""
    values = [str(f.value) for f in read(PAPER).figures]
    assert values[:4] == ["38", "125", "96", "77"]
    assert len(values) == 27
    assert {f.qualifier for f in read(PAPER).figures} == {"exact", "at_least", "approximate"}
    assert len({f.time_end for f in read(PAPER).figures}) == 4


@pytest.mark.parametrize("columns", range(5, 41))
def test_broken_at_any_width(columns: int) -> None:
    """No width makes another fact of one. From 8 characters on, which is narrower than a newspaper's column, all are
    found; below that the page may give fewer."""
    whole, found = facts(PAPER), facts(broken(PAPER, columns))
    assert not found - whole
    if columns >= 8:
        assert not whole - found


@pytest.mark.parametrize("columns", range(12, 41))
def test_what_is_said_of_a_figure_survives_the_break(columns: int) -> None:
    assert everything(broken(PAPER, columns)) == everything(PAPER)


@pytest.mark.parametrize("columns", [12, 13, 14, 15, 16])
def test_the_foot_of_a_column_anywhere(columns: int) -> None:
    """A blank line where a column of the newspaper ends, after any of its lines."""
    page = broken(PARAGRAPHS[0] + PARAGRAPHS[1], columns).split("\n")
    whole = facts("\n".join(page))
    for foot in range(2, len(page) - 1):
        assert facts("\n".join([*page[:foot], "", *page[foot:]])) == whole, page[foot - 1 : foot + 1]


@pytest.mark.parametrize("mark", ["— 12 —", "[page 12]", "第12页"])
def test_a_page_break_anywhere(mark: str) -> None:
    """The number of a page between any two lines is neither a figure nor the end of a sentence."""
    page = broken(PAPER, 28).split("\n")
    for foot in range(2, len(page) - 1):
        assert facts("\n".join([*page[:foot], mark, *page[foot:]])) == facts(PAPER), page[foot - 1 : foot + 1]


def test_full_width_for_half_width() -> None:
    assert everything(PAPER.translate(FULL_WIDTH)) == everything(PAPER)


def test_half_width_marks_for_full_width() -> None:
    assert everything(PAPER.translate(HALF_MARKS)) == everything(PAPER)


@pytest.mark.parametrize(
    ("pattern", "spaced"),
    [
        (r"(\d[\d.]*)", r" \1"),
        (r"(\d[\d.]*)", r"\1 "),
        (r"(\d[\d.]*)", r" \1 "),
        (r"(\d[\d.]*)", "\u3000\\1\u00a0"),
        (r"([，。；])", r"\1 "),
        (r"([，。；])", r" \1"),
    ],
    ids=["before digits", "after digits", "around digits", "wide and hard spaces", "after marks", "before marks"],
)
def test_spaces(pattern: str, spaced: str) -> None:
    assert everything(re.sub(pattern, spaced, PAPER)) == everything(PAPER)


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_paragraphs_in_any_order(order: tuple[int, ...]) -> None:
    """Every paragraph says for itself what period it is about, so nothing depends on which comes first."""
    assert everything("\n\n".join(PARAGRAPHS[i] for i in order)) == everything(PAPER)


@pytest.mark.parametrize(
    "change",
    [
        lambda t: t.replace("\n", "\r\n"),
        lambda t: "\ufeff" + t,
        lambda t: "\n".join("　　" + line if line else line for line in t.split("\n")),
        lambda t: t.replace("\n\n", "\n"),
        lambda t: t.rstrip("\n"),
        lambda t: "\n\n\n" + t + "\n\n",
    ],
    ids=["CRLF", "byte order mark", "indented", "no blank lines", "no last newline", "blank lines around"],
)
def test_line_ends_and_indents(change: object) -> None:
    assert callable(change)
    assert everything(change(PAPER)) == everything(PAPER)


def test_cut_off_at_every_character() -> None:
    """A page that ends anywhere tells, up to a little before the cut, the same facts at the same places."""
    whole = {f.start: fact(f) for f in read(PAPER).figures}
    for end in range(len(PAPER)):
        for figure in read(PAPER[:end]).figures:
            if figure.end < end - CUT:
                assert whole.get(figure.start) == fact(figure), (end, PAPER[max(0, end - 15) : end])


def test_cut_off_at_the_front_at_every_character() -> None:
    """A page whose beginning is missing tells no fact that the whole did not tell, a little after the cut."""
    whole = {f.start: fact(f) for f in read(PAPER).figures}
    for begin in range(0, len(PAPER), 3):
        for figure in read(PAPER[begin:]).figures:
            if figure.start > CUT:
                assert whole.get(figure.start + begin) == fact(figure), (begin, PAPER[begin : begin + 15])


@given(
    st.integers(0, len(PAPER)),
    st.sampled_from(["特此报告。", "（本报记者）", "\n\n", "以上情况属实。", "各单位要高度重视。"]),
)
@settings(max_examples=40)
def test_words_without_numbers_put_between_sentences_change_no_fact(position: int, words: str) -> None:
    at = PAPER.rfind("。", 0, position) + 1
    if at:
        assert facts(PAPER[:at] + words + PAPER[at:]) == facts(PAPER)


def test_said_twice_is_found_twice() -> None:
    assert facts(PARAGRAPHS[0] + "\n\n" + PARAGRAPHS[0]) == facts(PARAGRAPHS[0]) + facts(PARAGRAPHS[0])


@given(
    st.text(
        "0123456789零一二三十百千万亿点%，。；、（）《》“”第年月日个件人元其中分别为增长下降占至约近余\n\t ",
        max_size=120,
    )
)
@settings(max_examples=300)
def test_no_text_raises(text: str) -> None:
    found = read(text)
    assert [f.start for f in found.figures] == sorted(f.start for f in found.figures)
    starts = {f.start for f in found.figures}
    for relation in found.relations:
        named = (relation.numerator, relation.denominator, relation.rate, relation.total, relation.now, relation.change)
        members = {m for m in (*named, relation.before, *relation.parts) if m is not None}
        assert members <= starts


@given(st.text(max_size=150))
@settings(max_examples=150)
def test_no_text_of_any_characters_raises(text: str) -> None:
    found = read(text)
    assert all(0 <= f.start < f.end <= len(text) for f in found.figures)
