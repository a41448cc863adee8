"""Work that takes its time, for the jobs of a worker under tests.settings.faults.

Each job takes SLOW_SECONDS. The file SLOW_JOURNAL tells when the task was called, when it began
to work, and when it ended.
"""

import os
import time
from pathlib import Path
from typing import Any

from celery.signals import task_prerun

from reports import jobs, tasks
from reports.models import Job


def note(word: str) -> None:
    with Path(os.environ["SLOW_JOURNAL"]).open("a", encoding="utf-8") as journal:
        journal.write(f"{word}\n")


@task_prerun.connect
def note_call(task: Any, **_: Any) -> None:
    if task.name == tasks.run_job.name:
        note("called")


def linger(job: Job, path: Path, progress: jobs.JobProgress) -> str:
    note("start")
    for _ in range(int(os.environ["SLOW_SECONDS"]) * 10):
        time.sleep(0.1)
        progress.beat()
    path.write_bytes(b"slow")
    note("end")
    return f"slow-{job.pk}.xlsx"


tasks.make = linger  # type: ignore[attr-defined]  # what the task calls for each job
