"""Every operation of the published schema, called as everybody with whatever can be sent.

    python -m tests.fuzz [--examples 100] [--seed N] [--minutes N] [--as ROLE ...] [--only TEXT]

In this process, on a PostgreSQL server of its own. Ends with 1 if an answer was wrong: a server
error, a status or a body that the schema does not describe, something of a foreign unit.
"""

import argparse
import importlib
import os
import sys
import time
from typing import TYPE_CHECKING

import django
from django.test.utils import setup_databases, setup_test_environment

if TYPE_CHECKING:
    from tests.fuzz.running import Tally


def say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--examples", type=int, default=100, help="of each operation, as each role")
    parser.add_argument("--seed", type=int, default=20261122)
    parser.add_argument("--minutes", type=float, default=180, help="begin no operation afterwards")
    parser.add_argument("--as", nargs="+", default=[], metavar="ROLE", dest="callers")
    parser.add_argument("--only", default="", metavar="TEXT", help="operations with this in them")
    options = parser.parse_args()
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings.postgresql"
    django.setup()
    setup_test_environment()
    setup_databases(verbosity=0, interactive=False)
    running = importlib.import_module("tests.fuzz.running")  # models, once Django is set up
    until = time.monotonic() + options.minutes * 60
    say(f"seed {options.seed}, {options.examples} examples")
    whole: Tally = running.Tally()
    for caller in options.callers or running.CALLERS:
        begun = time.monotonic()
        one: Tally = running.run(
            caller, examples=options.examples, start=options.seed, until=until, only=options.only
        )
        whole.add(one)
        took = time.monotonic() - begun
        say(f"as {caller}: {one.answers.total()} requests, {len(one.faults)} faults, {took:.0f} s")
    say(f"\n{running.table(whole)}")
    return 1 if whole.faults or whole.left_out else 0


if __name__ == "__main__":
    sys.exit(main())
