"""Date, title, place and the rest: where each comes from, in which order, and what is said of conflicts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.normalize.dates import day_of, day_of_filename, day_of_url, days_in, period_of_filename
from flows.normalize.latest import latest_day
from flows.normalize.metadata import resolve
from flows.normalize.model import Candidate, SourceText


def text(body: str, *candidates: tuple[str, Candidate]) -> SourceText:
    """A plain text."""
    return SourceText(body, "text/plain", "utf-8", (), candidates)


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://www.example.gov.cn/zwgk/wmbss/202211/t20221118_1775567.htm", "2022-11-18"),
        ("http://news.example.com/html/2012-02/22/content_347271.htm", "2012-02-22"),
        ("http://www.example.com/system/2022/02/18/052347485.shtml", "2022-02-18"),
        ("http://wsjkw.example.gov.cn/2022/01-11/2380637.html", "2022-01-11"),
        ("http://www.example.gov.cn/art/2022/1/5/art_21_99.html", "2022-01-05"),
        ("http://paper.example.com.cn/rmrb/pc/content/202412/05/content_30.html", "2024-12-05"),
        ("http://www.example.gov.cn/xwfb/20220110/a2922659e5814745ae8d.html", "2022-01-10"),
        ("https://www.example.gov.cn/c105962s/2026/2/10/c3064029.shtml?x=1", "2026-02-10"),
    ],
)
def test_folders_of_a_url_tell_the_day(url: str, day: str) -> None:
    assert day_of_url(url) == day


@pytest.mark.parametrize(
    "url",
    [
        "http://www.example.gov.cn/113456/113469/2025092212550713215/index.html",
        "http://www.example.gov.cn/hcxxxgk/202403/ac532136c88e40c999782114a0b6a02f.shtml",
        "https://www.example.gov.cn/ztzl/msgc/14460961.html",
        "http://www.example.gov.cn/2022/13/45/x.html",
        "http://m.weibo.example/2803301701/4467080500301598",
    ],
)
def test_ids_of_a_url_do_not(url: str) -> None:
    assert day_of_url(url) is None


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2024-07-03 09:15:33.0", "2024-07-03"),
        ("2024年7月3日", "2024-07-03"),
        ("２０２４年７月３日", "2024-07-03"),
        ("2024/7/3 8:05", "2024-07-03"),
        ("20240703", "2024-07-03"),
        ("二〇二四年七月三日", "2024-07-03"),
        ("二○一九年十二月二十一日", "2019-12-21"),
        ("2024年02月30日", None),
        ("{{pubdate}}", None),
        ("1024-07-03", None),
        ("120240703", None),
    ],
)
def test_dates_as_they_are_written(written: str, day: str | None) -> None:
    assert day_of(written) == day


@given(st.dates(min_value=__import__("datetime").date(1950, 1, 1), max_value=__import__("datetime").date(2098, 12, 31)))
def test_every_day_is_read_back_from_each_shape(day: object) -> None:
    iso = str(day)
    year, month, date = iso.split("-")
    for shape in (
        iso,
        f"{year}/{month}/{date}",
        f"{year}年{int(month)}月{int(date)}日",
        f"{year}.{int(month)}.{int(date)}",
    ):
        assert days_in(f"于{shape}，发布") == [(1, iso)]
    assert day_of_url(f"http://a.cn/{year}{month}/t{year}{month}{date}_12.htm") == iso
    assert day_of_filename(f"通报_{year}{month}{date}.txt") == iso


def test_the_order_is_sidecar_url_meta_text_file_name() -> None:
    body = "某区进展通报\n发布时间：2024-07-04\n正文完成118件。"
    meta = ("published_on", Candidate("2024-07-03", "meta"))
    url = ("url", Candidate("http://a.cn/202407/t20240702_1.htm", "meta"))
    name = "通报20240705.txt"
    sidecar = {"published_on": "2024-07-01"}
    found = [
        resolve(text(body, meta, url), name=name, sidecar=sidecar),
        resolve(text(body, meta, url), name=name),
        resolve(text(body, meta), name=name),
        resolve(text(body), name=name),
        resolve(text("某区进展通报\n正文完成118件。"), name=name),
    ]
    assert [(m.published_on, m.published_on_basis) for m in found] == [
        ("2024-07-01", "sidecar"),
        ("2024-07-02", "url"),
        ("2024-07-03", "meta"),
        ("2024-07-04", "text"),
        ("2024-07-05", "text"),
    ]
    assert found[-1].bases["published_on"] == "filename"


def test_a_conflict_is_said() -> None:
    metadata = resolve(
        text("标题行在此处\n发布时间：2024-07-04\n正文。", ("published_on", Candidate("2024-07-03", "meta"))), name="a"
    )
    assert metadata.published_on == "2024-07-03"
    assert any("2024-07-04" in finding and "2024-07-03" in finding for finding in metadata.findings)


def test_a_sidecar_that_gives_no_date_is_said_and_not_used() -> None:
    metadata = resolve(
        text("标题行在此处\n发布时间：2024-07-04\n正文。"), name="a.txt", sidecar={"published_on": "soon"}
    )
    assert metadata.published_on == "2024-07-04"
    assert any("soon" in finding for finding in metadata.findings)


@pytest.mark.parametrize(
    ("body", "day"),
    [
        ("某市十件实事进度公示\n\n发布时间:2017-10-12 14:54 来源:某市办公室 阅读:\n\n正文。", "2017-10-12"),
        ("某地通报\n来源：某报\n发布时间：2020/2/1 8:54\n正文。", "2020-02-01"),
        ("2008年12月26日\n某通讯社某地12月26日电 正文。", "2008-12-26"),
        ("某市统计公报\n（2013年3月20日）\n正文。", "2013-03-20"),
        ("某区政府工作报告\n——2024年1月22日在某区第四届人民代表大会\n第四次会议上\n正文。", "2024-01-22"),
        ("【某地新增8例】正文三句。\n正文。\n（某网 2020-01-25 09:33:39 http://a.cn/Ir5kU）", "2020-01-25"),
        ("某区通报\n" + "正文一句完成3件。\n" * 8 + "2024年7月5日", "2024-07-05"),
    ],
)
def test_the_text_tells_its_day(body: str, day: str) -> None:
    metadata = resolve(text(body), name="a.txt")
    assert (metadata.published_on, metadata.published_on_basis) == (day, "text")


@pytest.mark.parametrize(
    ("body", "title", "day"),
    [
        ("完成某区2021年度第一批配租。截至11月23日完成118件。", "", "2021-12-31"),
        ("2025年完成5件。2026年3月12日召开会议。", "", "2026-03-12"),
        ("2025年全年收入12亿元。到2030年建成，2026年预算安排3亿元。", "", "2025-12-31"),
        (
            "2025年收入12亿元，2026年收入预算13亿元。2026年完成。",
            "某市2025年预算执行情况和2026年预算草案的报告",
            "2026-01-01",
        ),
        ("全区完成118件。", "", None),
        ("2024年5月末余额12亿元，2023年全年11亿元。", "", "2024-05-31"),
    ],
)
def test_the_latest_day_that_a_text_names_as_past_is_assumed(body: str, title: str, day: str | None) -> None:
    assert latest_day(body, title) == day


def test_an_assumed_day_says_so() -> None:
    metadata = resolve(text("某区2021年度实事完成118件。"), name="a.txt")
    assert (metadata.published_on, metadata.published_on_basis) == ("2021-12-31", "assumed")


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("huiji-2021-11.txt", "2021-11-30"),
        ("wuxi_2025_budget.txt", "2025-12-31"),
        ("a.txt", None),
        ("1225.39.txt", None),
    ],
)
def test_a_period_in_the_file_name(name: str, day: str | None) -> None:
    assert period_of_filename(name) == day


COLUMNS = """面对多重考验，全区干部深入分包
村（社区），三千余名党员参与一
线服务，累计接种疫苗 45606剂次。
完成城镇新增就业 2128人，惠及
辖区群众，民生保障更有温度。

截至 11月 23日，金水区领办的
45件实事已完成38件，完成率84%，
为民办实事活动取得成效。

金水区扎实开展为民办实事活动

以实干暖民心

广泛征集 摸清群众需求

志愿者在行动
"""


def test_the_title_of_a_newspaper_page_stands_in_its_middle() -> None:
    metadata = resolve(text(COLUMNS + "金水区为民办实事，金水区再部署。\n"), name="000.txt")
    assert metadata.title == "金水区扎实开展为民办实事活动"
    assert metadata.place == "金水区"


@pytest.mark.parametrize(
    ("body", "title"),
    [
        ("https://a.cn/1.html\n\n某县10月份实事进展通报\n\n正文一句。", "某县10月份实事进展通报"),
        ("第13版:新区新闻 上一版3\n春意闹\n返回主页\n上一期\n新港区开建厂房\n\n本报讯 近日开工。",
         "新港区开建厂房"),
        ("#最新#【#某地新增8例#】正文一句。\n", "某地新增8例"),
        ("全区完成118件，完成率81%，为历年最好。\n第二句。", None),
    ],
)  # fmt: skip
def test_titles(body: str, title: str | None) -> None:
    assert resolve(text(body), name="a.txt").title == title


def test_byline_issuer_and_page() -> None:
    body = "第02版:要闻 上一版3\n返回主页\n办好实事暖民心\n来源：某区融媒体中心\n记者 蔺某 通讯员 闫某 李某\n正文。"
    metadata = resolve(text(body), name="a.txt")
    assert (metadata.page, metadata.issuer, metadata.byline) == ("02 要闻", "某区融媒体中心", "蔺某 通讯员 闫某 李某")


def test_the_place_comes_from_sidecar_then_title_then_issuer_then_source() -> None:
    body = "惠济区实事进展通报\n来源：郑州市统计局\n正文提到中原区和中原区。"
    assert resolve(text(body), name="a", sidecar={"place": "二七区"}).place == "二七区"
    assert resolve(text(body), name="a").place == "惠济区"
    assert resolve(text("郑州市" + body), name="a").place == "惠济区"
    assert resolve(text(body.replace("惠济区", "")), name="a").place == "郑州市"
    assert resolve(text("正文一句。"), name="a", defaults={"place": "金水区"}).place == "金水区"


def test_defaults_fill_what_is_open_and_no_more() -> None:
    body = "某区通报标题\n来源：某区统计局\n正文。"
    metadata = resolve(text(body), name="a", defaults={"issuer": "某报", "place": "金水区"})
    assert metadata.issuer == "某区统计局"
    assert metadata.bases["place"] == "source"


@given(st.text(max_size=400), st.text(max_size=40))
def test_any_text_and_name_give_metadata(body: str, name: str) -> None:
    metadata = resolve(text(body), name=name)
    assert metadata.published_on_basis in ("url", "text", "assumed", None)
    assert (metadata.published_on is None) == (metadata.published_on_basis is None)
