"""Asking for a workbook: one of a kind at a time for each person."""

from datetime import datetime

from accounts.models import User
from reports import jobs
from reports.exports.ranges import Range
from reports.models import Job


def ask(*, kind: Job.Kind, chosen: Range, asked_by: User, at: datetime) -> tuple[Job, bool]:
    """The job, and whether it is new: while one of the kind is unfinished, it is that one.

    What is closed is written down with the wish, for whoever reads it later.
    """
    is_closed = chosen.closing() is not None
    return jobs.ask(
        kind=kind,
        root=chosen.root,
        parameters={**chosen.to_json(), "closed": is_closed},
        key=f"user:{asked_by.pk}:{kind}",
        asked_by=asked_by,
        at=at,
    )
