"""The older release's own tests, on databases that the newer code migrated."""

import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

import psycopg

from tests.upgrades.processes import Code, StoppedError, database_url

HERE = Path(__file__).parent
TEMPLATE = "new_schema"
SECONDS = 3 * 3600
LOOK_EVERY = 60

# What asks about the schema or the tree itself and has to answer otherwise here, or fails now and
# then by a fault of its own; each by reason.
DESELECTED: dict[str, str] = {
    "tests/reports/standings/test_kept.py::KeptAlwaysHolds"
    "::test_it_is_what_an_evaluation_says_after_any_change": (
        "bd788316fa: may draw two newcomers of one name, which the roster refuses"
    ),
}


@dataclass(frozen=True)
class Passed:
    """Counts of tests; ``failed`` by name. ``is_new`` is whether the schema stayed the newer."""

    passed: int
    skipped: int
    failed: tuple[str, ...]
    seconds: float
    is_new: bool


def run_tests(
    *,
    old: Path,
    new: Code,
    server: str,
    folder: Path,
    tests: Sequence[str],
    workers: int,
    say: Callable[[str], None],
) -> Passed:
    """Runs the tests (all without any named) with a database for each worker; files into
    ``folder``. Raises StoppedError where none could be run.
    """
    databases = [f"test_postgres_gw{number}" for number in range(workers)]
    _make_databases(server, new, databases)
    plugins, report, log = folder / "plugins", folder / "tests.xml", folder / "tests.log"
    plugins.mkdir()
    shutil.copy(HERE / "cascading_flush.py", plugins)
    command = [
        *(sys.executable, "-W", "ignore", "-m", "pytest", "-p", "cascading_flush", "--reuse-db"),
        *("--ds", "tests.settings.postgresql", "-m", "not once", "-n", str(workers)),
        *("-p", "no:cacheprovider", f"--junitxml={report}"),
        *(f"--deselect={name}" for name in DESELECTED),
        *tests,
    ]
    code = Code(old, {"TEST_POSTGRES_URL": server, "PYTHONPATH": f"{plugins}:{old}"})
    begun = time.monotonic()
    with log.open("w") as out:
        process = subprocess.Popen(
            command, cwd=old, env=code.environ(), stdout=out, stderr=subprocess.STDOUT
        )
        try:
            _wait(process, log, begun, say)
        finally:
            if process.poll() is None:
                process.terminate()
                process.wait()
    if not report.exists():
        raise StoppedError("\n".join(log.read_text().splitlines()[-20:]))
    return _read(report, time.monotonic() - begun, _are_still_new(server, databases))


def _make_databases(server: str, new: Code, databases: Sequence[str]) -> None:
    """Empty ones: what older code knows how to make is not asked for."""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {TEMPLATE}")
        address = database_url(server, TEMPLATE)
        Code(new.tree, {**new.environment, "DATABASE_URL": address}).manage("migrate", "-v", "0")
        for name in databases:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}")


def _wait(
    process: "subprocess.Popen[bytes]", log: Path, begun: float, say: Callable[[str], None]
) -> None:
    told = ""
    while process.poll() is None:
        if time.monotonic() - begun > SECONDS:
            raise StoppedError(f"the tests were not done after {SECONDS} s")
        try:
            process.wait(LOOK_EVERY)
        except subprocess.TimeoutExpired:
            done = [line[-7:] for line in log.read_text().splitlines() if line.endswith("%]")]
            if done and done[-1] != told:
                told = done[-1]
                say(f"older tests {told}")


def _are_still_new(server: str, databases: Sequence[str]) -> bool:
    """Whether every test ran on the newer schema, to the end."""
    return len({_schema(database_url(server, name)) for name in (TEMPLATE, *databases)}) == 1


def _schema(address: str) -> tuple[object, ...]:
    with psycopg.connect(address) as connection:
        rows = connection.execute(
            "SELECT table_name, column_name, data_type, is_nullable, column_default "
            "FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1, 2"
        )
        return tuple(rows.fetchall())


def _read(report: Path, seconds: float, is_new: bool) -> Passed:
    """Counts what the tests' own report says."""
    cases = list(ET.parse(report).iter("testcase"))
    failed = [
        f"{case.get('classname', '').replace('.', '/')}.py::{case.get('name')}"
        for case in cases
        if case.find("failure") is not None or case.find("error") is not None
    ]
    skipped = sum(case.find("skipped") is not None for case in cases)
    passed = len(cases) - skipped - len(failed)
    return Passed(passed, skipped, tuple(failed), seconds, is_new)
