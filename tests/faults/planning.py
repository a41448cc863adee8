"""Planners that all look in the same moment: `python -m tests.faults.planning PLANNERS MOMENT …`

Forks so many processes; for each moment (ISO, in turn) all of them call the planner at once.
"""

import datetime as dt
import multiprocessing
import sys
from multiprocessing.synchronize import Barrier

import django

django.setup()

from reports.planner import plan_due  # noqa: E402  the apps must be loaded first
from reports.working_days import recorded_calendar  # noqa: E402


def plan(moments: list[dt.datetime], together: Barrier) -> None:
    calendar = recorded_calendar()
    for now in moments:
        together.wait()
        plan_due(now=now, calendar=calendar)


def main(planners: int, moments: list[dt.datetime]) -> int:
    context = multiprocessing.get_context("fork")
    together = context.Barrier(planners)
    processes = [context.Process(target=plan, args=(moments, together)) for _ in range(planners)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    return max(abs(process.exitcode or 0) for process in processes)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), [dt.datetime.fromisoformat(each) for each in sys.argv[2:]]))
