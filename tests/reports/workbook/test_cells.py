"""Values as XML: nothing breaks the file, nothing becomes a formula."""

from datetime import UTC, date, datetime
from decimal import Decimal
from enum import IntEnum, StrEnum
from fractions import Fraction

import pytest

from reports.workbook.cells import (
    CUT_MARK,
    EXCEL_TEXT_LIMIT,
    RowWriter,
    clean_text,
    column_letters,
    date_serial,
    line_count,
)
from reports.workbook.spec import Cell, CellKind, ColumnSpec

STYLES = {kind: number for number, kind in enumerate(CellKind)}
TEXT_STYLE, PERCENT_STYLE = STYLES[CellKind.TEXT], STYLES[CellKind.PERCENT]


class Number(IntEnum):
    SEVEN = 7


class Word(StrEnum):
    MET = "met"


def xml_of(value: object) -> str:
    """The XML of the only cell of a row, without its address and the column's style."""
    row = "".join(RowWriter([ColumnSpec("列", 10)], STYLES).write([(value,)], 4))
    return row.removeprefix('<row r="4" ht="18.0"><c r="A4"').removesuffix("</row>")


@pytest.mark.parametrize(
    ("value", "content"),
    [
        (12, "><v>12</v></c>"),
        (Number.SEVEN, "><v>7</v></c>"),
        (2.5, "><v>2.5</v></c>"),
        (Decimal("0.8990"), "><v>0.899</v></c>"),
        (Fraction(1, 4), "><v>0.25</v></c>"),
        (True, ' t="b"><v>1</v></c>'),
        (None, "/>"),
        ("", "/>"),
        ("\x00", "/>"),
        (10**15, ' t="inlineStr"><is><t>1000000000000000</t></is></c>'),
        (float("nan"), ' t="inlineStr"><is><t>—</t></is></c>'),
        (float("-inf"), ' t="inlineStr"><is><t>—</t></is></c>'),
        ("学习", ' t="inlineStr"><is><t>学习</t></is></c>'),
        (Word.MET, ' t="inlineStr"><is><t>met</t></is></c>'),
        ("a<b>&c", ' t="inlineStr"><is><t>a&lt;b&gt;&amp;c</t></is></c>'),
        (" 边 ", ' t="inlineStr"><is><t xml:space="preserve"> 边 </t></is></c>'),
        ("_x0041_", ' t="inlineStr"><is><t>_x005F_x0041_</t></is></c>'),
        ("a_b", ' t="inlineStr"><is><t>a_b</t></is></c>'),
    ],
)
def test_a_value_is_written_as_what_it_is(value, content):
    assert xml_of(value) == f' s="{TEXT_STYLE}"{content}'


@pytest.mark.parametrize(
    ("value", "content"),
    [
        (date(2026, 3, 5), "><v>46086</v></c>"),
        (datetime(2026, 3, 5, 12, tzinfo=UTC), "><v>46086.5</v></c>"),
        (date(1900, 2, 28), ' t="inlineStr"><is><t>1900-02-28</t></is></c>'),
    ],
)
def test_a_date_is_shown_as_one_in_any_column(value, content):
    assert xml_of(value) == f' s="{STYLES[CellKind.DATE]}"{content}'


def test_a_cell_can_be_shown_otherwise_than_its_column():
    assert xml_of(Cell(0.5, CellKind.PERCENT)) == f' s="{PERCENT_STYLE}"><v>0.5</v></c>'


@pytest.mark.parametrize("row", [(), (1, 2)])
def test_a_row_must_fit_the_columns(row):
    with pytest.raises(ValueError, match="zip"):
        list(RowWriter([ColumnSpec("列", 10)], STYLES).write([row], 4))


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        ("a\x00b\x08c\x0bd\x1fe\x7ff\x85g", "abcdefg"),
        ("半\ud800个\udfff字", "半个字"),
        ("\ufffe\uffff尾", "尾"),
        ("一\r\n二\r三\n四", "一\n二\n三\n四"),
        ("制\t表", "制\t表"),
        ("𠮷野", "𠮷野"),
    ],
)
def test_what_no_file_can_hold_is_taken_out(dirty, clean):
    assert clean_text(dirty) == clean


@pytest.mark.parametrize("character", ["字", "𠮷"])
def test_an_overlong_text_is_cut_where_it_can_be_seen(character):
    cut = clean_text(character * 40_000)
    assert cut.endswith(CUT_MARK)
    assert set(cut.removesuffix(CUT_MARK)) == {character}
    units = len(cut.encode("utf-16-le")) // 2
    assert EXCEL_TEXT_LIMIT - 1 <= units <= EXCEL_TEXT_LIMIT


def test_a_text_at_the_limit_stays_whole():
    assert clean_text("字" * EXCEL_TEXT_LIMIT) == "字" * EXCEL_TEXT_LIMIT


@pytest.mark.parametrize(
    ("number", "letters"), [(1, "A"), (26, "Z"), (27, "AA"), (702, "ZZ"), (703, "AAA")]
)
def test_columns_are_counted_in_letters(number, letters):
    assert column_letters(number) == letters


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", 1),
        ("学习五字整", 1),
        ("学习六个字整", 2),
        ("0123456789", 1),
        ("一\n二\n三", 3),
        ("\ud800", 1),
    ],
)
def test_lines_are_counted_as_they_wrap(text, lines):
    assert line_count(text, 10) == lines


def test_a_row_is_as_high_as_its_highest_wrapped_cell():
    columns = [ColumnSpec("文", 10, CellKind.WRAPPED), ColumnSpec("字", 10, CellKind.TEXT)]
    writer = RowWriter(columns, STYLES)
    low, high, highest = writer.write([("短", "长" * 99), ("长" * 9, "短"), ("长" * 9_999, "")], 4)
    heights = [row.split('"')[3] for row in (low, high, highest)]
    assert heights == ["18.0", "32.0", "396.0"]


def test_days_are_counted_as_excel_does():
    assert date_serial(date(1900, 3, 1)) == 61
    assert date_serial(date(2026, 1, 1)) == 46023
