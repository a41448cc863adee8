"""The file itself: what Word and WPS read besides the text."""

import zipfile
from datetime import datetime
from io import BytesIO
from zoneinfo import ZoneInfo

import docx
import pytest
from docx.oxml.ns import qn

from reports.documents.download import DOCX, document_response
from reports.documents.official import Column, OfficialPaper

CREATED = datetime(2026, 12, 1, 9, 30, 10, tzinfo=ZoneInfo("Asia/Shanghai"))


def make_paper() -> OfficialPaper:
    return OfficialPaper(title="学习情况\n报告", created=CREATED, author="青石县财政局党组")


def saved(paper: OfficialPaper) -> BytesIO:
    memory = BytesIO()
    paper.save(memory)
    return memory


def test_every_member_bears_the_time_it_was_asked_for() -> None:
    with zipfile.ZipFile(saved(make_paper())) as package:
        assert {member.date_time for member in package.infolist()} == {(2026, 12, 1, 9, 30, 10)}
        assert "docProps/thumbnail.jpeg" not in package.namelist()


def test_the_properties_name_the_paper_and_its_author() -> None:
    properties = docx.Document(saved(make_paper())).core_properties
    assert (properties.title, properties.author) == ("学习情况报告", "青石县财政局党组")
    assert properties.created == CREATED


def test_every_style_names_the_face_of_chinese_text() -> None:
    styles = docx.Document(saved(make_paper())).styles.element
    faces = [fonts.get(qn("w:eastAsia")) for fonts in styles.iter(qn("w:rFonts"))]
    assert {"仿宋", "楷体", "黑体", "宋体", "方正小标宋简体"} == set(faces)


def test_no_grid_of_the_template_is_left() -> None:
    paper = make_paper()
    paper.annex("附件", "名册", landscape=True)
    body = docx.Document(saved(paper)).element.body
    assert not list(body.iter(qn("w:docGrid")))


def test_columns_and_cells_have_the_same_widths() -> None:
    paper = make_paper()
    paper.table([Column("序号", 3), Column("单位", 9, "left")], [(1, "甲"), (2, None)])
    table = docx.Document(saved(paper)).tables[0]
    columns = [column.width for column in table.columns]
    assert sum(int(width or 0) for width in columns) == pytest.approx(156 * 36000, rel=0.001)
    assert all([cell.width for cell in row.cells] == columns for row in table.rows)
    assert table.cell(2, 1).text == ""


def test_a_row_that_does_not_fit_its_columns_is_refused() -> None:
    with pytest.raises(ValueError, match="zip"):
        make_paper().table([Column("序号", 3)], [(1, 2)])


def test_markup_and_control_characters_in_a_text_are_text() -> None:
    paper = make_paper()
    paper.paragraph("<w:p>&甲\x00\x1f")
    assert docx.Document(saved(paper)).paragraphs[-1].text == "<w:p>&甲"


def test_a_number_after_the_first_text_is_refused() -> None:
    paper = make_paper()
    paper.paragraph("甲。")
    with pytest.raises(ValueError, match="first"):
        paper.number("青发〔2026〕1号")


def test_a_blank_date_leaves_room_for_a_hand() -> None:
    paper = make_paper()
    paper.signature("青石县财政局党组", None)
    assert docx.Document(saved(paper)).paragraphs[-1].text.strip("　") == "年　　月　　日"


def test_a_download_bears_a_name_every_disk_takes() -> None:
    answer = document_response(b"word", "甲/乙:报告.docx")
    assert answer["Content-Type"] == DOCX
    assert "%E7%94%B2_%E4%B9%99_%E6%8A%A5%E5%91%8A.docx" in answer["Content-Disposition"]
