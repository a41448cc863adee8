"""A workbook stands under its name whole or not at all, also when the disk is full."""

import subprocess
import sys
import textwrap

import pytest

from reports.workbook.atomic import DiskFullError, replacing
from reports.workbook.xlsx import write_workbook
from tests.reports.workbook.readers import calamine_values, make_sheet


def test_a_finished_file_replaces_the_old_one(tmp_path):
    path = tmp_path / "汇总.xlsx"
    write_workbook(path, [make_sheet([("旧",)])])
    write_workbook(path, [make_sheet([("新",)])])
    assert calamine_values(path, "学习台账") == [["新"]]
    assert list(tmp_path.iterdir()) == [path]


def test_rows_that_fail_midway_leave_the_old_file(tmp_path):
    path = tmp_path / "汇总.xlsx"
    path.write_bytes(b"old")

    def rows():
        yield ("一",)
        raise RuntimeError("the database went away")

    with pytest.raises(RuntimeError):
        write_workbook(path, [make_sheet(rows())])
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_an_interruption_leaves_nothing(tmp_path):
    def interrupted():
        yield ("一",)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_workbook(tmp_path / "a.xlsx", [make_sheet(interrupted())])
    assert list(tmp_path.iterdir()) == []


def test_other_operating_system_errors_keep_their_name(tmp_path):
    with pytest.raises(FileNotFoundError), replacing(tmp_path / "absent" / "a.xlsx"):
        pass


def test_a_name_too_long_for_the_disk_is_refused_and_cleared_away(tmp_path):
    with pytest.raises(OSError, match="too long"), replacing(tmp_path / ("字" * 100)) as file:
        file.write(b"whole")
    assert list(tmp_path.iterdir()) == []


def test_others_may_read_the_file_as_the_umask_says(tmp_path):
    path = tmp_path / "a.xlsx"
    with replacing(path) as file:
        file.write(b"x")
    plain = tmp_path / "plain"
    plain.write_bytes(b"x")
    assert path.stat().st_mode == plain.stat().st_mode


FULL_DISK = textwrap.dedent(
    """
    import resource, sys
    from pathlib import Path
    from reports.workbook.atomic import DiskFullError
    from reports.workbook.xlsx import write_workbook
    from tests.reports.workbook.readers import make_sheet

    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
    rows = ((hash((n, 1)), hash((n, 2))) for n in range(50_000))
    sheet = make_sheet(rows, kinds=("integer", "integer"))
    try:
        write_workbook(Path(sys.argv[1]), [sheet])
    except DiskFullError as error:
        sys.stdout.reconfigure(encoding="utf-8")
        print(error)
        sys.exit(7)
    """
)


@pytest.mark.parametrize("old", [None, b"old"])
def test_a_full_disk_is_said_in_a_sentence_and_leaves_no_litter(tmp_path, old):
    path = tmp_path / "汇总.xlsx"
    if old is not None:
        path.write_bytes(old)
    child = subprocess.run(
        [sys.executable, "-c", FULL_DISK, str(path)], capture_output=True, check=False
    )
    assert child.returncode == 7, child.stderr.decode()
    assert "磁盘空间不足" in child.stdout.decode()
    assert "汇总.xlsx" in child.stdout.decode()
    assert [p.read_bytes() for p in tmp_path.iterdir()] == ([] if old is None else [old])


def test_a_full_disk_error_is_an_operating_system_error():
    assert issubclass(DiskFullError, OSError)
