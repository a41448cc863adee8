"""The same file (by its SHA-256) on two papers."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.db.models import Count

from reports.hints.found import Facts, Found, Paper, about, are_apart
from reports.hints.material import Material
from reports.hints.thresholds import HANDED_OUT
from reports.models import Hint
from sessions.models import Evidence, Status

_COLUMNS = ("id", "sha256", "session_id", "plan_id", "report_id")
_PLAN = ("plan__unit_id", "plan__year", "plan__status")
_REPORT = ("report__unit_id", "report__year", "report__status")


def same_files(on: Material) -> Iterator[Found]:
    """One hint for each file and county; one query.

    Left out: what units are handed from above, what is held for its markings, and the one file of
    a joint study on the records of those who took part.
    """
    places: dict[tuple[int, str], list[tuple[Paper, int]]] = defaultdict(list)
    for row in _repeated():
        paper = _paper(on, row)
        if paper is not None:
            places[on.county[paper.unit], row["sha256"]].append((paper, row["id"]))
    for (county, sha256), found in places.items():
        if are_apart(paper for paper, _ in found):
            files: dict[int, Facts] = {}
            for paper, file in found:
                files.setdefault(paper.unit, {"files": []})["files"].append(file)
            papers = [paper for paper, _ in found]
            yield about(Hint.Kind.SAME_FILE, f"{county}:{sha256}", papers, files)


def _repeated() -> Iterator[dict[str, Any]]:
    kept = Evidence.objects.exclude(checked__in=Evidence.KEPT_BACK).exclude(sha256="")
    own = kept.exclude(kind__in=HANDED_OUT).filter(ledger=None)
    twice = own.order_by().values("sha256").annotate(number=Count("id")).filter(number__gt=1)
    rows = own.filter(sha256__in=twice.values("sha256")).order_by("id")
    found: Iterator[dict[str, Any]] = rows.values(*_COLUMNS, *_PLAN, *_REPORT).iterator()
    return found


def _paper(on: Material, row: dict[str, Any]) -> Paper | None:
    """Which paper a file is on; None if it is a draft or lies outside the years looked at."""
    if row["session_id"] is not None:
        session = on.by_id.get(row["session_id"])
        return session.paper if session else None
    sort = "plan" if row["plan_id"] is not None else "report"
    year = row[f"{sort}__year"]
    if row[f"{sort}__status"] == Status.DRAFT or not on.start.year <= year <= on.until.year:
        return None
    key, unit = row[f"{sort}_id"], row[f"{sort}__unit_id"]
    day = dt.date(year, 1, 1)
    return Paper(unit, "plans" if sort == "plan" else "reports", key, day, key)
