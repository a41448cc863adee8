"""R21: a roster of 10,000 rows, 37 of them bad; then imports killed at any moment."""

import datetime as dt
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from random import Random

from openpyxl import Workbook, load_workbook

from tests.faults.county import groups
from tests.faults.scenario import Outcome, Scenario
from tests.faults.stack import Stack, run
from units.models import Person, RosterEntry

HEAD = ("单位编码", "姓名", "中心组职务", "职务", "任职起")
BAD = 37
REFUSED = 1
REASON = "不在可选内容中"
MARK = "导入"
"""Begins the posts of what is imported here, so that it can be told from the sample's."""


def import_rosters(stack: Stack, chance: Random) -> Outcome:
    rows, kills = stack.number(10_000, 200), stack.number(60, 2)
    reported, seconds = _try_bad_rows(stack, rows, chance)
    few = stack.number(1_000, 100)
    file = stack.folder / "good.xlsx"
    _write(file, few)
    command = [sys.executable, "manage.py", "import_roster", str(file)]
    begun = time.monotonic()
    done = run(*command[1:])
    whole = time.monotonic() - begun
    complete = _imported()
    _forget()
    ends = {0: 0, few: 0}
    partial = 0
    for _ in range(kills):
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as one:
            time.sleep(chance.uniform(whole * 0.3, whole))
            os.kill(one.pid, signal.SIGKILL)
        left = _imported()
        partial += left not in ends
        ends[left] = ends.get(left, 0) + 1
        _forget()
    outcome = Outcome(
        f"{rows:,} rows, {BAD} bad; {kills} kills over {few:,} rows",
        lost=partial,
        notes=f"{reported} reported in {seconds:.0f} s; {ends[0]} empty, {ends[few]} complete",
        reduced=f"kills over {few:,} rows" if few < rows else "",
    )
    outcome.expect(done.returncode == 0, f"the import failed: {done.stdout[-200:]}")
    outcome.expect(complete == few, f"{complete} of {few} rows imported")
    outcome.expect(reported == BAD, f"{reported} of {BAD} bad rows reported")
    return outcome


def _try_bad_rows(stack: Stack, rows: int, chance: Random) -> tuple[int, float]:
    """How many bad rows a trial and the import itself report, writing nothing; and how fast."""
    file, report = stack.folder / "bad.xlsx", stack.folder / "report.xlsx"
    _write(file, rows, chance.sample(range(rows), BAD))
    begun = time.monotonic()
    trial = run("manage.py", "import_roster", str(file), "--dry-run", "--report", str(report))
    seconds = time.monotonic() - begun
    real = run("manage.py", "import_roster", str(file), "--report", str(report))
    if trial.returncode != REFUSED or real.returncode != REFUSED or _imported():
        return 0, seconds
    marked = load_workbook(report, read_only=True).worksheets[0].iter_rows(values_only=True)
    return sum(REASON in str(row[-1]) for row in marked), seconds


def _write(file: Path, rows: int, bad: Sequence[int] = ()) -> None:
    """A roster over all units; bad rows give a role there is not."""
    units, wrong = groups(), set(bad)
    book = Workbook(write_only=True)
    sheet = book.create_sheet("成员名册")
    sheet.append(HEAD)
    for number in range(rows):
        role = "谁也不是" if number in wrong else "成员"
        code = units[number % len(units)].code
        sheet.append((code, f"新{_name(number)}", role, f"{MARK}{number}", dt.date(2026, 11, 1)))
    book.save(file)


def _name(number: int) -> str:
    """A different name for each row, of Chinese characters only."""
    return "".join(chr(0x4E00 + part) for part in (number // 1000 + 100, number % 1000 + 200))


def _imported() -> int:
    return RosterEntry.objects.filter(post__startswith=MARK).count()


def _forget() -> None:
    people = set(
        RosterEntry.objects.filter(post__startswith=MARK).values_list("person_id", flat=True)
    )
    RosterEntry.objects.filter(post__startswith=MARK).delete()
    Person.objects.filter(pk__in=people).delete()


SCENARIOS = (Scenario("imports", "R21", import_rosters),)
