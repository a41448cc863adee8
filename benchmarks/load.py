"""The last afternoon: two hundred clerks hand in what is missing, while workbooks are written.

    python -m benchmarks.load [--quick] [--clerks N] [--units N] [--seconds N] [--rounds N]

gunicorn with the portal's own settings, a worker and a scheduler as real processes on PostgreSQL
and Redis, all on this machine, loopback only, gone afterwards. Each clerk is a browser that signs
in, opens the home page and the form, saves, submits and opens the list. An afternoon of four
hours is pressed into `--seconds`: clerks come at random moments, and think as much shorter.

In each of the `--rounds` a share of the clerks comes twice: while the worker rests, and while it
writes the workbook of the whole county over and over. The ratio is between these two halves. The
browsers and all servers share the machine, the worker with the weight its service has.
"""

import argparse
import importlib
import sys
from collections import Counter
from collections.abc import Sequence
from statistics import quantiles
from typing import TYPE_CHECKING

from tests.faults.stack import running_servers

if TYPE_CHECKING:  # asks for models
    from benchmarks.load_rounds import Took

GOALS = ("no errors", "p95 beside a workbook ≤ 1.2 × p95 without")
USUAL = {"clerks": 200, "units": 120, "seconds": 360.0, "rounds": 6}
QUICK = {"clerks": 40, "units": 12, "seconds": 30.0, "rounds": 2}


def measure(wanted: dict[str, float], seed: int) -> list["Took"]:
    """Every step of every clerk."""
    with running_servers() as stack:
        load = importlib.import_module("benchmarks.load_rounds")
        afternoon = load.Afternoon(**wanted)
        clerks = load.fill(afternoon, seed)
        with load.web(stack) as port, load.clockwork(stack):
            load.warm_up(port)
            found: list[Took] = load.rounds(clerks, port, afternoon, say)
        return found


def table(found: Sequence["Took"]) -> str:
    """Milliseconds and errors of each step, without and beside workbooks, and the ratio of p95."""
    head = ("p50", "p95", "p50 beside", "p95 beside", "p95 ÷")
    lines = [f"{'step':<10}{'steps':>8}{'errors':>8}{''.join(f'{each:>12}' for each in head)}"]
    for step in [*dict.fromkeys(each.step for each in found), "all"]:
        these = [each for each in found if step in (each.step, "all")]
        errors = sum(not each.is_right for each in these)
        quiet, beside = (_milliseconds(these, beside=beside) for beside in (False, True))
        figures = "".join(f"{each:>12.0f}" for each in (*quiet, *beside))
        ratio = beside[1] / quiet[1]
        lines.append(f"{step:<10}{len(these):>8}{errors:>8}{figures}{ratio:>12.2f}")
    return "\n".join(lines)


def _milliseconds(found: Sequence["Took"], *, beside: bool) -> tuple[float, float]:
    """p50 and p95 of what was answered rightly; not a number where that is hardly anything."""
    took = [each.seconds * 1000 for each in found if each.beside == beside and each.is_right]
    if len(took) < 2:
        return float("nan"), float("nan")
    cuts = quantiles(took, n=20, method="inclusive")
    return cuts[9], cuts[18]


def say(line: str) -> None:
    """At once: a run takes minutes."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> int:
    """Prints the table; 1 if a step was answered wrongly, however fast."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="40 clerks, 12 units, a minute")
    parser.add_argument("--clerks", type=int)
    parser.add_argument("--units", type=int)
    parser.add_argument("--seconds", type=float, help="in which all have come, once")
    parser.add_argument("--rounds", type=int)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    usual = QUICK if options.quick else USUAL
    found = measure(
        {name: getattr(options, name) or number for name, number in usual.items()}, options.seed
    )
    say(table(found))
    wrong = Counter(f"{each.step} answered {each.status}" for each in found if not each.is_right)
    for what, times in wrong.items():
        say(f"   {times} × {what}")
    for goal in GOALS:
        say(f"   goal: {goal}")
    return 0 if all(each.is_right for each in found) else 1


if __name__ == "__main__":
    sys.exit(main())
