import datetime as dt
import subprocess
import zipfile
from pathlib import Path

import pytest
from django.conf import settings
from openpyxl import load_workbook

from reports.archives.choosing import Chosen
from reports.archives.counting import archive_lines, lined
from reports.archives.verifying import Fault, verify
from sessions.models import AnnualPlan, Evidence, PlanItem, StudySession, UnitReport
from tests.reports.archives.make import make_file, make_year, zipped
from tests.reports.records import make_record, make_session, make_unit
from units.models import Unit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(tmp_path: Path, settings) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


def names_of(path: Path) -> list[str]:
    with zipfile.ZipFile(path) as archive:
        return archive.namelist()


def read(path: Path, ending: str) -> str:
    with zipfile.ZipFile(path) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith(ending))
        return archive.read(name).decode()


def test_a_year_of_24_sessions_and_200_files_verifies_and_one_flipped_byte_is_named(tmp_path):
    unit = make_unit(members=8)
    pieces = make_year(unit)
    path, pack = zipped(unit, tmp_path)
    verdict = verify(path)
    assert verdict.is_whole
    assert verdict.checksum == pack.checksum
    assert pack.files == 200 + 24 + 3  # the records, the roster and two lists besides
    whole, stored = path.read_bytes(), Path(settings.MEDIA_ROOT) / str(pieces[117].file)
    place = whole.index(stored.read_bytes()) + 5
    path.write_bytes(whole[:place] + bytes([whole[place] ^ 4]) + whole[place + 1 :])
    ((fault, name),) = verify(path).faults
    assert fault == Fault.FLIPPED
    assert pieces[117].name in name


def test_what_is_unpacked_passes_sha256sum(tmp_path: Path):
    unit = make_unit()
    make_year(unit, sessions=2, files=6)
    path, _pack = zipped(unit, tmp_path)
    with zipfile.ZipFile(path) as archive:
        archive.extractall(tmp_path / "out")
    command = ["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS.txt"]
    subprocess.run(command, cwd=tmp_path / "out", check=True)


def test_folders_stand_in_the_order_of_days_under_names_that_stay_inside(tmp_path: Path):
    unit = make_unit()
    theme = "../../关于“一/二”的学习\n".ljust(200, "长")
    for day in ("2026-06-01", "2026-02-03"):
        session = make_session(unit, day, theme=theme)
        make_file(session, name="..\\..\\evil.pdf")
    names = names_of(zipped(unit, tmp_path)[0])
    folders = list(dict.fromkeys(name.split("/")[0] for name in names if name[:2].isdigit()))
    assert [folder[:13] for folder in folders] == ["00 年度材料", "01 2026-02-03", "02 2026-06-01"]
    assert all(".." not in name.split("/") and "\\" not in name for name in names)
    assert max(map(len, names)) <= 200


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"checked": "held"}, "暂扣，待核实"),
        ({"checked": "pending"}, "尚未检查完毕"),
        ({"checked": "destroyed", "file": ""}, "已销毁"),
    ],
)
def test_what_is_not_clean_never_leaves(tmp_path: Path, values, reason):
    unit = make_unit()
    secret = make_file(make_session(unit), data=b"\x00secret\x00" * 9, name="绝密.pdf")
    Evidence.objects.filter(pk=secret.pk).update(**values)
    path, pack = zipped(unit, tmp_path)
    assert b"secret" not in path.read_bytes()
    assert [one.reason for one in pack.left_out] == [reason]
    assert reason in read(path, "目录.html")
    is_named = values["checked"] == "pending"
    assert ("绝密" in read(path, "manifest.json")) is is_named


@pytest.mark.parametrize("spoil", ["flip", "cut", "lose"])
def test_a_file_spoilt_on_disk_does_not_go_in_and_is_named(tmp_path: Path, spoil: str):
    unit = make_unit()
    session = make_session(unit)
    spoilt, whole = make_file(session, name="坏.pdf"), make_file(session, name="好.pdf")
    stored = Path(settings.MEDIA_ROOT) / str(spoilt.file)
    data = stored.read_bytes()
    stored.write_bytes(b"?" + data[1:] if spoil == "flip" else data[:-1])
    if spoil == "lose":
        stored.unlink()
    path, pack = zipped(unit, tmp_path)
    assert verify(path).is_whole
    assert [one.name for one in pack.left_out] == ["坏.pdf"]
    assert [whole.name in name for name in names_of(path) if name.endswith(".pdf")] == [True]
    assert "坏.pdf" in read(path, "manifest.json")


def test_what_lies_on_paper_is_listed_with_its_place(tmp_path: Path):
    unit = make_unit()
    session = make_session(unit, archive_place="档案室3柜")
    make_file(session, file="", size=0, sha256="", name="会议记录（纸质，存放：党建办）")
    make_session(
        unit, "2026-04-01", is_offline_only=True, archive_place="机要室", theme="", content=""
    )
    path, pack = zipped(unit, tmp_path)
    assert [(one.kind, one.place) for one in pack.on_paper] == [
        ("会议记录", "档案室3柜"),
        ("全部", "机要室"),
    ]
    assert "存放：党建办" in read(path, "manifest.json")


def test_no_file_of_a_session_that_must_stay_offline_leaves(tmp_path: Path):
    """Put in before somebody said so: neither the file goes out nor its name."""
    unit = make_unit()
    session = make_session(unit, is_offline_only=True, archive_place="机要室", theme="", content="")
    make_file(session, name="某某会议精神.pdf")
    path, pack = zipped(unit, tmp_path)
    assert not [name for name in names_of(path) if name.endswith(".pdf")]
    assert [one.name for one in pack.left_out] == ["（不宜上网的文件，名称不显示）"]
    inside = (read(path, name) for name in names_of(path) if not name.endswith(".xlsx"))
    assert "某某会议精神" not in "".join(inside)
    last = dt.date(2026, 12, 31)
    (line,) = archive_lines(list(lined(Unit.objects.filter(pk=unit.pk), 2026, last)), 2026, last)
    assert (line.files, line.size, line.withheld) == (0, 0, 1)


def test_the_years_papers_are_in_it_as_pages(tmp_path: Path):
    unit = make_unit()
    plan = AnnualPlan.objects.create(unit=unit, year=2026, title="2026年计划", status="filed")
    PlanItem.objects.create(plan=plan, period="2026-03", topic="粮食安全", form="collective")
    UnitReport.objects.create(
        unit=unit, year=2026, kind="annual", status="submitted", sections={"problems": "不足"}
    )
    Evidence.objects.create(
        plan=plan, kind="approval", on=dt.date(2026, 1, 5), name="审定.pdf", file=""
    )
    make_record(unit)
    path, pack = zipped(unit, tmp_path)
    pages = [name.split("/")[1] for name in names_of(path) if name.startswith("00")]
    assert pages == ["年度学习计划.html", "2026年度总结.html", "成员名册.html", "个人学习成果.html"]
    assert "粮食安全" in read(path, "年度学习计划.html")
    assert "不足" in read(path, "2026年度总结.html")
    assert [one.about for one in pack.on_paper] == ["年度学习计划"]


def test_a_choice_narrows_the_archive_and_leaves_out_the_years_papers(tmp_path: Path):
    unit = make_unit()
    make_year(unit, sessions=4, files=8)
    by_day = Chosen(first=dt.date(2026, 1, 10), last=dt.date(2026, 2, 10), words="1—2月")
    names = names_of(zipped(unit, tmp_path, by_day)[0])
    folders = {name.split("/")[0][:13] for name in names if name[:2].isdigit()}
    assert folders == {"01 2026-01-19", "02 2026-02-05"}
    of_kind = names_of(zipped(unit, tmp_path, Chosen(kind="agenda"))[0])
    assert len([name for name in of_kind if "/学习方案（议程） " in name]) == 4
    assert not [name for name in of_kind if "学习记录" in name or "通知" in name]
    one = Chosen(session=StudySession.objects.earliest("date").pk)
    assert len([name for name in names_of(zipped(unit, tmp_path, one)[0]) if "/" in name]) == 3


def test_the_workbook_lists_every_file_with_its_checksum(tmp_path: Path):
    unit = make_unit()
    pieces = make_year(unit, sessions=2, files=4)
    path, _pack = zipped(unit, tmp_path)
    with zipfile.ZipFile(path) as archive:
        archive.extract("档案目录.xlsx", tmp_path)
    book = load_workbook(tmp_path / "档案目录.xlsx")
    assert book.sheetnames == ["一次一档", "文件清单", "仅有纸质", "未装入"]
    sums = {row[6].value for row in book["文件清单"].iter_rows(min_row=4)}
    assert {piece.sha256 for piece in pieces} < sums
    cells = [cell.value for cell in book["一次一档"][4]]
    assert "缺" in cells
    assert "1 份" in cells


def test_a_session_costs_the_same_queries_however_many_files_it_has(
    tmp_path: Path, django_assert_max_num_queries
):
    unit = make_unit()
    make_year(unit, sessions=2, files=40)
    with django_assert_max_num_queries(14 + 2 * 3):
        zipped(unit, tmp_path)
