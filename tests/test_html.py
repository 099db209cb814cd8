"""Pages: body, tables, metas, digital newspapers, gates, lists. The pages are made here, in our own words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.errors import Unreadable
from flows.normalize.html import BLOCKED, read_html
from flows.normalize.metadata import resolve
from flows.normalize.model import SourceText
from flows.normalize.read import kind_of, read_source

PROSE = "上半年，全区26件民生实事已完成15件，完成率57.7%，其余11件按计划推进，累计投入资金3.42亿元。"


def page(body: str, head: str = "", encoding: str = "utf-8") -> bytes:
    """A page with navigation and footer around the body."""
    menu = "".join(f'<li><a href="/{n}">栏目{n}</a></li>' for n in range(12))
    return (
        f'<!DOCTYPE html><html><head><meta charset="{encoding}">{head}</head><body><ul class="menu">{menu}</ul>'
        f'<div class="main"><div id="text">{body}</div></div>'
        '<div class="foot">主办单位：某区人民政府办公室</div></body></html>'
    ).encode("gb18030" if encoding == "gb2312" else encoding)


def article(*paragraphs: str) -> str:
    """Paragraphs enough to be the body of a page."""
    return "".join(f"<p>{text}</p>" for text in (*paragraphs, PROSE, PROSE, PROSE))


def roles(source: SourceText, role: str) -> list[str]:
    """The texts of the blocks of a role."""
    return [source.text[span.start : span.end] for span in source.spans if span.role == role]


def test_the_body_comes_without_menu_and_footer() -> None:
    source = read_html(page(article()), "a.html")
    assert roles(source, "paragraph") == [PROSE] * 3
    assert "栏目" not in source.text
    assert "主办单位" not in source.text


def test_blocks_stand_apart_by_a_blank_line_and_spans_cover_them() -> None:
    source = read_html(page(article("一、总体进展", "数据截至6月30日。")), "a.html")
    assert source.text.split("\n\n")[:2] == ["一、总体进展", "数据截至6月30日。"]
    assert (
        "".join(source.text[a.end : b.start] for a, b in zip(source.spans, source.spans[1:], strict=False)).strip()
        == ""
    )
    assert roles(source, "heading") == ["一、总体进展"]


def test_a_page_that_declares_gb2312_is_read_as_gb18030() -> None:
    source = read_html(page(article("镕䶮两个字不在小字集里。"), encoding="gb2312"), "a.html")
    assert source.encoding == "gb18030"
    assert "镕䶮" in source.text


def test_numbers_in_spans_of_their_own_are_joined() -> None:
    body = article(
        "<span>全年完成</span>\n<span>2</span><span>474</span>\n<span>篇</span>，<b>增长</b><span>5.</span><span>3%</span>。"
    )
    assert "全年完成2474篇，增长5.3%。" in read_html(page(body), "a.html").text


def test_note_marks_are_taken_out_and_powers_stay() -> None:
    body = article(
        "面积为120万m<sup>2</sup>，总产值<sup>[3]</sup>增长4.1%，居民收入<sup>2</sup>为5.2万元，合计[1]为9个。",
        '见<a href="#_ftn1">[1]</a>上文，12024年新增创业者130人。',
        "[1] 合计为初步数。",
    )
    source = read_html(page(body), "a.html")
    assert "面积为120万m²，总产值增长4.1%，居民收入为5.2万元，合计为9个。" in source.text
    assert "见上文，2024年新增创业者130人。" in source.text
    assert roles(source, "note") == ["[1] 合计为初步数。"]


def test_stray_navigation_digits_and_comment_tails_are_gone_and_a_bare_number_is_not() -> None:
    body = article("上一版3  4下一版", "/enpproperty-->", "下一篇4", "【字体：大 中 小】", "2186138")
    source = read_html(page(body), "a.html")
    assert roles(source, "paragraph") == ["2186138", PROSE, PROSE, PROSE]


def test_a_sentence_that_the_markup_cuts_is_one() -> None:
    body = "<p>全年实现地区生产总值（GDP）812.55</p><p>亿元，比上年增长5.7%。</p>" + article()
    assert "812.55亿元，比上年增长5.7%。" in read_html(page(body), "a.html").text


TABLE = """<p>表2 主要产品产量</p><p>单位：万吨</p><table>
<tr><th rowspan="2">产品</th><th colspan="2">产量</th></tr><tr><th>绝对数</th><th>比上年增长（%）</th></tr>
<tr><td>粮食</td><td>98.1</td><td>0.2</td></tr><tr><td>油料</td><td></td><td>-4.5</td></tr></table>"""


def test_a_table_keeps_head_caption_unit_and_empty_cells() -> None:
    source = read_html(page(article() + TABLE), "a.html")
    assert roles(source, "caption") == ["表2 主要产品产量", "单位：万吨"]
    assert roles(source, "table_head") == ["产品\t产量\t产量", "产品\t绝对数\t比上年增长（%）"]
    assert roles(source, "table_row") == ["粮食\t98.1\t0.2", "油料\t\t-4.5"]
    assert "表2 主要产品产量\n单位：万吨\n产品\t产量\t产量\n" in source.text


def test_two_tables_side_by_side_become_one_below_the_other() -> None:
    table = (
        "<table><tr><td>行业</td><td>增长%</td><td>行业</td><td>增长%</td></tr>"
        "<tr><td>农业</td><td>1.5</td><td>建筑业</td><td>-2</td></tr><tr><td>工业</td><td>7</td><td></td><td></td></tr></table>"
    )
    source = read_html(page(article() + table), "a.html")
    assert roles(source, "table_head") == ["行业\t增长%"]
    assert roles(source, "table_row") == ["农业\t1.5", "工业\t7", "建筑业\t-2"]


def test_a_table_that_came_one_cell_a_line_is_a_table_again() -> None:
    cells = [
        "表1 收入情况",
        "指标",
        "单位",
        "数额",
        "税收",
        "万元",
        "2350",
        "非税",
        "万元",
        "186",
        "合计",
        "万元",
        "2536",
    ]
    source = read_html(page(article(*cells)), "a.html")
    assert roles(source, "table_head") == ["指标\t单位\t数额"]
    assert roles(source, "table_row") == ["税收\t万元\t2350", "非税\t万元\t186", "合计\t万元\t2536"]
    assert roles(source, "caption") == ["表1 收入情况"]


def test_a_table_whose_rows_are_lines_with_spaces_is_a_table_again() -> None:
    lines = ["表1 价格", "指标 比上年涨跌幅度（%）", "总指数 0.4", "食品 -0.8", "衣着 0.9", "居住 1.0"]
    source = read_html(page(article(*lines)), "a.html")
    assert roles(source, "table_row") == ["总指数\t0.4", "食品\t-0.8", "衣着\t0.9", "居住\t1.0"]
    assert roles(source, "table_head") == ["指标\t比上年涨跌幅度（%）"]


def test_a_table_that_only_arranges_the_page_is_prose() -> None:
    body = f"<table><tr><td>{article('第一段内容。')}</td></tr></table>"
    assert not roles(read_html(page(body), "a.html"), "table_row")


META = '<meta name="ArticleTitle" content="某区上半年实事进展"><meta name="{}" content="{}">'


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("PubDate", "2024-07-03"),
        ("Pubdate", "2024-07-03 09:15"),
        ("pubdate", "2024-07-03 09:15:33"),
        ("PubDate", "2024-07-03,09:15"),
        ("PubDate", "2024-07-03 15∶44"),
        ("PubDate", "2024-07-03 09:15:33.0"),
        ("publishdate", "2024/7/3"),
    ],
)
def test_the_date_of_publication_in_every_spelling(name: str, content: str) -> None:
    source = read_html(page(article(), META.format(name, content)), "a.html")
    metadata = resolve(source, name="a.html")
    assert (metadata.published_on, metadata.published_on_basis) == ("2024-07-03", "meta")
    assert metadata.title == "某区上半年实事进展"


@pytest.mark.parametrize("content", ["", "{{pubdate}}", "$PubDate$", "0000-00-00"])
def test_a_placeholder_is_no_date(content: str) -> None:
    source = read_html(page(article("时间：2024年7月5日"), META.format("PubDate", content)), "a.html")
    assert resolve(source, name="a.html").published_on_basis == "text"


def test_the_first_of_two_dates_counts_and_the_other_is_a_finding() -> None:
    head = META.format("PubDate", "2024-07-03") + '<meta name="PubDate" content="2024-09-30">'
    metadata = resolve(read_html(page(article(), head), "a.html"), name="a.html")
    assert metadata.published_on == "2024-07-03"
    assert any("2024-09-30" in finding for finding in metadata.findings)


def test_metas_quoted_in_odd_ways_and_in_comments() -> None:
    head = (
        "<!-- <meta name='PubDate' content='2001-01-01'> --><meta name='ArticleTitle' content='某区工作通报'>"
        "<meta name=“Author”content='某科室'>"
        '<meta content="2024-07-03" name="PubDate"><meta name=createDate content=2026-01-01>'
    )
    metadata = resolve(read_html(page(article(), head), "a.html"), name="a.html")
    assert (metadata.title, metadata.published_on) == ("某区工作通报", "2024-07-03")


def test_the_title_stands_on_top_once() -> None:
    body = "<h1>某区上半年实事进展</h1>" + article()
    source = read_html(page(body, META.format("PubDate", "2024-07-03")), "a.html")
    assert roles(source, "title") == ["某区上半年实事进展"]
    assert source.text.count("某区上半年实事进展") == 1


def test_the_site_is_no_part_of_the_title() -> None:
    source = read_html(page(article(), "<title>某区上半年实事进展 - 某区人民政府门户网站</title>"), "a.html")
    assert resolve(source, name="a.html").title == "某区上半年实事进展"


CLASSIC = """<html><head><title>测试日报数字报</title></head><body>
<!--enpproperty <founder-date>2023-11-24</founder-date>
<founder-title>办好实事暖民心</founder-title> /enpproperty--><a id="pageLink">第02版：要闻</a>
<table><tr><td><!--<npm:article-pretitle>-->引题在此<!--</npm:article-pretitle>--></td></tr>
<tr><td><founder-title>办好实事<BR>暖民心</founder-title></td></tr>
<tr><td><!--<npm:article-subtitle>-->副题在此<!--</npm:article-subtitle>--></td></tr>
<tr><td><founder-author>本报记者 张某</founder-author></td></tr></table>
<table id="newspic"><tr><td><img src="a.jpg"></td></tr><tr><td>志愿者入户走访。</td></tr></table>
<div id="ozoom"><founder-content><P>{}</P><P>{}</P></founder-content></div>上一版3  4下一版 下一篇4</body></html>"""


def test_the_classic_template_of_digital_newspapers() -> None:
    source = read_html(CLASSIC.format(PROSE, "（下转07版）").encode(), "content_1.htm")
    assert roles(source, "title") == ["办好实事 暖民心"]
    assert roles(source, "heading") == ["引题在此", "副题在此"]
    assert roles(source, "byline") == ["本报记者 张某"]
    assert roles(source, "paragraph") == [PROSE, "（下转07版）"]
    assert roles(source, "caption") == ["志愿者入户走访。"]
    metadata = resolve(source, name="content_1.htm")
    assert (metadata.published_on, metadata.page) == ("2023-11-24", "02 要闻")


def test_the_template_of_2020() -> None:
    body = f"""<html><head><title>测试日报数字报-通报</title></head><body><div id="content">
    <span id="paperHeadTitle">第A06版：公告</span><span id="paperShowDate">2024年07月04日</span>
    <p id="pretitle"></p><h1 id="maintitle">上半年实事进展通报</h1>
    <p id="subtitle">某区政府办</p><p id="articleAuthor"></p>
    <div id="imgTextBox"><p class="pImg"><img></p><p class="imgText">新建成的社区食堂</p></div>
    <div id="articleContent"><p>{PROSE}</p><p>12024年数据有调整。</p></div></div></body></html>"""
    source = read_html(body.encode(), "content_1517_1.htm")
    assert roles(source, "title") == ["上半年实事进展通报"]
    assert roles(source, "paragraph") == [PROSE, "2024年数据有调整。"]
    assert roles(source, "caption") == ["新建成的社区食堂"]
    metadata = resolve(source, name="content_1517_1.htm")
    assert (metadata.published_on, metadata.page) == ("2024-07-04", "A06 公告")


def test_the_peoples_daily_template() -> None:
    body = f"""<html><body><div class="article"><h3>肩题</h3><h1>各地办实事见成效</h1><p class="sec">本报记者 李某
    <span class="newstime">（2024年12月05日 第 03 版）</span></p>
    <div id="ozoom"><p>{PROSE}</p></div></div></body></html>"""
    source = read_html(body.encode(), "content_30.html")
    assert roles(source, "title") == ["各地办实事见成效"]
    assert roles(source, "paragraph") == [PROSE]
    assert resolve(source, name="content_30.html").published_on == "2024-12-05"


@pytest.mark.parametrize(
    "body",
    [
        "<p>请完成安全验证后继续访问</p>",
        "<form>用户登录<input name=u><input type='password'></form>",
        "<h1>403 Forbidden</h1>",
        "<script>document.cookie='a=1';location.reload()</script>",
        "<noscript>Please enable JavaScript</noscript><p>Just a moment...</p>",
    ],
)
def test_a_gate_is_blocked_and_not_empty(body: str) -> None:
    with pytest.raises(Unreadable) as error:
        read_html(f"<html><body>{body}</body></html>".encode(), "a.html")
    assert error.value.title == BLOCKED


def test_a_report_that_speaks_of_verification_codes_is_a_report() -> None:
    assert "验证码" in read_html(page(article("全年发送验证码短信130万条。") * 6), "a.html").text


def test_a_list_of_links_is_no_report() -> None:
    links = "".join(
        f'<li><a href="/{n}.html">关于第{n}批民生实事项目进展情况的通报</a><span>07-0{n}</span></li>'
        for n in range(1, 9)
    )
    with pytest.raises(Unreadable, match="list of links"):
        read_html(f"<html><body><ul>{links}</ul></body></html>".encode(), "index.html")


def test_sixty_thousand_nested_tags_lose_no_word() -> None:
    data = b"<html><body>" + b"<div>" * 60_000 + PROSE.encode() * 3 + b"</div>" * 60_000 + b"</body></html>"
    assert PROSE in read_html(data, "deep.html").text


def test_hidden_text_is_not_read() -> None:
    body = article('<span style="display:none">999件</span>可见内容。<script>var n = 888;</script>')
    source = read_html(page(body), "a.html")
    assert "999" not in source.text
    assert "888" not in source.text


def test_a_page_is_told_by_its_bytes_and_a_text_that_names_tags_is_not_one() -> None:
    assert kind_of(page(article()), "report.txt") == "html"
    assert kind_of("本文说明<p>标签的用法。\n完成118件。".encode(), "a.txt") == "text"
    assert read_source(page(article()), "report.txt").media_type == "text/html"


@given(st.text(alphabet="<>/pdivtable trs\"'=0123456789亿元，。&;!-", max_size=300))
def test_any_markup_is_read_or_refused(markup: str) -> None:
    try:
        source = read_html(("<html><body>" + markup).encode(), "a.html")
    except Unreadable:
        return
    assert all(source.text[span.start : span.end] for span in source.spans)
