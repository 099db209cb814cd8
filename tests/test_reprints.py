"""Reprints and re-issues: linked across scripts and pages; the next day's bulletin is neither."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from opencc import OpenCC

from flows.fetch import Link, ReprintIndex, ReprintText, Signature, link, numerals_of, reprint_text, signature

ITEMS = [
    "老旧小区改造",
    "农村道路硬化",
    "社区养老站点",
    "中小学学位",
    "公共停车泊位",
    "污水管网",
    "便民市场",
    "口袋公园",
]


def report(done: int = 118, day: int = 23) -> str:
    """A report of our own: a template with figures, as offices write it."""
    lines = [
        f"截至11月{day}日，全区45位区级领导领办的145件实事已完成{done}件，其余各件正在按计划推进，责任单位每周报送进度。",
        "各镇街道以群众是否满意为标准，建立清单管理、定期调度、现场督导和群众评议的工作机制，确保件件有着落。",
    ]
    lines += [
        f"在{item}方面，全年计划实施{done // 2 + n}项，目前已经完成{done // 3 + n}项，惠及居民{done * 17 + n}人。"
        for n, item in enumerate(ITEMS)
    ]
    return "\n".join(lines)


def known(name: str, text: str, **keys: str | None) -> ReprintText:
    return reprint_text(name, text, **({"title": "2021年民生实事办理情况通报", "place": "惠济区"} | keys))


def kind(found: Link | None) -> str | None:
    return found.kind if found else None


FURNITURE = (
    "首页 > 通知公告 来源：区政府办公室 字体：大 中 小\n{}\n责任编辑：李明 打印 关闭 备案号12345678 电话0371-63639001"
)


@pytest.mark.parametrize(
    "copy",
    [
        report(),
        OpenCC("s2t").convert(report()),
        OpenCC("s2hk").convert(report()),
        FURNITURE.format(report()),
        report().replace("\n", "").replace("，", ", "),
        report().replace("1", "１").replace("8", "８"),
    ],
    ids=["same", "traditional", "Hong Kong", "other page", "other lines", "full width"],
)
def test_the_same_report_in_another_dress_is_a_reprint(copy: str) -> None:
    found = link(known("b", copy, title=None, place=None), [known("a", report())])
    assert found is not None
    assert (found.kind, found.document_id) == ("reprint", "a")
    assert found.similarity > 0.75


@pytest.mark.parametrize(("done", "day"), [(119, 24), (118, 24), (130, 30)])
def test_the_next_report_of_a_series_is_no_reprint_and_supersedes_nothing(done: int, day: int) -> None:
    earlier = known("a", report(), title="民生实事办理情况通报", published_on="2021-11-24")
    later = known("b", report(done, day), title="民生实事办理情况通报", published_on="2021-11-25")
    assert link(later, [earlier]) is None


def test_other_texts_are_not_linked() -> None:
    other = "市教育局今年新建改扩建中小学校，新增学位6750个，公办园在园幼儿占比达到55%，教师培训覆盖全部学校。" * 3
    assert link(known("b", other, title="教育工作情况"), [known("a", report())]) is None


def test_the_same_title_place_and_period_with_other_figures_supersedes() -> None:
    earlier = known("a", report(118), published_on="2021-11-24")
    found = link(known("b", report(121), published_on="2021-11-26"), [earlier])
    assert found is not None
    assert (found.kind, found.document_id) == ("supersedes", "a")
    assert "other figures" in found.reason


def test_a_correction_that_says_so_supersedes_though_its_title_names_no_year() -> None:
    earlier = known("a", report(118), title="民生实事办理情况通报", published_on="2021-11-24")
    corrected = known("b", report(121), title="民生实事办理情况通报（更正）", published_on="2021-11-29")
    found = link(corrected, [earlier])
    assert kind(found) == "supersedes"
    assert found is not None
    assert "corrected" in found.reason


@pytest.mark.parametrize(
    "keys",
    [
        {"title": "2022年民生实事办理情况通报"},
        {"place": "金水区"},
        {"period": "2021-10"},
        {"published_on": "2021-11-20"},
    ],
    ids=["another year", "another place", "another period", "older"],
)
def test_what_is_not_the_same_report_supersedes_nothing(keys: dict[str, str]) -> None:
    earlier = known("a", report(118), published_on="2021-11-24", period="2021-11")
    new = known("b", report(121), **({"published_on": "2021-11-26", "period": "2021-11"} | keys))
    assert link(new, [earlier]) is None


def test_two_short_lines_of_two_days_are_two_reports() -> None:
    line = "昨日新增5例。"
    first = known("a", line, title=None, published_on="2022-03-01")
    assert link(known("b", line, title=None, published_on="2022-03-02"), [first]) is None
    assert kind(link(known("c", line, title=None, published_on="2022-03-01"), [first])) == "reprint"


def test_place_and_period_count_where_few_figures_speak() -> None:
    other = {"place": "郑州市", "period": "2021-10"}
    assert kind(link(known("b", report(), **other), [known("a", report(), period="2021-11")])) == "reprint"
    few = (
        "各镇街道以群众满意为标准，建立清单管理、定期调度和群众评议的工作机制，确保件件有着落，全年计划实施12项，"
        "逐项明确责任单位和完成时限。"
    )
    assert link(known("b", few, **other), [known("a", few, period="2021-11")]) is None


def test_a_document_is_not_linked_with_itself() -> None:
    assert link(known("a", report()), [known("a", report())]) is None


def test_a_reprint_goes_before_a_re_issue_and_the_order_of_the_known_changes_nothing() -> None:
    documents = [known("old", report(118)), known("new", report(121))]
    copy = known("copy", report(121))
    assert link(copy, documents) == link(copy, documents[::-1])
    assert kind(link(copy, documents)) == "reprint"


def test_the_index_finds_what_a_comparison_with_all_finds() -> None:
    index = ReprintIndex()
    others = [
        known(f"x{n}", f"第{n}号 " + ITEMS[n % 8] * (n + 3) + report(n * 7)[: n * 9], title=f"通报{n}")
        for n in range(60)
    ]
    everything = [*others, known("a", report())]
    for text in everything:
        index.add(text)
        index.add(text)  # a second time changes nothing
    copy = known("b", OpenCC("s2t").convert(report()), title=None)
    found = index.candidates(copy)
    assert link(copy, found) == link(copy, everything)
    assert link(copy, found) is not None
    assert len(found) < len(everything)
    assert "a" in [text.document_id for text in index.candidates(known("c", report(121)[:60]))]  # by its title


def test_a_signature_can_be_stored() -> None:
    made = signature(report())
    assert Signature.from_bytes(made.to_bytes()) == made
    with pytest.raises(ValueError, match="bytes"):
        Signature.from_bytes(b"short")


def test_an_empty_text_is_like_nothing() -> None:
    empty = signature("12 %，。")
    assert empty.size == 0
    assert empty.similarity(empty) == 0.0


def test_numerals_carry_the_letters_before_them_and_days_are_marked() -> None:
    assert numerals_of("11月23日，已完成1,618件，占７７%；另有1618件") == (
        "@11-23",
        "|11",
        "件占|77%",
        "另有|1618",
        "日已完成|1618",
        "月|23",
    )


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=20))
def test_the_signature_does_not_depend_on_figures_and_the_numerals_do(numbers: list[int]) -> None:
    text = "，".join(f"{ITEMS[i % 8]}{n}件" for i, n in enumerate(numbers))
    changed = "，".join(f"{ITEMS[i % 8]}{n + 1}件" for i, n in enumerate(numbers))
    assert signature(text) == signature(changed)
    assert numerals_of(text) != numerals_of(changed)


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=300))
def test_any_text_has_a_signature(text: str) -> None:
    made = signature(text)
    assert made.similarity(made) in (0.0, 1.0)
    assert list(numerals_of(text)) == sorted(numerals_of(text))
