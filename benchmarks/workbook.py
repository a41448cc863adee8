"""Writing workbooks: this project's writer beside three others, in fresh processes, interleaved.

    python -m benchmarks.workbook [--quick] [--runs N]

Prints CPU and wall seconds, peak memory and ratios to XlsxWriter's `constant_memory` mode, each the
median of the runs; a ratio is taken within one round, so that a slow moment of the machine hits
both sides of it.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import xlsxwriter
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import NamedStyle, PatternFill

from benchmarks.memory import peak_mb
from reports.workbook.cells import column_letters
from reports.workbook.spec import Cell, CellKind, ColumnSpec, SheetSpec
from reports.workbook.xlsx import write_workbook

LEDGER_ROWS, SUMMARY_ROWS = 60_000, 12_000
LEDGER_KINDS = (
    CellKind.INTEGER, CellKind.TEXT, CellKind.DATE, CellKind.INTEGER, CellKind.TEXT,
    CellKind.WRAPPED, CellKind.WRAPPED, CellKind.TEXT, CellKind.TEXT, CellKind.TEXT,
    CellKind.INTEGER, CellKind.INTEGER, CellKind.INTEGER, CellKind.INTEGER, CellKind.PERCENT,
    CellKind.INTEGER, CellKind.INTEGER, CellKind.TEXT, CellKind.DATE, CellKind.TEXT,
)  # fmt: skip
SUMMARY_KINDS = (CellKind.INTEGER, CellKind.TEXT, CellKind.TEXT) + (CellKind.CENTRED,) * 27
OUTCOMES = (CellKind.MET, CellKind.AT_RISK, CellKind.MISSED, CellKind.WAIVED)
FILLS = ("E2F0D9", "FFE699", "F8CBAD", "E4DFEC")
EPOCH = date(1899, 12, 30).toordinal()

Rows = Iterator[tuple[Any, ...]]


def ledger(count: int) -> Rows:
    """Rows like those of the ledger sheet; texts differ from row to row."""
    for number in range(1, count + 1):
        day = date(2026, 1, 1) + timedelta(days=number % 365)
        yield (
            number, f"青石县第{number % 1500}号单位", day, 1 + number % 4, "三楼会议室",
            f"学习贯彻会议精神专题（第{number}次）", "深入学习重要讲话和重要指示批示精神，研究措施",
            "集体研讨", "组长甲", "成员乙、成员丙", 12, 11, 1, 0, 0.9167, 1, 3,
            f"计划第{number % 12 + 1}项", day + timedelta(days=3), "已审核",
        )  # fmt: skip


def summary(count: int) -> Rows:
    """Rows like those of the month sheet: 3 plain cells, 27 with a fill."""
    for number in range(1, count + 1):
        marks = (Cell((number + i) % 5, OUTCOMES[(number * 7 + i) % 4]) for i in range(27))
        yield (number, f"青石县第{number}号单位", "乡镇", *marks)


def ours(path: Path, kinds: tuple[CellKind, ...], rows: Rows) -> None:
    columns = tuple(ColumnSpec(f"列{n}", 12, kind) for n, kind in enumerate(kinds))
    write_workbook(path, [SheetSpec("表", "标题", "统计期", columns, rows)])


def by_xlsxwriter(path: Path, kinds: tuple[CellKind, ...], rows: Rows) -> None:
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(str(path), options)
    sheet = book.add_worksheet()
    codes = {CellKind.PERCENT: "0.00%", CellKind.DATE: "yyyy-mm-dd"}
    formats = {k: book.add_format({"border": 1, "num_format": codes.get(k, "General")})
               for k in kinds}  # fmt: skip
    fills = {k: book.add_format({"border": 1, "bg_color": f"#{colour}"})
             for k, colour in zip(OUTCOMES, FILLS, strict=True)}  # fmt: skip
    shapes = [formats[kind] for kind in kinds]
    for place, row in enumerate(rows):
        for column, value in enumerate(row):
            if type(value) is str:
                sheet.write_string(place, column, value, shapes[column])
            elif type(value) is date:
                sheet.write_datetime(place, column, value, shapes[column])
            elif isinstance(value, Cell):
                sheet.write_number(place, column, value.value, fills[value.kind])
            else:
                sheet.write_number(place, column, value, shapes[column])
    book.close()


def by_openpyxl(path: Path, kinds: tuple[CellKind, ...], rows: Rows) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for kind, colour in zip(OUTCOMES, FILLS, strict=True):
        book.add_named_style(NamedStyle(kind.value, fill=PatternFill("solid", fgColor=colour)))
    formats = {CellKind.PERCENT: "0.00%", CellKind.DATE: "yyyy-mm-dd"}
    shaped = [formats.get(kind) for kind in kinds]
    for row in rows:
        cells: list[object] = []
        for value, number_format in zip(row, shaped, strict=True):
            if isinstance(value, Cell):
                cell = WriteOnlyCell(sheet, value=value.value)
                cell.style = value.kind.value
                cells.append(cell)
            elif number_format is not None:
                cell = WriteOnlyCell(sheet, value=value)
                cell.number_format = number_format
                cells.append(cell)
            else:
                cells.append(value)
        sheet.append(cells)
    book.save(path)


def by_hand(path: Path, kinds: tuple[CellKind, ...], rows: Rows) -> None:
    """The floor: rows straight into a zip, nothing escaped, no title, styles by number only."""
    letters = [column_letters(number) for number, _ in enumerate(kinds, start=1)]
    with ZipFile(path, "w", ZIP_DEFLATED) as archive, archive.open("sheet1.xml", "w") as member:
        for number, row in enumerate(rows, start=1):
            cells = [f'<row r="{number}">']
            for letter, value in zip(letters, row, strict=True):
                if type(value) is str:
                    cells.append(
                        f'<c r="{letter}{number}" s="1" t="inlineStr"><is><t>{value}</t></is></c>'
                    )
                elif type(value) is date:
                    serial = value.toordinal() - EPOCH
                    cells.append(f'<c r="{letter}{number}" s="2"><v>{serial}</v></c>')
                elif isinstance(value, Cell):
                    cells.append(f'<c r="{letter}{number}" s="3"><v>{value.value}</v></c>')
                else:
                    cells.append(f'<c r="{letter}{number}" s="1"><v>{value}</v></c>')
            member.write(("".join(cells) + "</row>").encode())


Writer = Callable[[Path, tuple[CellKind, ...], Rows], None]
WRITERS: dict[str, Writer] = {
    "ours": ours,
    "XlsxWriter constant_memory": by_xlsxwriter,
    "openpyxl write_only": by_openpyxl,
    "hand-streamed zip": by_hand,
}
CASES: dict[str, tuple[tuple[CellKind, ...], Callable[[int], Rows]]] = {
    "ledger": (LEDGER_KINDS, ledger),
    "summary": (SUMMARY_KINDS, summary),
}


def run_child(writer: str, case: str, rows: int) -> None:
    """Write one file in this process and print what it cost as JSON."""
    kinds, make_rows = CASES[case]
    rest = peak_mb()
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "out.xlsx"
        wall, cpu = time.perf_counter(), time.process_time()
        WRITERS[writer](path, kinds, make_rows(rows))
        figures = {
            "cpu": time.process_time() - cpu,
            "wall": time.perf_counter() - wall,
            "peak": peak_mb(),
            "rest": rest,
            "size": path.stat().st_size / 1_000_000,
        }
    print(json.dumps(figures))


def measure(writer: str, case: str, rows: int) -> dict[str, float]:
    """One run in a fresh process: seconds of CPU and wall, MB of memory, MB of file."""
    command = [sys.executable, "-m", "benchmarks.workbook", "--child", writer, case, str(rows)]
    answer = subprocess.run(command, check=True, capture_output=True, text=True)
    figures: dict[str, float] = json.loads(answer.stdout)
    return figures


def compare(case: str, rows: int, runs: int) -> None:
    """Print the table of one case, the writers taking turns in every round."""
    rounds = [{writer: measure(writer, case, rows) for writer in WRITERS} for _ in range(runs)]
    print(f"\n{case}: {rows:,} rows × {len(CASES[case][0])} columns, median of {runs}")
    print(f"{'writer':<28}{'CPU s':>8}{'wall s':>8}{'peak MB':>9}{'+ MB':>7}{'file MB':>9}"
          f"{'÷ XlsxWriter':>14}{'÷ by hand':>11}")  # fmt: skip
    for writer in WRITERS:
        middle = {key: median(r[writer][key] for r in rounds) for key in rounds[0][writer]}
        ratios = [
            median(r[writer]["cpu"] / r[other]["cpu"] for r in rounds)
            for other in ("XlsxWriter constant_memory", "hand-streamed zip")
        ]
        print(f"{writer:<28}{middle['cpu']:>8.2f}{middle['wall']:>8.2f}{middle['peak']:>9.1f}"
              f"{middle['peak'] - middle['rest']:>7.1f}{middle['size']:>9.1f}"
              f"{ratios[0]:>14.2f}{ratios[1]:>11.2f}")  # fmt: skip


def show_growth(counts: tuple[int, ...], runs: int) -> None:
    """Print how cost a row and memory grow with the number of ledger rows."""
    print(f"\nours, growing ledger, median of {runs}")
    print(f"{'rows':>10}{'CPU µs a row':>14}{'peak MB':>9}{'+ MB':>7}")
    for count in counts:
        taken = [measure("ours", "ledger", count) for _ in range(runs)]
        cpu = median(t["cpu"] for t in taken)
        peak = median(t["peak"] for t in taken)
        grown = median(t["peak"] - t["rest"] for t in taken)
        print(f"{count:>10,}{cpu / count * 1_000_000:>14.1f}{peak:>9.1f}{grown:>7.1f}")


def main() -> None:
    """Run the comparison, or one child of it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="a tenth of the rows, two rounds")
    parser.add_argument("--runs", type=int, default=5, help="rounds (5)")
    parser.add_argument("--child", nargs=3, metavar=("WRITER", "CASE", "ROWS"))
    options = parser.parse_args()
    if options.child:
        writer, case, rows = options.child
        run_child(writer, case, int(rows))
        return
    share, runs = (10, 2) if options.quick else (1, options.runs)
    compare("ledger", LEDGER_ROWS // share, runs)
    compare("summary", SUMMARY_ROWS // share, runs)
    show_growth((3_000, 30_000 // share, 300_000 // share), min(runs, 3))


if __name__ == "__main__":
    main()
