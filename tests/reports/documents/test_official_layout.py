"""The official layout as LibreOffice prints it: GB/T 9704-2012."""

from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from reports.documents.official import Column, OfficialPaper
from tests.services.papers import Line, lines_of, pages_of, printed, size_of

CREATED = datetime(2026, 12, 1, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
MM = 72 / 25.4
PAGE_WIDTH = 210 * MM


def make_paper() -> bytes:
    paper = OfficialPaper(
        title="中共青石县城关镇委员会理论学习中心组\n2026年度学习情况报告",
        created=CREATED,
        author="中共青石县城关镇委员会",
    )
    paper.addressee("县委宣传部")
    paper.heading("基本情况")
    paper.paragraph("学习贯彻落实会议精神推动工作" * 114)
    paper.paragraph("以上报告，请予审阅。")
    paper.attachments(["学习情况汇总表", "成员名册"])
    paper.signature("中共青石县城关镇委员会", date(2026, 12, 1))
    paper.annex("附件1", "学习情况汇总表", landscape=True)
    paper.table(
        [Column("序号", 3), Column("单位", 20, "left"), Column("次数", 4, "right")],
        [(place, f"青石县第{place}单位", 12) for place in range(1, 31)],
    )
    memory = BytesIO()
    paper.save(memory)
    return memory.getvalue()


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return printed(make_paper(), tmp_path_factory.mktemp("official"))


def body_of(pdf: Path, page: int) -> list[Line]:
    return lines_of(pdf, page)[:-1]


def test_a_full_page_has_22_lines_of_28_characters(pdf: Path) -> None:
    lines = body_of(pdf, 1)
    assert [len(line.text) for line in lines] == [28] * 22


def test_the_type_area_keeps_the_margins_of_the_standard(pdf: Path) -> None:
    lines = body_of(pdf, 1)
    assert lines[0].left / MM == pytest.approx(28, abs=0.6)
    assert (PAGE_WIDTH - lines[0].right) / MM == pytest.approx(26, abs=0.9)
    assert 37 < lines[0].top / MM < 37 + 10.3
    assert lines[-1].top / MM < 297 - 35 + 1


def test_lines_lie_28_95_points_apart(pdf: Path) -> None:
    tops = [line.top for line in body_of(pdf, 1)]
    assert (tops[-1] - tops[0]) / 21 == pytest.approx(28.95, abs=0.03)


def test_the_title_is_centred_over_an_empty_line(pdf: Path) -> None:
    first, second, addressee, *_ = body_of(pdf, 0)
    assert second.text == "2026年度学习情况报告"
    middle = (28 + (210 - 28 - 26) / 2) * MM
    assert (first.left + first.right) / 2 == pytest.approx(middle, abs=3)
    assert addressee.text == "县委宣传部："
    assert addressee.top - second.top == pytest.approx(2 * 28.95, abs=3)


def test_paragraphs_and_headings_begin_two_characters_in(pdf: Path) -> None:
    heading, text = body_of(pdf, 0)[3:5]
    assert heading.text == "一、基本情况"
    assert heading.left / MM == pytest.approx(28 + 2 * 15.75 / MM, abs=0.6)
    assert text.left == pytest.approx(heading.left, abs=1)
    assert len(text.text) == 26


@pytest.mark.parametrize("page", [0, 1, 4, 5])
def test_page_numbers_stand_outside(pdf: Path, page: int) -> None:
    number = lines_of(pdf, page)[-1]
    width = size_of(pdf, page)[0] * MM
    assert number.text == f"—{page + 1}—"
    is_right = number.left > width / 2
    assert is_right == (page % 2 == 0)


def test_the_date_stands_four_characters_in_and_the_sender_centred_above(pdf: Path) -> None:
    *_, sender, day = body_of(pdf, 3)
    assert day.text == "2026年12月1日"
    assert (PAGE_WIDTH - 26 * MM - day.right) / 15.75 == pytest.approx(4, abs=0.5)
    assert (sender.left + sender.right) == pytest.approx(day.left + day.right, abs=2 * 16)


def test_the_signature_does_not_stand_on_a_page_alone(pdf: Path) -> None:
    assert body_of(pdf, 3)[0].text == "以上报告，请予审阅。"


def test_the_annex_lies_across_and_repeats_its_head(pdf: Path) -> None:
    assert pages_of(pdf) == 6
    assert [round(side) for side in size_of(pdf, 4)] == [297, 210]
    assert body_of(pdf, 4)[0].text == "附件1"
    assert [body_of(pdf, page)[at].text for page, at in ((4, 2), (5, 0))] == ["序号单位次数"] * 2


def test_the_same_input_gives_the_same_bytes() -> None:
    assert make_paper() == make_paper()
