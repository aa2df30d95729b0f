"""Builds `half_year.docx`, the template of the half-year report in Word, beside this file.

Run `python -m doudi.warehouse.templates.build` after a change. Fonts, sizes, margins and the
page number follow the layout of official documents (党政机关公文格式, GB/T 9704-2012) as far as a
report to the bureau needs it. Words in double braces are filled in by `warehouse.forms.word`.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Mm, Pt, RGBColor

if TYPE_CHECKING:
    from docx.document import Document
    from docx.shared import Length
    from docx.styles.style import ParagraphStyle
    from docx.table import _Cell, _Row
    from docx.text.paragraph import Paragraph

TEMPLATE = Path(__file__).with_name("half_year.docx")

BODY, HEADING, TITLE = "仿宋", "黑体", "宋体"
BODY_SIZE, TITLE_SIZE, TABLE_SIZE = Pt(16), Pt(22), Pt(10.5)
LINE = Pt(28)
BLACK = RGBColor(0, 0, 0)
NUMBERS = ("value", "records")
"""Fields that stand at the right of their column."""

SECTIONS = (
    (
        "最低生活保障",
        (
            "截至{{ until }}，{{ area }}有城市低保{{ f.dibao_urban_households }}户"
            "{{ f.dibao_urban_persons }}人，{{ span }}发放城市低保金{{ f.dibao_urban_paid }}元。"
            "{% if has_rural %}有农村低保{{ f.dibao_rural_households }}户"
            "{{ f.dibao_rural_persons }}人，{{ span }}发放农村低保金{{ f.dibao_rural_paid }}元。"
            "{% else %}没有农村低保对象。{% endif %}"
        ),
    ),
    (
        "特困人员救助供养",
        (
            "截至{{ until }}，供养特困人员{{ f.tekun_persons }}人，"
            "{{ span }}发放基本生活费和照料护理费共{{ f.tekun_paid }}元。"
        ),
    ),
    (
        "临时救助",
        (
            "{{ span }}对一时遇到难处的{{ f.temporary_assistance_households }}户给予临时救助，"
            "发放救助金{{ f.temporary_assistance_paid }}元。"
        ),
    ),
    (
        "孤儿基本生活保障",
        (
            "截至{{ until }}，保障孤儿{{ f.orphans }}人，"
            "{{ span }}发放孤儿基本生活费{{ f.orphans_paid }}元。"
        ),
    ),
    (
        "残疾人两项补贴",
        (
            "截至{{ until }}，享受困难残疾人生活补贴{{ f.disability_living_persons }}人，"
            "享受重度残疾人护理补贴{{ f.disability_care_persons }}人，"
            "{{ span }}两项补贴共发放{{ f.disability_subsidies_paid }}元。"
        ),
    ),
    (
        "惠民殡葬",
        "{{ span }}核给基本殡葬服务费补助{{ f.funeral_subsidies }}人。",
    ),
)


def build() -> Document:
    """The template as a document, not yet saved."""
    document = docx.Document()
    _lay_out(document)
    document.add_paragraph("{{ area }}{{ title_span }}社会救助工作报告", style="Title")
    note = document.add_paragraph("（数据截至{{ known_at }}）")
    note.alignment = WD_ALIGN_PARAGRAPH.CENTER
    note.paragraph_format.first_line_indent = Pt(0)
    document.add_paragraph(
        "{{ area }}管辖社区{{ f.communities }}个。现将{{ months }}各项救助情况报告如下，"
        "其中人数、户数为{{ until }}在享对象，金额为已封存且未被银行退回的发放批次合计。"
    )
    for number, (heading, text) in zip("一二三四五六", SECTIONS, strict=True):
        document.add_heading(f"{number}、{heading}", level=1)
        document.add_paragraph(text)
    document.add_heading("七、主要指标", level=1)
    _table(
        document,
        ("指标", "数值", "单位", "记录数"),
        ("title", "value", "unit", "records"),
        (Cm(7.6), Cm(3.6), Cm(2), Cm(2.4)),
    )
    document.add_heading("八、指标口径", level=1)
    _table(document, ("指标", "口径"), ("title", "definition"), (Cm(4.6), Cm(11)))
    document.add_heading("九、说明", level=1)
    document.add_paragraph("{%p for remark in remarks %}")
    document.add_paragraph("{{ loop.index }}．{{ remark }}。")
    document.add_paragraph("{%p endfor %}")
    return document


def _lay_out(document: Document) -> None:
    """Paper, margins, styles and the page number."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    _style(document, "Normal", BODY, BODY_SIZE)
    normal = _paragraph_style(document, "Normal").paragraph_format
    normal.first_line_indent, normal.line_spacing = BODY_SIZE * 2, LINE
    normal.space_after = Pt(0)
    _style(document, "Title", TITLE, TITLE_SIZE)
    title = _paragraph_style(document, "Title").paragraph_format
    title.alignment, title.first_line_indent = WD_ALIGN_PARAGRAPH.CENTER, Pt(0)
    title.space_after = BODY_SIZE
    _style(document, "Heading 1", HEADING, BODY_SIZE)
    _paragraph_style(document, "Heading 1").paragraph_format.space_before = Pt(0)
    _number_pages(section.footer.paragraphs[0])
    document.core_properties.author = ""
    document.core_properties.title = "{{ area }}{{ title_span }}社会救助工作报告"
    document.core_properties.comments = ""


def _style(document: Document, name: str, font: str, size: int) -> None:
    """Set a style in one font, upright and black, in place of the library's own colours."""
    style = _paragraph_style(document, name)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.attrib.clear()
    for script in ("ascii", "hAnsi", "eastAsia"):
        fonts.set(qn(f"w:{script}"), font)
    style.font.size, style.font.bold = size, False
    style.font.color.rgb = BLACK
    for border in style.element.findall(f"{qn('w:pPr')}/{qn('w:pBdr')}"):
        border.getparent().remove(border)


def _paragraph_style(document: Document, name: str) -> ParagraphStyle:
    """A paragraph style of the document by its name."""
    return cast("ParagraphStyle", document.styles[name])


def _table(
    document: Document, heads: tuple[str, ...], fields: tuple[str, ...], widths: tuple[Length, ...]
) -> None:
    """A table with a row for each figure; the heads come again on every page."""
    table = document.add_table(rows=4, cols=len(heads), style="Table Grid")
    table.autofit = False
    for_each, cells, end = (table.rows[i].cells for i in (1, 2, 3))
    for_each[0].text, end[0].text = "{%tr for figure in figures %}", "{%tr endfor %}"
    for column, (head, field, wide) in enumerate(zip(heads, fields, widths, strict=True)):
        _fill(table.rows[0].cells[column], head, HEADING)
        _fill(cells[column], f"{{{{ figure.{field} }}}}", BODY)
        if field in NUMBERS:
            cells[column].paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
        table.columns[column].width = wide
        for row in table.rows:
            row.cells[column].width = wide
    for row in table.rows:
        _mark(row, "w:cantSplit")
    _mark(table.rows[0], "w:tblHeader")


def _mark(row: _Row, mark: str) -> None:
    """Give a row a property: not to break across pages, or to come again on every page."""
    row._tr.get_or_add_trPr().append(OxmlElement(mark))  # noqa: SLF001 - the library has no word for it


def _fill(cell: _Cell, text: str, font: str) -> None:
    """Write a cell in the size of tables."""
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.first_line_indent = Pt(0)
    paragraph.paragraph_format.line_spacing = 1
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)
    run = paragraph.add_run(text)
    run.font.size = TABLE_SIZE
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)  # noqa: SLF001 - the library has no word for it


def _number_pages(footer: Paragraph) -> None:
    """The page's number between two strokes, in the middle of the foot."""
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    footer.paragraph_format.first_line_indent = Pt(0)
    footer.add_run("— ")
    number = OxmlElement("w:fldSimple")
    number.set(qn("w:instr"), "PAGE")
    footer._p.append(number)  # noqa: SLF001 - the library has no word for it
    footer.add_run(" —")


if __name__ == "__main__":
    build().save(str(TEMPLATE))
