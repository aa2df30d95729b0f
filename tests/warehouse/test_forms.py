"""The report in its three forms: text, JSON and Word."""

from __future__ import annotations

import json
from io import BytesIO
from typing import TYPE_CHECKING

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from doudi.kernel.vocabulary import Programme
from doudi.warehouse.catalogue import CATALOGUE
from doudi.warehouse.drilldown import page_of
from doudi.warehouse.forms.columns import aligned, width
from doudi.warehouse.forms.data import records_as_json, report_as_json
from doudi.warehouse.forms.plain import records_as_text, report_as_text
from doudi.warehouse.forms.word import report_as_word
from doudi.warehouse.report import Report, half_year
from doudi.warehouse.templates.build import TEMPLATE, build
from tests.warehouse.build import moment

if TYPE_CHECKING:
    from docx.document import Document

    from tests.warehouse.build import World


def a_report(world: World) -> Report:
    """A household on Dibao, paid 1,349.91 yuan in June."""
    award = world.award(Programme.DIBAO, world.household("H1"))
    world.due(award, "2022-06", 134991, members=2)
    world.run("2022-06", {award: {"2022-06": 134991}})
    return half_year("2022H1", world.street, actor=None, at=moment("2022-07-05T09:00"))


def opened(report: Report) -> Document:
    """The Word form, opened again."""
    return docx.Document(BytesIO(report_as_word(report)))


def words(document: Document) -> str:
    """All text of a document, its tables' included."""
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_json_holds_period_area_and_every_figure_with_unit_and_records(world: World) -> None:
    answer = json.loads(report_as_json(a_report(world)))
    assert set(answer) == {"period", "area", "figures"}
    assert (answer["period"], answer["area"]) == ("2022H1", "530111008")
    assert list(answer["figures"]) == [indicator.key for indicator in CATALOGUE]
    paid = answer["figures"]["dibao_urban_paid"]
    assert paid == {"value": 134991, "unit": "fen", "records": 1}
    persons = answer["figures"]["dibao_urban_persons"]
    assert persons == {"value": 2, "unit": "persons", "records": 1}


def test_json_holds_no_number_that_is_not_whole(world: World) -> None:
    def refuse(text: str) -> None:
        pytest.fail(f"{text} is not whole")

    json.loads(report_as_json(a_report(world)), parse_float=refuse)


def test_text_shows_value_unit_and_definition_of_every_figure(world: World) -> None:
    text = report_as_text(a_report(world))
    (line,) = (line for line in text.splitlines() if line.endswith("dibao_urban_paid"))
    assert line.split() == ["城市低保金支出", "1,349.91", "元", "1", "dibao_urban_paid"]
    for indicator in CATALOGUE:
        assert indicator.definition in text
    assert "还没有记录" in text.splitlines()[-1]


def test_text_is_said_in_the_language_of_the_reader(world: World) -> None:
    text = report_as_text(a_report(world), lambda message: f"[{message}]")
    assert "[城市低保金支出]" in text
    assert "[元]" in text
    assert "六甲街道（530111008）" in text


def test_records_as_text_end_with_the_figure(world: World) -> None:
    report = a_report(world)
    text = records_as_text(page_of("dibao_urban_paid", report.scope))
    assert "全部 1 条合计 1,349.91 元" in text.splitlines()[-1]
    assert "张*" in text
    assert "张三" not in text


def test_communities_as_text_have_no_empty_columns(world: World) -> None:
    text = records_as_text(page_of("communities", a_report(world).scope))
    assert "福保社区" in text
    assert "应发编号" not in text


def test_records_as_json_give_the_page_and_the_whole(world: World) -> None:
    answer = json.loads(records_as_json(page_of("dibao_urban_paid", a_report(world).scope)))
    (row,) = answer.pop("rows")
    assert answer == {
        "key": "dibao_urban_paid",
        "value": 134991,
        "unit": "fen",
        "records": 1,
        "page": 1,
        "pages": 1,
    }
    assert (row["place"], row["counts"], row["name"]) == ("H1", 134991, "张*")


def test_word_tells_the_figures_in_sentences_and_in_a_table(world: World) -> None:
    report = a_report(world)
    document = opened(report)
    text = words(document)
    assert document.paragraphs[0].text == "六甲街道2022年上半年社会救助工作报告"
    assert "城市低保1户2人" in text
    assert "发放城市低保金1,349.91元" in text
    rows = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert rows[0] == ["指标", "数值", "单位", "记录数"]
    assert len(rows) == 1 + len(CATALOGUE)
    assert ["城市低保金支出", "1,349.91", "元", "1"] in rows
    assert document.core_properties.title == document.paragraphs[0].text


def test_word_leaves_no_place_unfilled(world: World) -> None:
    text = words(opened(a_report(world)))
    assert "{" not in text
    assert "%" not in text


def test_word_of_a_whole_year_says_so(world: World) -> None:
    report = half_year("2022", world.street, actor=None, at=moment("2023-01-05T09:00"))
    assert opened(report).paragraphs[0].text == "六甲街道2022年全年社会救助工作报告"


@pytest.mark.parametrize(
    "name",
    ["{{ 7*7 }}", "{% for x in f %}x{% endfor %}", "<w:p>&amp;", "]]>", "=HYPERLINK(1)", "{{f}}"],
)
def test_a_name_stays_the_text_that_it_is(world: World, name: str) -> None:
    street = world.street
    with world.doing(moment("2022-02-01T09:00")):
        street.name = name
        street.save()
    report = half_year("2022H1", street, actor=None, at=moment("2022-07-05T09:00"))
    assert opened(report).paragraphs[0].text == f"{name}2022年上半年社会救助工作报告"
    assert name in report_as_text(report)


def test_the_shipped_template_is_the_one_that_the_script_builds() -> None:
    built, shipped = build(), docx.Document(str(TEMPLATE))
    assert built.element.xml == shipped.element.xml
    assert built.styles.element.xml == shipped.styles.element.xml
    footers = [document.sections[0].footer.paragraphs[0]._p.xml for document in (built, shipped)]  # noqa: SLF001 - the library has no word for it
    assert footers[0] == footers[1]


@given(st.lists(st.tuples(st.text("低保 aZ9,.é"), st.text("元户 12")), min_size=1))
def test_columns_stand_straight(rows: list[tuple[str, str]]) -> None:
    lines = aligned(rows, ("left", "right"))
    widest = max(width(left) for left, _ in rows) + 2 + max(width(right) for _, right in rows)
    for (left, right), line in zip(rows, lines, strict=True):
        assert line.startswith(left.rstrip()) or not left.strip()
        assert width(line) == widest or right != right.rstrip() or not right
