"""Writes samples/: small reports made up for this project, one in each format that is read.

The places are real names, the words and figures are our own. Run it again after a change here; the text samples come
out byte for byte the same, and so do the others but for the libraries' own marks.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Sequence
from pathlib import Path

import openpyxl
from docx import Document
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

SAMPLES = Path(__file__).resolve().parent.parent / "samples"

# A newspaper page as a text dump gives it: narrow columns broken anywhere, also inside numbers, spaces where the
# typesetter left room, a blank line in a sentence where a column ends, the heading after its body.
PAGE = (
    "区里把办事的账记在明处，截至 {month}月 {day}日，全区 42位区级领导领办的{total}件实事已办结{done}件，"
    "办结率{rate}%；"
    "街道和镇干部领办的 1960件实事已办结{done2}件，办结率{rate2}%。今年以来累计走访群众{visits}余户，收集意见建议"
    " {advice}条，“1+4+N”服务机制覆盖全部 8个街道和镇，群众身边的烦心事一件一件有了着落。",
    "为方便群众就近就医，全区新建社区卫生服务站 6个，改造 3所乡镇卫生院，累计接种疫苗{doses}剂次。"
    "累计播发“办实事”新闻报道{news}篇，其中国家级 {news1}篇，省级{news2}篇，市级{news3}篇。",
)
HEADING = "惠济区晒出为民办实事清单"
BYLINE = "记者 李样本 通讯员 周示例 文/图"

PAGES = (
    ("2021-09-24", {"month": 9, "day": 23, "total": 140, "done": 84, "rate": 60, "done2": 1176, "rate2": 60,
                    "visits": 5200, "advice": 906, "doses": 702345, "news": 1830, "news1": 31, "news2": 410,
                    "news3": 1389}),
    ("2021-10-25", {"month": 10, "day": 23, "total": 140, "done": 98, "rate": 70, "done2": 1333, "rate2": 68,
                    "visits": 7400, "advice": 1215, "doses": 861204, "news": 2611, "news1": 44, "news2": 603,
                    "news3": 1964}),
    ("2021-11-25", {"month": 11, "day": 23, "total": 140, "done": 116, "rate": 82, "done2": 1509, "rate2": 77,
                    "visits": 9300, "advice": 1588, "doses": 934870, "news": 3204, "news1": 52, "news2": 760,
                    "news3": 2392}),
)  # fmt: skip

NOTICE = """\
关于2022年区民生实事项目进展情况的通报

各街道办事处，区直各部门：
现将截至2022年8月31日十件民生实事的进展通报如下。
一、老旧小区改造。计划改造36个小区，已完工27个，完工率75%，惠及居民8460户。
二、农村公路。新改建农村公路58.6公里，占年度目标的97.7%，完成投资1.26亿元。
三、养老服务。新增养老床位420张，建成社区助餐点18处，服务老人12.5万人次。
四、就业帮扶。城镇新增就业5316人，其中高校毕业生1874人，帮助就业困难人员就业不少于390人。
五、学位供给。新建幼儿园2所、小学1所，新增学位2430个。年底前再新增学位1000个。
六、充电设施。建成公共充电桩640个，完成年度计划的80%。
七、饮水安全。更换供水管网约21公里，近3万名群众受益。
联系电话：0596-5550123
龙文区民生实事工作专班办公室
2022年9月5日
"""

# Here a stated rate does not follow from its counts: it must wait in quarantine, and nothing else with it.
WRONG_RATE = """\
东湖街道通报第三季度网格巡查情况

2023年第三季度，街道网格员上报问题1280件，已办结1152件，办结率95%。
其中市容环境类问题640件，安全隐患类问题384件，矛盾纠纷类问题256件。
街道累计出动巡查人员2300余人次，投入资金86.5万元。
发布时间：2023-10-12
"""

HEALTH = """\
{place}卫生健康委员会通报：2022年3月{day}日0—24时，全市新增本土确诊病例{new}例，其中{close}例在隔离管控中发现、{active}例在主动筛查中发现。新增治愈出院{cured}例。
截至2022年3月{day}日24时，累计报告本土确诊病例{total}例，累计治愈出院{cured_total}例，在院治疗{inside}例，无死亡病例。全市累计完成核酸采样{tests}万人次。
"""

BULLETIN_FIELDS = ("new", "close", "active", "cured", "total", "cured_total", "inside", "tests")
BULLETINS = (
    (14, (23, 19, 4, 5, 412, 301, 111, "186.4")),
    (15, (17, 15, 2, 8, 429, 309, 120, "203.7")),
    (16, (11, 11, 0, 13, 440, 322, 118, "218.2")),
    (17, (6, 5, 1, 16, 446, 338, 108, "231.9")),
)

WEB_PAGE = """\
<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="SiteName" content="荆门市统计局">
<meta name="ArticleTitle" content="2023年荆门市国民经济和社会发展统计公报">
<meta name="PubDate" content="2024-03-20 09:30">
<meta name="ContentSource" content="荆门市统计局">
<title>2023年荆门市国民经济和社会发展统计公报</title>
</head>
<body>
<div class="nav">首页 &gt; 统计数据 &gt; 统计公报</div>
<div id="zoom">
<p>初步核算，全年地区生产总值1286.4亿元，按不变价格计算，比上年增长5.8%。分产业看，第一产业增加值92.7亿元，增长4.1%；第二产业增加值548.3亿元，增长6.4%；第三产业增加值645.4亿元，增长5.5%。</p>
<p>年末常住人口318.6万人，比上年末减少1.2万人；城镇化率63.2%，提高0.9个百分点。全年一般公共预算收入<span>86</span><span>.5</span>亿元，下降2.3%。</p>
<table>
<caption>主要工业产品产量 单位：万吨</caption>
<tr><th>产品</th><th>产量</th><th>比上年增长（%）</th></tr>
<tr><td>水泥</td><td>412.6</td><td>-3.5</td></tr>
<tr><td>钢材</td><td>186.0</td><td>7.2</td></tr>
<tr><td>化肥</td><td>24.8</td><td>1.9</td></tr>
</table>
</div>
<div class="foot">版权所有 2024</div>
</body>
</html>
"""

BUDGET = (
    "青川县2022年预算执行情况",
    "2022年，全县一般公共预算收入45.3亿元，完成预算的102.4%，比上年增长6.7%。其中税收收入33.8亿元，非税收入11.5亿元。",
    "一般公共预算支出78.9亿元，完成预算的96.2%。教育支出15.4亿元，增长8.1%；卫生健康支出7.6亿元，下降1.4%。",
    "2023年，一般公共预算收入预期增长6%左右，新增地方政府专项债券不超过20亿元。",
)


def columns(text: str, width: int, foot: int) -> str:
    """``text`` in lines of ``width`` half-width cells, broken anywhere; a blank line after every ``foot`` lines."""
    lines, line, used = [], "", 0
    for character in text:
        cells = 1 if character.isascii() else 2
        if used + cells > width and character not in "，。、；：”）":
            lines.append(line)
            line, used = "", 0
        line, used = line + character, used + cells
    lines.append(line)
    return "\n".join(line + "\n" if number % foot == 0 else line for number, line in enumerate(lines, start=1))


def write_pages() -> None:
    for published, values in PAGES:
        stem = f"huiji-{published}"
        body = [columns(paragraph.format(**values), 28, 9).strip() for paragraph in PAGE]
        text = "\n\n".join([*body, HEADING, BYLINE]) + "\n"
        (SAMPLES / f"{stem}.txt").write_text(text, encoding="utf-8")
        sidecar = {"published_on": published, "place": "惠济区", "issuer": "惠济区"}
        (SAMPLES / f"{stem}.txt.meta.json").write_text(json.dumps(sidecar, ensure_ascii=False) + "\n", encoding="utf-8")


def write_texts() -> None:
    (SAMPLES / "notice-gb18030.txt").write_bytes(NOTICE.encode("gb18030"))
    (SAMPLES / "patrols-with-a-wrong-rate.txt").write_text(WRONG_RATE, encoding="utf-8-sig")
    for day, values in BULLETINS:
        text = HEALTH.format(place="海宁市", day=day, **dict(zip(BULLETIN_FIELDS, values, strict=True)))
        (SAMPLES / f"haining-2022-03-{day + 1}.txt").write_text(text, encoding="utf-8")
    (SAMPLES / "bulletin.html").write_text(WEB_PAGE, encoding="utf-8")


def write_pdf(path: Path, paragraphs: Sequence[str]) -> None:
    """Running text of 30 characters a line over one page, with a page number as governments print it."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    canvas = Canvas(str(path), pagesize=A4, invariant=1)
    y = 780.0
    for number, paragraph in enumerate(paragraphs):
        size = 18 if number == 0 else 14
        canvas.setFont("STSong-Light", size)
        text = paragraph if number == 0 else "　　" + paragraph
        for start in range(0, len(text), 30):
            canvas.drawString(85, y, text[start : start + 30])
            y -= size * 1.7
    canvas.setFont("STSong-Light", 10)
    canvas.drawCentredString(A4[0] / 2, 40, "— 1 —")
    canvas.save()


def write_docx(path: Path) -> None:
    document = Document()
    document.add_heading("2022年安平县教育事业发展统计", level=1)
    document.add_paragraph("2022年，全县共有各级各类学校212所，在校学生8.64万人，专任教师5420人。")
    document.add_paragraph("单位：人")
    rows = (
        ("学段", "在校学生", "招生"),
        ("幼儿园", "18600", "6150"),
        ("小学", "41200", "7080"),
        ("初中", "19300", "6540"),
    )
    table = document.add_table(rows=0, cols=3)
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.add_paragraph("安平县教育局　2023年2月10日")
    document.save(str(path))


def write_xlsx(path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "2023年1-6月"
    for row in (
        ("2023年1—6月平江县主要经济指标",),
        ("指标", "单位", "1—6月", "同比增长（%）"),
        ("社会消费品零售总额", "亿元", 62.4, 7.9),
        ("进出口总额", "万美元", 18350, -4.2),
        ("全社会用电量", "万千瓦时", 95620, 5.1),
    ):
        sheet.append(row)
    book.save(path)


def write_zip(path: Path) -> None:
    notices = {
        "water-2023-05.txt": "2023年5月，永安市水质综合合格率99.9%。全月供水量412.8万吨，售水量371.5万吨。\n"
        "发布日期：2023年6月6日\n",
        "water-2023-06.txt": "2023年6月，永安市水质综合合格率99.8%。全月供水量438.2万吨，售水量396.0万吨。\n"
        "发布日期：2023年7月5日\n",
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in notices.items():
            archive.writestr(zipfile.ZipInfo(name, (2023, 7, 6, 0, 0, 0)), text)
    path.write_bytes(buffer.getvalue())


# A picture of one white pixel: what a scan looks like to a program without OCR. It must be told, not lost.
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b55"
    "0000000a49444154789c63f80f00010101001bb6ee560000000049454e44ae426082"
)


def main() -> None:
    SAMPLES.mkdir(exist_ok=True)
    write_pages()
    write_texts()
    write_pdf(SAMPLES / "budget-2023-01-18.pdf", BUDGET)
    write_docx(SAMPLES / "education.docx")
    write_xlsx(SAMPLES / "indicators-2023-07-20.xlsx")
    write_zip(SAMPLES / "water.zip")
    (SAMPLES / "scan.png").write_bytes(PIXEL)


if __name__ == "__main__":
    main()
