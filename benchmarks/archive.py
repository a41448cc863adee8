"""Writing an archive of gigabytes: memory must not grow with its files.

    python -m benchmarks.archive [--quick] [--gigabytes N …] [--verify]

For each size: seconds, MB a second, how many times as long as reading the same files once, and MB
of memory above a process that has written one file. The files are sparse: what the disk itself
costs is left out. `--verify` also puts the archive on disk and has it verified.
Filling and measuring are processes of their own.
"""

import argparse
import datetime as dt
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from zoneinfo import ZoneInfo

import django

from benchmarks.memory import peak_mb

SIZES, QUICK = (0.5, 5.2), (0.2, 1.0)
FILE_BYTES = 20 * 1024 * 1024
FILES_A_SESSION = 10
YEAR = 2026
AT = dt.datetime(YEAR, 12, 31, tzinfo=ZoneInfo("Asia/Shanghai"))
MB = 1_000_000


def child(task: str, folder: Path, *arguments: str) -> str:
    """Runs one task of this module in a process of its own; returns what it printed."""
    environment = {
        **os.environ,
        "VAR_DIR": str(folder),
        "DATABASE_URL": f"sqlite:///{folder}/archive.sqlite3",
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "SECRET_KEY": "secret-of-the-benchmarks",
    }
    command = [sys.executable, "-m", "benchmarks.archive", "--task", task, *arguments]
    done = subprocess.run(
        command, env=environment, check=True, stdout=subprocess.PIPE, encoding="utf-8"
    )
    return done.stdout


def fill(gigabytes: float) -> None:
    """A unit, its sessions, and sparse files of that much in all."""
    units, sessions = import_module("units.models"), import_module("sessions.models")
    storage = import_module("sessions.evidence.storage")
    import_module("django.core.management").call_command("migrate", verbosity=0)
    category = units.Category.objects.create(code="bureau", name="部门")
    unit = units.Unit.objects.create(code="QS01", category=category, path="QS01/")
    digest = hashlib.sha256(bytes(FILE_BYTES)).hexdigest()
    files = max(1, round(gigabytes * 1000 * MB / FILE_BYTES))
    for number in range(files):
        if number % FILES_A_SESSION == 0:
            day = dt.date(YEAR, 1, 1) + dt.timedelta(days=number)
            session = sessions.StudySession.objects.create(
                unit=unit, date=day, end_date=day, form="collective", status="accepted"
            )
        name = f"evidence/{YEAR}/{number}.pdf"
        path = storage.path_of(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            file.truncate(FILE_BYTES)
        sessions.Evidence.objects.create(
            session=session,
            kind="minutes",
            on=day,
            name=f"{number}.pdf",
            file=name,
            size=FILE_BYTES,
            sha256=digest,
            checked="clean",
        )


def parts(session: int | None = None) -> Iterator[bytes]:
    """The archive of the unit, or of one session, as it is sent."""
    archives = "reports.archives"
    contents_of = import_module(f"{archives}.contents").contents_of
    chosen = import_module(f"{archives}.choosing").Chosen(session=session)
    writing, papers = import_module(f"{archives}.writing"), import_module(f"{archives}.papers")
    names, packing = import_module(f"{archives}.naming"), import_module(f"{archives}.packing")
    unit = import_module("units.models").Unit.objects.get()
    called = papers.Called(unit)
    archive = writing.UnitArchive(contents_of(unit, YEAR), chosen, called, AT, names.Names())
    with packing.Pack(archive.head()) as pack:
        yield from archive.write(pack)
        yield from pack.close()


def measure() -> None:
    """Writes one session's archive, then the whole; prints what the second cost as JSON."""
    first = import_module("sessions.models").StudySession.objects.first()
    for _part in parts(first.pk):
        pass
    rest, begun = peak_mb(), time.perf_counter()
    size = sum(len(part) for part in parts())
    spent, peak = time.perf_counter() - begun, peak_mb()
    begun = time.perf_counter()
    _read_once()
    floor = time.perf_counter() - begun
    told = {"size": size, "seconds": spent, "floor": floor, "memory": peak - rest, "peak": peak}
    print(json.dumps(told))


def verify(folder: Path) -> None:
    """Puts the archive on disk and verifies it; prints seconds and peak memory as JSON."""
    path = folder / "archive.zip"
    with path.open("wb") as file:
        file.writelines(parts())
    begun = time.perf_counter()
    verdict = import_module("reports.archives.verifying").verify(path)
    spent = time.perf_counter() - begun
    print(json.dumps({"whole": verdict.is_whole, "files": verdict.files, "seconds": spent}))


def _read_once() -> None:
    storage = import_module("sessions.evidence.storage")
    for name in import_module("sessions.models").Evidence.objects.values_list("file", flat=True):
        with storage.path_of(name).open("rb") as file:
            while file.read(1 << 18):
                pass


def row(gigabytes: float, *, verified: bool) -> str:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        child("fill", folder, str(gigabytes))
        told = json.loads(child("measure", folder))
        said = (
            f"{told['size'] / MB:>9,.0f}  {told['seconds']:>7.1f}  "
            f"{told['size'] / MB / told['seconds']:>6.0f}  "
            f"{told['seconds'] / told['floor']:>6.1f}  {told['memory']:>9.1f}  {told['peak']:>6.0f}"
        )
        if verified:
            seen = json.loads(child("verify", folder, name))
            words = "whole" if seen["whole"] else "FAULTY"
            said += f"  {words}: {seen['files']} files in {seen['seconds']:.1f} s"
    return said


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--gigabytes", type=float, nargs="*")
    parser.add_argument("--verify", action="store_true")
    parser.add_argument("--task", nargs="+", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.task:
        django.setup()
        task, *rest = asked.task
        if task == "fill":
            fill(float(rest[0]))
        elif task == "verify":
            verify(Path(rest[0]))
        else:
            measure()
        return
    print("       MB  seconds    MB/s  ÷ read  MB above  peak")
    for gigabytes in asked.gigabytes or (QUICK if asked.quick else SIZES):
        print(row(gigabytes, verified=asked.verify), flush=True)


if __name__ == "__main__":
    main()
