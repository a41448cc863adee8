"""What the workbooks of the report centre hold, open and closed, with names and without."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from reports.closing import close_month, intact
from reports.exports import attendance
from reports.exports.attendance import attendance_rows, unit_keys
from reports.exports.work import make
from reports.jobs import JobProgress
from reports.models import Job
from reports.periods import Month
from reports.workbook import xlsx
from reports.workbook.ledger import LEDGER_COLUMNS
from sessions.models import Attendance, StudySession
from tests.reports.emails.make import MEMBER, make_study
from tests.reports.exports.make import AS_OF, book_of, done, make_range, rows_of
from tests.reports.mail import NOW
from tests.reports.records import make_session
from units.models import Category, RosterEntry, Unit, UnitName

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def exports(settings, tmp_path):
    settings.EXPORTS_DIR = tmp_path
    return tmp_path


@pytest.fixture
def county() -> Unit:
    return make_study(2)


def test_figures_hold_no_name_of_a_person(county, exports):
    StudySession.objects.update(chair="测甲〇〇七")
    job = done("rollup", make_range(county, figures_only=True))
    book = book_of(job, exports)
    assert job.file == "青石县集中学习情况汇总-2026-06（仅数据）.xlsx"
    assert "成员学习情况" not in book.sheetnames
    cells = [str(cell) for sheet in book.sheetnames for row in rows_of(book, sheet) for cell in row]
    assert not [cell for cell in cells if MEMBER in cell or "成员0" in cell]
    headers = [cell.value for cell in book["学习台账"][3]]
    assert headers == [
        column.header for column in LEDGER_COLUMNS if column.header not in ("主持人", "重点发言人")
    ]
    assert rows_of(book, "学习台账")[0][headers.index("学习主题")] == "金丝雀主题"
    assert [
        "人员姓名",
        "本表仅含数据，不列成员学习情况，学习台账不列主持人和重点发言人。",
    ] in rows_of(book, "口径说明")


def test_a_ledger_is_the_rollups_sheet(county, exports):
    whole = book_of(done("rollup", make_range(county)), exports)
    job = done("ledger", make_range(county))
    book = book_of(job, exports)
    assert (job.file, book.sheetnames) == ("青石县集中学习台账-2026-06.xlsx", ["学习台账"])
    assert rows_of(book, "学习台账") == rows_of(whole, "学习台账")


@pytest.mark.parametrize(
    ("chosen", "units"),
    [
        ({"category": "bureau"}, {"QS002单位"}),
        ({"category": "township"}, {"QS001单位"}),
        ({}, {"QS001单位", "QS002单位"}),
    ],
)
@pytest.mark.parametrize("closed", [False, True])
def test_a_category_is_cut_out_of_open_and_closed_months(county, exports, chosen, units, closed):
    bureau = Category.objects.create(code="bureau", name="局")
    Unit.objects.filter(code="QS002").update(category=bureau)
    if closed:
        close_month(root=county, month=Month(2026, 6), at=NOW, by=None)
    book = book_of(done("rollup", make_range(county, **chosen)), exports)
    for sheet in ("汇总表", "学习台账", "成员学习情况"):
        assert {row[1] for row in rows_of(book, sheet)} == units


def test_a_closed_month_is_printed_as_it_was_closed(county, exports):
    close_month(root=county, month=Month(2026, 6), at=NOW, by=None)
    make_session(Unit.objects.get(code="QS001"), "2026-06-20", theme="封账后补记")
    book = book_of(done("ledger", make_range(county)), exports)
    assert "封账数据" in str(book["学习台账"]["A2"].value)
    assert "封账后补记" not in {row[5] for row in rows_of(book, "学习台账")}


@pytest.mark.parametrize("chosen", [{}, {"category": "township"}])
def test_attendance_of_a_closed_month_stays_what_it_was(county, exports, chosen):
    live = rows_of(book_of(done("attendance", make_range(county)), exports), "出勤明细")
    closing = close_month(root=county, month=Month(2026, 6), at=NOW, by=None)
    Attendance.objects.update(status="excused")
    make_session(Unit.objects.get(code="QS001"), "2026-06-20", theme="封账后补记")
    RosterEntry.objects.update(post="改过的职务", rank_order=5)
    county.names.update(short_name="改过的")
    job = done("attendance", make_range(county, **chosen))
    book = book_of(job, exports)
    assert rows_of(book, "出勤明细") == live
    assert job.file.startswith("青石县集中学习出勤明细-2026-06")
    assert "2026-06 封账数据" in str(book["出勤明细"]["A2"].value)
    assert intact(closing)


def test_attendance_that_a_closing_has_not_kept_is_refused(county):
    closing = close_month(root=county, month=Month(2026, 6), at=NOW, by=None)
    closing.units.update(attendance=None)
    job = done("attendance", make_range(county))
    assert (job.state, job.attempts) == ("failed", 1)
    assert "尚未留存出勤明细" in job.error
    assert not intact(closing)


def test_units_of_one_name_are_told_apart_in_a_closed_month(county, exports):
    UnitName.objects.filter(unit__has_group=True).update(name="同名单位", short_name="同名")
    close_month(root=county, month=Month(2026, 6), at=NOW, by=None)
    unit = Unit.objects.get(code="QS002")
    book = book_of(done("rollup", make_range(unit, alone=True)), exports)
    assert len(rows_of(book, "汇总表")) == 1


def test_one_unit_alone(county, exports):
    unit = Unit.objects.get(code="QS001")
    book = book_of(done("rollup", make_range(unit, alone=True)), exports)
    assert {row[1] for row in rows_of(book, "汇总表")} == {"QS001单位"}


def test_attendance_lists_each_member_of_each_session(county, exports):
    unit = Unit.objects.get(code="QS001")
    session = StudySession.objects.get(unit=unit, date="2026-06-10")
    row = Attendance.objects.filter(session=session, status="absent").get()
    row.makeup_date, row.makeup_confirmed_on = date(2026, 6, 12), date(2026, 7, 2)
    row.save()
    make_session(unit, "2026-06-20", steps=(), theme="草稿")
    rows = rows_of(book_of(done("attendance", make_range(county)), exports), "出勤明细")
    assert len(rows) == Attendance.objects.exclude(session__theme="草稿").count() == 33
    assert [row[0] for row in rows] == list(range(1, 34))
    first = next(row for row in rows if row[6] == MEMBER)
    assert (first[1], first[8], first[9], first[10]) == ("QS001单位", "组长", "缺席", "计为缺席")
    assert {row[11] for row in rows} == {None}  # confirmed after the day asked for


def test_a_long_attendance_goes_on_in_further_sheets(county, exports, monkeypatch):
    monkeypatch.setattr(xlsx, "LAST_ROW", 3 + 20)
    book = book_of(done("attendance", make_range(county)), exports)
    assert book.sheetnames == ["出勤明细", "出勤明细（2）"]
    assert [row[0] for row in rows_of(book, "出勤明细（2）")] == list(range(21, 34))


def test_attendance_is_read_in_slices_never_a_query_a_unit(county, monkeypatch):
    counted = []
    for slice_length in (100, 1):
        monkeypatch.setattr(attendance, "SLICE", slice_length)
        keys = unit_keys(make_range(county))
        with CaptureQueriesContext(connection) as queries:
            assert len(list(attendance_rows(keys, 2026, lambda done: None))) == 33
        counted.append(len(queries))
    assert counted[1] == 2 * counted[0]


class Telling(JobProgress):
    """Writes down every step it is told of."""

    def __init__(self) -> None:
        super().__init__(0, "", timezone.now)
        self.told: list[tuple[int, str]] = []

    def tell(self, completed: int, total: int, words: str) -> None:
        self.told.append((completed, words))


def test_progress_tells_of_units_while_they_are_judged(county, exports):
    progress = Telling()
    job = Job(kind="rollup", root=county, parameters=make_range(county).to_json())
    make(job, exports / "a.xlsx", progress)
    assert progress.told[:2] == [
        (0, "正在考核各单位：已完成 0 个，共 2 个"),
        (20, "正在考核各单位：已完成 1 个，共 2 个"),
    ]
    steps = [done for done, _words in progress.told]
    assert steps == sorted(steps)
    assert (66, "正在写入“学习台账”") in progress.told


def test_names_with_a_slash_stay_in_the_folder(county, exports):
    county.names.update(short_name="../青石/县")
    job = done("attendance", make_range(county, as_of=AS_OF))
    assert "/" not in job.file
    assert (exports / job.file).is_file()
