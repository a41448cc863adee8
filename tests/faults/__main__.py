"""Everything that can fail, made to fail, beside real processes and servers; then a summary.

    python -m tests.faults [--scale 1] [--seed N] [--only NAME ...] [--list]

Loopback only; every process is a child of this one and is ended with it. `--scale 0` runs each
scenario with its smallest numbers. Ends with 1 if anything broke that must not.
"""

import argparse
import importlib
import random
import signal
import sys
import time
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from tests.faults.scenario import Measured, Outcome, Scenario, table
from tests.faults.stack import QUICK_CLOCKWORK, Stack, running_servers, use_database_afresh

MODULES = (
    *("senders", "mail_servers", "planners", "clocks", "workers", "brokers", "databases"),
    *("disks", "clerks", "imports", "uploads", "slow_clients"),
)
UNITS, CLERKS = 120, 16


@contextmanager
def running_stack(scale: float, seed: int, *, keep: bool) -> Iterator[Stack]:
    """The servers, an empty data folder, and the county in the database."""
    with running_servers(scale, keep=keep, **QUICK_CLOCKWORK) as stack:
        county = importlib.import_module("tests.faults.county")  # models, once Django is set up
        county.load(stack.number(UNITS, 12), stack.number(CLERKS, 4), seed)
        yield stack


def scenarios(only: Sequence[str]) -> list[Scenario]:
    """Those named, or all. Their modules import models: Django must be set up."""
    found = [
        each
        for module in MODULES
        for each in importlib.import_module(f"tests.faults.{module}").SCENARIOS
    ]
    return [each for each in found if not only or each.name in only]


def measure(scenario: Scenario, stack: Stack, seed: int) -> Measured:
    """Runs one; whatever it raises is its failure, and the next goes on."""
    county = importlib.import_module("tests.faults.county")
    begun = time.monotonic()
    try:
        stack.redis.start()
        stack.smtp.received.clear()
        county.clear()
        outcome = scenario.run(stack, random.Random(f"{seed}:{scenario.name}"))
    except Exception as error:  # the summary must come out
        traceback.print_exc()
        outcome = Outcome("stopped", broken=[f"{type(error).__name__}: {error}".split("\n")[0]])
        use_database_afresh()
    return Measured(scenario, outcome, time.monotonic() - begun)


def say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=20261122)
    parser.add_argument("--only", nargs="+", default=[], metavar="NAME")
    parser.add_argument("--list", action="store_true", help="name all first; alone: no more")
    parser.add_argument("--keep", action="store_true", help="leave the folder with the logs")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))  # servers end too
    say(f"seed {options.seed}, scale {options.scale:g}")
    measured: list[Measured] = []
    with running_stack(options.scale, options.seed, keep=options.keep) as stack:
        if options.keep:
            say(f"logs in {stack.folder}/logs")
        for scenario in scenarios(()) if options.list else ():
            say(f"{scenario.rows:<10}{scenario.name}")
        for scenario in scenarios(options.only) if options.only or not options.list else ():
            measured.append(measure(scenario, stack, options.seed))
            say(table(measured[-1:]).splitlines()[-1])
    say(f"\n{table(measured)}")
    return 0 if all(each.outcome.passed for each in measured) else 1


if __name__ == "__main__":
    sys.exit(main())
