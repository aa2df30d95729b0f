"""The report as a page: its figures, its sentences, and nobody's name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from doudi.doors.office.templatetags.figures import grouped
from doudi.warehouse.catalogue import CATALOGUE
from tests.office.conftest import REPORT
from tests.warehouse.build import START

if TYPE_CHECKING:
    from django.test import Client

    from tests.warehouse.build import World

pytestmark = pytest.mark.usefixtures("world")


def row(page: str, key: str) -> list[str]:
    """What the cells of a figure's row say."""
    found = re.search(f'<tr role="row" data-key="{key}">(.*?)</tr>', page, flags=re.DOTALL)
    assert found, f"no figure {key}"
    cells = re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", found[1], flags=re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in cells]


def test_every_figure_stands_with_unit_records_and_definition(client: Client) -> None:
    page = client.get(REPORT).content.decode()
    assert row(page, "dibao_urban_paid")[:4] == [
        "城市低保金支出 dibao_urban_paid",
        "1,234.50",
        "元",
        "1",
    ]
    assert row(page, "dibao_urban_persons")[1:3] == ["2", "人"]
    for indicator in CATALOGUE:
        assert row(page, indicator.key)[-1] == indicator.definition


def test_counts_are_separated_by_threes_in_both_languages() -> None:
    assert [grouped(count) for count in (0, 999, 1433, 1_234_567)] == [
        "0",
        "999",
        "1,433",
        "1,234,567",
    ]


def test_the_page_says_what_it_is_of_and_as_of_when(client: Client) -> None:
    page = client.get(REPORT).content.decode()
    assert "<h1>六甲街道 2022H1 民政工作报表</h1>" in page
    assert "统计期 2022-01 至 2022-06" in page
    assert re.search(r"数据截至 20\d\d-\d\d-\d\d \d\d:\d\d", page)
    assert "11 个社区归谁管辖只是假定" in page
    assert "doudi report 2022H1 --area 530111008 --records" in page


def test_an_area_may_be_named_by_name_or_by_its_long_code(client: Client) -> None:
    for area in ("六甲街道", "530111008000"):
        assert "1,234.50" in client.get(f"/report/2022H1/{area}").content.decode()


def test_nobody_s_name_stands_on_the_page(client: Client) -> None:
    assert "赵钱孙" not in client.get(REPORT).content.decode()


def test_what_is_recorded_is_escaped(client: Client, world: World) -> None:
    street = world.street
    with world.doing(START):
        street.name = "<script>alert(1)</script>"
        street.save()
    page = client.get(REPORT).content.decode()
    assert "<script>" not in page
    assert page.count("&lt;script&gt;alert(1)&lt;/script&gt;") == 2


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/report/2022H3/530111008", "“2022H3”不是统计期，请写成 2022H1、2022H2 或 2022"),
        ("/report/2099H1/530111008", "还没有开始"),
        ("/report/2022H1/七甲街道", "没有区域“七甲街道”"),
        ("/report/2022H1/999999", "没有区域“999999”"),
        ("/report/%3Cb%3E/530111008", "“&lt;b&gt;”不是统计期"),
        ("/report/2022H1/%3Cb%3E", "没有区域“&lt;b&gt;”"),
        ("/report/2022H1/%00", "没有"),
        ("/report/2022H1", "没有这个页面"),
        ("/admin/", "没有这个页面"),
    ],
)
def test_what_is_not_there_is_told_in_one_sentence(client: Client, address: str, said: str) -> None:
    answer = client.get(address)
    page = answer.content.decode()
    assert answer.status_code == 404
    assert said in page
    assert page.count('role="alert"') == 1
    assert "Traceback" not in page


def test_a_report_can_be_read_and_nothing_else(client: Client) -> None:
    assert client.head(REPORT).status_code == 200
    for method in (client.post, client.put, client.delete):
        assert method(REPORT).status_code == 405
