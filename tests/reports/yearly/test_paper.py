"""The Word file as text: headings by type of unit, blanks, what people typed, the table."""

import datetime as dt
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

import docx
import pytest

from reports.yearly.figures import YearFigures
from reports.yearly.layouts import headings
from reports.yearly.paper import Written, report_paper
from tests.reports.yearly.make import make_about, make_figures

CREATED = dt.datetime(2026, 7, 3, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
TYPED = {
    "situation": "原原本本学。",
    "practice": "领导带头学。",
    "results": "见行动。",
    "problems": "工学矛盾。",
    "next_steps": "抓好下半年。",
}


def make_written(**changes) -> Written:
    values: dict[str, Any] = {
        "unit": "中共青石县白水镇委员会",
        "category": "township",
        "year": 2026,
        "kind": "half_year",
        "addressee": "中共青石县委宣传部",
        "opening": "现将学习情况报告如下。",
        "texts": TYPED,
        "required": frozenset({"situation", "practice", "problems", "next_steps"}),
    }
    return Written(**values | changes)


def make_paper(figures: YearFigures | None = None, **changes) -> bytes:
    return report_paper(figures or make_figures(), make_written(**changes), created=CREATED)


def paragraphs(data: bytes) -> list[str]:
    return [one.text for one in docx.Document(BytesIO(data)).paragraphs if one.text.strip()]


@pytest.mark.parametrize("category", ["township", "research_office", "bureau", "institution"])
def test_headings_follow_the_type_of_unit(category):
    text = paragraphs(make_paper(category=category))
    numbers = "一二三四五"
    wanted = [f"{numbers[at]}、{one.text}" for at, one in enumerate(headings(category))]
    assert [line for line in text if line in wanted] == wanted


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        ("half_year", "理论学习中心组2026年上半年学习情况报告"),
        ("annual", "理论学习中心组2026年学习情况报告"),
    ],
)
def test_title_and_addressee(kind, line):
    first, second, addressee, opening, *_ = paragraphs(make_paper(kind=kind))
    assert (first, second) == ("中共青石县白水镇委员会", line)
    assert (addressee, opening) == ("中共青石县委宣传部：", "现将学习情况报告如下。")


def test_what_people_typed_stands_in_its_section():
    text = paragraphs(make_paper())
    for heading, typed in (("四、存在的问题", "工学矛盾。"), ("五、下一步打算", "抓好下半年。")):
        assert text[text.index(heading) + 1] == typed


def test_an_empty_section_shows_a_blank_to_fill_in():
    text = paragraphs(make_paper(texts={}))
    assert text[text.index("四、存在的问题") + 1] == "【此处待填写：存在的问题】"
    assert text.count("【此处待填写：下一步打算】") == 1


def test_the_systems_of_responsibility_are_told():
    sentence = "中心组学习已纳入党建工作责任制。"
    assert sentence in "".join(paragraphs(make_paper(duties=(sentence,))))


@pytest.mark.parametrize(
    ("signed_on", "line"),
    [(dt.date(2026, 7, 3), "2026年7月3日"), (None, "　　　年　　月　　日")],
)
def test_the_date_is_left_for_a_hand_until_the_report_was_handed_in(signed_on, line):
    assert line in [one.rstrip("\n") for one in paragraphs(make_paper(signed_on=signed_on))]


def test_the_table_holds_every_figure_that_is_not_zero():
    table = docx.Document(BytesIO(make_paper())).tables[0]
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows[0] == ["类别", "项目", "数据", "单位"]
    assert ["次数和时间", "集中学习", "2", "次"] in rows
    assert ["参学情况", "到会率", "90.00%", "—"] in rows
    assert not [row for row in rows if row[2] == "0"]


def test_the_table_says_until_when_and_from_where():
    about = make_about(closed_on=dt.date(2026, 7, 8), rule_set="考核规则（第1版）")
    text = "".join(paragraphs(make_paper(make_figures(about=about))))
    assert "统计截至2026年6月30日。数据取自7月8日封账结果。口径依据：考核规则（第1版）。" in text


def test_a_unit_without_figures_still_gets_its_texts():
    data = report_paper(None, make_written(), created=CREATED)
    assert "工学矛盾。" in paragraphs(data)
    assert not docx.Document(BytesIO(data)).tables


def test_the_same_input_gives_the_same_bytes():
    assert make_paper() == make_paper()


@pytest.mark.parametrize(
    ("kind", "words"), [("annual", "2026年理论学习"), ("half_year", "2026年上半年理论学习")]
)
def test_the_table_says_of_which_half_year_it_is(kind, words):
    texts = paragraphs(make_paper(make_figures(about=make_about(kind=kind)), kind=kind))
    assert f"{words}中心组学习情况数据表" in texts
