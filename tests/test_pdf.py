"""PDFs: paragraphs over lines, columns and pages, tables, furniture, marks. The files are made here with reportlab."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from flows.errors import Unreadable
from flows.normalize import ocr
from flows.normalize.metadata import resolve
from flows.normalize.model import SourceText
from flows.normalize.pdf import read_pdf
from flows.reading import read_report

FONT = "STSong-Light"
PROSE = (
    "今年上半年，全区围绕群众关心的就业、就学、就医和出行，排出民生实事二十六件，明确牵头领导和完成时限，逐月通报进度。"
    "截至6月30日，已完成15件，完成率57.7%，累计投入资金3.42亿元，其中财政资金2.96亿元，惠及居民4300余户。"
)


def made(draw: Callable[[Canvas], None], **options: object) -> bytes:
    """A PDF that ``draw`` puts on the canvas."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=True, **options)
    draw(canvas)
    canvas.save()
    return buffer.getvalue()


def wrapped(canvas: Canvas, text: str, x: float, y: float, width: int, size: float = 12, indent: bool = True) -> float:
    """Text in lines of ``width`` characters, the first indented; returns the height below it."""
    canvas.setFont(FONT, size)
    line, start = "", 2 if indent else 0
    for character in text:
        used = pdfmetrics.stringWidth(line + character, FONT, size) / size + start
        if used > width:
            canvas.drawString(x + start * size, y, line)
            y, line, start = y - 1.6 * size, "", 0
        line += character
    canvas.drawString(x + start * size, y, line)
    return y - 1.6 * size


def roles(source: SourceText, role: str) -> list[str]:
    """The texts of the blocks of a role."""
    return [source.text[span.start : span.end] for span in source.spans if span.role == role]


def test_hard_wrapped_lines_become_paragraphs() -> None:
    def draw(canvas: Canvas) -> None:
        y = wrapped(canvas, PROSE, 90, 700, 34)
        wrapped(canvas, "下半年，各单位要加快进度，确保全部按期完成。", 90, y, 34)

    source = read_pdf(made(draw), "a.pdf")
    assert roles(source, "paragraph") == [PROSE, "下半年，各单位要加快进度，确保全部按期完成。"]
    assert source.spans[0].page == 1
    assert source.spans[0].bbox is not None


def test_page_numbers_and_running_heads_are_dropped_and_the_paragraph_goes_on_over_the_page() -> None:
    half = len(PROSE) // 2

    def draw(canvas: Canvas) -> None:
        for page in range(4):
            canvas.setFont(FONT, 9)
            canvas.drawCentredString(297, 810, "某区统计公报")
            canvas.drawCentredString(297, 30, f"— {page + 1} —")
            if page == 0:
                for index in range(0, half, 30):
                    canvas.setFont(FONT, 12)
                    canvas.drawString(90, 150 - index, PROSE[index : min(half, index + 30)].ljust(30, "　")[:30])
            elif page == 1:
                wrapped(canvas, PROSE[half:], 90, 760, 30, indent=False)
            else:
                wrapped(canvas, "第三部分内容已经完成。", 90, 760, 30)
            canvas.showPage()

    source = read_pdf(made(draw), "a.pdf")
    assert "统计公报" not in source.text
    assert "— 1 —" not in source.text
    assert "\n\n1\n\n" not in source.text
    assert "3.42亿元" in source.text


def test_a_bulletin_names_its_title_date_and_place() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont(FONT, 22)
        canvas.drawCentredString(297, 760, "惠济区2024年国民经济和")
        canvas.drawCentredString(297, 730, "社会发展统计公报")
        canvas.setFont(FONT, 12)
        canvas.drawCentredString(297, 700, "2025年4月8日")
        wrapped(canvas, PROSE, 90, 660, 34)

    source = read_pdf(made(draw), "a.pdf")
    metadata = resolve(source, name="a.pdf")
    assert metadata.title == "惠济区2024年国民经济和社会发展统计公报"
    assert (metadata.published_on, metadata.published_on_basis, metadata.place) == ("2025-04-08", "text", "惠济区")


def table(canvas: Canvas, rows: list[list[str]], y: float, xs: tuple[float, ...] = (90, 250, 350, 450)) -> None:
    """Cells drawn in columns, without upright rules."""
    canvas.setFont(FONT, 11)
    for row in rows:
        for x, cell in zip(xs, row, strict=False):
            canvas.drawString(x, y, cell)
        y -= 20


def test_a_table_keeps_its_rows_head_and_unit() -> None:
    rows = [
        ["指标", "单位", "绝对数", "比上年增长（%）"],
        ["粮食", "万吨", "98.2", "0.3"],
        ["油料", "万吨", "4.8", "-0.5"],
        ["蔬菜", "万吨", "121.6", "2.5"],
    ]

    def draw(canvas: Canvas) -> None:
        y = wrapped(canvas, PROSE, 90, 760, 34)
        canvas.setFont(FONT, 11)
        canvas.drawCentredString(297, y - 10, "表1 主要农产品产量")
        table(canvas, rows, y - 34)
        wrapped(canvas, PROSE, 90, y - 140, 34)

    source = read_pdf(made(draw), "a.pdf")
    assert roles(source, "caption") == ["表1主要农产品产量"]
    assert roles(source, "table_head") == ["\t".join(rows[0])]
    assert roles(source, "table_row") == ["\t".join(row) for row in rows[1:]]
    assert roles(source, "paragraph") == [PROSE, PROSE]


def test_a_table_goes_on_over_the_page_under_its_head() -> None:
    def draw(canvas: Canvas) -> None:
        wrapped(canvas, PROSE, 90, 760, 34)
        table(canvas, [["产品", "单位", "产量", "比上年增长（%）"], ["白酒", "千升", "7758.2", "-4.6"]], 110)
        canvas.showPage()
        table(canvas, [["水泥", "万吨", "101.7", "79.8"], ["硫酸", "万吨", "13.9", "27.9"]], 760)
        wrapped(canvas, PROSE, 90, 700, 34)

    source = read_pdf(made(draw), "a.pdf")
    assert roles(source, "table_head") == ["产品\t单位\t产量\t比上年增长（%）"]
    assert [row.split("\t")[0] for row in roles(source, "table_row")] == ["白酒", "水泥", "硫酸"]
    assert [span.page for span in source.spans if span.role == "table_row"] == [1, 2, 2]


def test_a_head_over_two_columns_is_given_to_both() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont(FONT, 11)
        canvas.drawString(90, 720, "项目")
        canvas.drawCentredString(360, 720, "2024年")
        table(
            canvas,
            [["", "预算数", "执行数"], ["税收收入", "348097", "366726"], ["非税收入", "210445", "192603"]],
            700,
            (90, 300, 390),
        )

    source = read_pdf(made(draw), "a.pdf")
    assert roles(source, "table_head") == ["项目\t2024年\t2024年", "\t预算数\t执行数"]
    assert roles(source, "table_row") == ["税收收入\t348097\t366726", "非税收入\t210445\t192603"]


def test_columns_are_read_one_after_the_other_and_sentences_go_on_between_them() -> None:
    def draw(canvas: Canvas) -> None:
        lines = [PROSE[index : index + 14] for index in range(0, len(PROSE), 14)]
        canvas.setFont(FONT, 10)
        third = -(-len(lines) // 3)
        for column in range(3):
            for row, line in enumerate(lines[column * third : (column + 1) * third]):
                canvas.drawString(60 + 170 * column, 700 - 15 * row, line)

    source = read_pdf(made(draw), "page.pdf")
    assert roles(source, "paragraph") == [PROSE]


def test_a_heading_set_after_its_body_comes_before_it() -> None:
    first = "东部片区完成改造12处，惠及居民430户，群众满意度达到98.5%，工程按期完工并通过验收。"
    second = "西部片区新建学校4所，新增学位2150个，投入资金1.86亿元，学校已在秋季如期开学招生。"
    third = "其中公办园3所，新增托位620个，收费标准已经公示，家长可以在网上办理入园登记手续。"

    def draw(canvas: Canvas) -> None:
        wrapped(canvas, first, 60, 700, 16, 10)
        wrapped(canvas, second, 320, 700, 16, 10)
        wrapped(canvas, third, 320, 600, 16, 10)
        canvas.setFont(FONT, 20)
        canvas.drawString(60, 740, "改造老旧小区")
        canvas.drawString(320, 740, "办好身边学校")

    source = read_pdf(made(draw), "page.pdf")
    lines = source.text.split("\n\n")
    assert lines == ["改造老旧小区", first, "办好身边学校", second, third]


def test_raised_note_marks_are_dropped_and_powers_kept() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont(FONT, 12)
        canvas.drawString(90, 700, "全年地区生产总值")
        canvas.setFont(FONT, 7)
        canvas.drawString(187, 707, "[2]")
        canvas.setFont(FONT, 12)
        canvas.drawString(200, 700, "完成812.5亿元，新增绿地30万m")
        x = 200 + pdfmetrics.stringWidth("完成812.5亿元，新增绿地30万m", FONT, 12)
        canvas.setFont(FONT, 7)
        canvas.drawString(x + 0.5, 707, "2")
        canvas.setFont(FONT, 12)
        canvas.drawString(x + 6, 700, "，增长5.3%。")

    source = read_pdf(made(draw), "a.pdf")
    assert source.text == "全年地区生产总值完成812.5亿元，新增绿地30万m²，增长5.3%。"


def test_a_locked_file_says_so() -> None:
    data = made(lambda canvas: canvas.drawString(90, 700, "secret"), encrypt=StandardEncryption("word", strength=128))
    with pytest.raises(Unreadable, match="password"):
        read_pdf(data, "locked.pdf")


@pytest.mark.parametrize("share", [0.05, 0.3, 0.6, 0.9])
def test_a_file_cut_off_is_read_as_far_as_pdfium_mends_it_or_refused(share: float) -> None:
    data = made(lambda canvas: wrapped(canvas, PROSE, 90, 700, 34) and None)
    try:
        source = read_pdf(data[: int(len(data) * share)], "cut.pdf")
    except Unreadable:
        return
    assert "57.7%" in source.text


def test_a_scan_is_refused_with_the_advice_to_install_ocr(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "installed", lambda: False)

    def draw(canvas: Canvas) -> None:
        picture = io.BytesIO()
        Image.new("L", (40, 40), 128).save(picture, "PNG")
        picture.seek(0)
        canvas.drawImage(ImageReader(picture), 50, 50, 400, 600)

    with pytest.raises(Unreadable, match=r"taizhang\[ocr\]"):
        read_pdf(made(draw), "scan.pdf")


def test_a_scan_is_read_where_ocr_is_installed_and_cells_stay_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """A stand-in for the recognizer, which gives boxes in pixels: what counts is what is made of them."""
    cells = [("指标", "数额", "增长%"), ("税收", "2350", "1.8"), ("非税", "186", "-0.5"), ("合计", "2536", "10.1")]
    boxes = [
        ([[x, y], [x + 120, y], [x + 120, y + 24], [x, y + 24]], text, 0.95)
        for y, row in zip((200, 240, 280, 320), cells, strict=True)
        for x, text in zip((100, 400, 700), row, strict=True)
    ]
    boxes.append(([[100, 400], [200, 400], [200, 424], [100, 424]], "模糊", 0.2))
    monkeypatch.setattr(ocr, "installed", lambda: True)
    monkeypatch.setattr(ocr, "_engine", lambda: lambda image: (boxes, None))

    def draw(canvas: Canvas) -> None:
        picture = io.BytesIO()
        Image.new("L", (40, 40), 128).save(picture, "PNG")
        picture.seek(0)
        canvas.drawImage(ImageReader(picture), 50, 50, 400, 600)

    source = read_pdf(made(draw), "scan.pdf")
    assert roles(source, "table_row") == ["税收\t2350\t1.8", "非税\t186\t-0.5", "合计\t2536\t10.1"]
    assert "模糊" not in source.text
    assert any("OCR" in finding for finding in source.findings)


def test_an_empty_pdf_and_one_whose_pages_loop_are_refused() -> None:
    with pytest.raises(Unreadable, match="no text"):
        read_pdf(made(lambda canvas: canvas.showPage()), "empty.pdf")
    loop = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[2 0 R]/Count 9>>endobj\n"
    with pytest.raises(Unreadable):
        read_pdf(loop + b"trailer<</Root 1 0 R/Size 3>>\nstartxref\n0\n%%EOF\n", "loop.pdf")


COLUMNS = (
    """入夏以来，全区 1351名干部下沉到
社区，3000余名党员参与服务；累
计接种疫苗 95460剂次，新建小学
4所，新增学位6750个；为群众提供
就业岗位 10500余个，完成城镇新增
就业4128人，农村劳动力转移就业
259人，民生保障更有温度。""",
    """截至 9月 23日，全区 45位干部
领办的155件实事已完成124件，完
成率80%；科级以下干部领办的2000
件实事已完成1600件，完成率80%。
累计在各类媒体播发新闻报道310
篇，其中国家级50篇，省级80篇，市
级180篇，群众满意度不断提""",
    """升。下一步，将梳理 4批清单共计
275个问题，转办给职能部门的223
个问题已全部办结，办结率为100%；
启动公园建设等26个重点项目，总
投资 229亿元，为全区发展注入了
强大动能。""",
)


def test_a_newspaper_page_in_three_columns_gives_the_figures_of_its_text() -> None:
    def draw(canvas: Canvas) -> None:
        for number, column in enumerate(COLUMNS):
            canvas.setFont(FONT, 10)
            for row, line in enumerate(column.split("\n")):
                canvas.drawString(50 + 175 * number, 700 - 15 * row, line)
        canvas.setFont(FONT, 24)
        canvas.drawCentredString(300, 750, "惠济区扎实为民办实事")

    def figures(data: bytes, name: str) -> list[tuple[object, ...]]:
        found = read_report(data, name, sidecar={"published_on": "2021-11-24"}).extraction.figures
        return sorted((str(f.value), f.unit, f.qualifier, f.measure, f.place, f.modality) for f in found)

    printed = "\n\n".join(COLUMNS) + "\n\n惠济区扎实为民办实事\n"
    from_text = figures(printed.encode(), "page.txt")
    assert len(from_text) == 25
    assert figures(made(draw), "page.pdf") == from_text
