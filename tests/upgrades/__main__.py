"""An upgrade tried on five years of data, and the older release's tests on the newer schema.

    python -m tests.upgrades [--release REV] [--units 120] [--years 5] [--tests [PATH ...]]

The older release fills a PostgreSQL of the trial's own; the working tree migrates it. Every old
cell, every figure, the trail, the pages and a workbook are compared; then the older release's own
tests run on databases of the newer schema (`--tests` alone leaves them out). Everything is gone
afterwards (`--keep` leaves the folder). Ends with 1 if anything differs.
"""

import argparse
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tests.services.postgresql import start_server
from tests.upgrades.processes import Code, StoppedError, database_url
from tests.upgrades.release import NoReleaseError, previous_release, unpack
from tests.upgrades.suite import DESELECTED, run_tests
from tests.upgrades.trial import YEAR, Check, Trial, slowest

REPOSITORY = Path(__file__).parent.parent.parent
BEGUN = time.monotonic()


@contextmanager
def working_folder(*, keep: bool) -> Iterator[Path]:
    """Where the older tree, data and logs lie."""
    folder = Path(tempfile.mkdtemp(prefix="portal-upgrade-"))
    try:
        yield folder
    finally:
        if keep:
            say(f"all is in {folder}")
        else:
            shutil.rmtree(folder, ignore_errors=True)


def say(words: str) -> None:
    sys.stdout.write(f"{time.monotonic() - BEGUN:6.0f} s  {words}\n")
    sys.stdout.flush()


def try_upgrade(options: argparse.Namespace, old: Path, folder: Path) -> Iterator[Check]:
    """Five years filled, migrated and compared, on a server that waits for the disk."""
    server, var = start_server(), folder / "var"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("CREATE DATABASE portal")
    database = database_url(server, "portal")
    told = {"DATABASE_URL": database, "VAR_DIR": str(var), "REDIS_URL": ""}
    years = range(YEAR - options.years + 1, YEAR + 1)
    trial = Trial(Code(old, told), Code(REPOSITORY, told), database, folder, years)
    say(f"{options.units} units, {options.years} years by older code")
    trial.fill(options.units)
    say("what it holds, and what older code says of it")
    before = trial.look_before()
    migrations = trial.migrate()
    seconds = sum(each[1] for each in migrations)
    for name, each in migrations:
        say(f"migrated {name} in {each:.2f} s")
    nothing = () if migrations else ("there is nothing to migrate",)
    yield Check("migrated", f"{len(migrations)} migrations in {seconds:.2f} s", nothing)
    yield Check("longest", slowest(migrations))
    for check in trial.compare(before):
        say(check.what)
        yield check


def try_tests(options: argparse.Namespace, old: Path, folder: Path) -> Check:
    """The older release's tests, on a server that need not wait for the disk."""
    server = start_server(durable=False)
    new = Code(REPOSITORY, {"VAR_DIR": str(folder / "var"), "REDIS_URL": ""})
    say(f"older tests on the newer schema, {len(DESELECTED)} left out")
    done = run_tests(
        old=old,
        new=new,
        server=server,
        folder=folder,
        tests=options.tests or (),
        workers=options.workers,
        say=say,
    )
    wrong = [*done.failed, *(() if done.is_new else ("the schema did not stay the newer one",))]
    if not done.passed:
        wrong.append("not one test passed")
    seen = f"{done.passed:,} passed, {done.skipped} skipped in {done.seconds:.0f} s"
    return Check("older tests on the newer schema", seen, tuple(wrong))


def table(checks: list[Check]) -> str:
    lines = []
    for check in checks:
        lines.append(f"{'DIFFERS' if check.wrong else 'ok':<8}{check.what:<40}{check.seen}")
        lines += [f"          {line}" for wrong in check.wrong for line in wrong.splitlines()]
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--release", default="", metavar="REV", help="the older release")
    parser.add_argument("--units", type=int, default=120)
    parser.add_argument("--years", type=int, default=5)
    parser.add_argument("--tests", nargs="*", metavar="PATH", help="some of its tests, or none")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--keep", action="store_true", help="leave the folder with the logs")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))  # servers end too
    checks: list[Check] = []
    with working_folder(keep=options.keep) as folder:
        try:
            release = previous_release(REPOSITORY, options.release)
            unpack(REPOSITORY, release, folder / "old")
            say(f"from {release.name} to the working tree")
            checks.extend(try_upgrade(options, folder / "old", folder))
            if options.tests != []:
                checks.append(try_tests(options, folder / "old", folder))
        except (NoReleaseError, StoppedError) as error:
            checks.append(Check("stopped", "", (str(error),)))
    say(f"done\n\n{table(checks)}")
    return 1 if any(check.wrong for check in checks) else 0


if __name__ == "__main__":
    sys.exit(main())
