"""What `benchmarks.evaluation` times: the public calls that pages, mails and commands make."""

import datetime as dt
import time
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from statistics import median

from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from benchmarks.county import YEAR, Province
from benchmarks.memory import peak_mb
from reports import receivers
from reports.current import current_figures, current_months
from reports.evaluation import evaluate, evaluate_unit
from reports.facts import rebuild
from reports.rule_sets import create_default, publish
from reports.rules.explain import explain
from sessions.models import Attendance, ReviewEvent, StudySession
from sessions.services import record_event
from sessions.signals import records_changed
from units.models import RosterEntry, Unit

AS_OF = dt.date(YEAR, 11, 30)
LEFT_OUT = frozenset({"annual_days", "research_per_member", "half_year_report"})
FLOOR = """
    SELECT member_id, count(*), sum(CASE WHEN status = 'present' THEN 1 ELSE 0 END)
    FROM study_sessions_attendance GROUP BY member_id
"""


def fill(units: int) -> None:
    """Writes the tables, publishes twelve rules, and works the fact rows out."""
    call_command("migrate", verbosity=0)
    Province(units).write()
    draft = create_default(year=YEAR, title="规则")
    draft.rules.filter(key__in=LEFT_OUT).update(enabled=False)
    _analyse("ANALYZE")
    publish(rule_set=draft, at=dt.datetime(YEAR, 1, 1, tzinfo=dt.UTC), by=None)
    for _done in rebuild(Unit.objects.with_group(), YEAR):
        pass
    _analyse("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def _analyse(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def measure(runs: int) -> dict[str, float]:
    """Seconds, ratios, queries, and MB above a process that has evaluated one unit."""
    explain_one()
    rest = peak_mb()
    units = raw()
    memory = peak_mb() - rest
    with CaptureQueriesContext(connection) as queries:
        raw()
    works: Mapping[str, Callable[[], object]] = {
        "floor": scan,
        "raw": raw,
        "facts": from_facts,
        "one": explain_one,
        "without_facts": partial(record_session, facts=False),
        "with_facts": partial(record_session, facts=True),
    }
    rounds = [{name: _timed(work) for name, work in works.items()} for _ in range(runs)]
    worked = [(_processor(raw), _processor(scan)) for _ in range(runs)]
    return {
        "units": units,
        "queries": len(queries),
        "memory": memory,
        **{name: median(seconds[name] for seconds in rounds) for name in works},
        "raw_ratio": median(seconds["raw"] / seconds["floor"] for seconds in rounds),
        "processor_ratio": median(ours / floor for ours, floor in worked),
        "facts_ratio": median(seconds["facts"] / seconds["floor"] for seconds in rounds),
        "record_ratio": median(
            seconds["with_facts"] / seconds["without_facts"] for seconds in rounds
        ),
    }


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _processor(work: Callable[[], object]) -> float:
    """Seconds of processor time, the database's among them: they hold on a busy machine too."""
    start = _worked()
    work()
    return _worked() - start


def _worked() -> float:
    if connection.vendor != "postgresql":
        return time.process_time()
    with connection.cursor() as cursor:
        # Workers would be processes of their own.
        cursor.execute("SET max_parallel_workers_per_gather = 0")
        cursor.execute("SELECT pg_backend_pid()")
        backend = cursor.fetchone()[0]
    statistics = Path(f"/proc/{backend}/schedstat").read_text(encoding="ascii")
    return time.process_time() + int(statistics.split()[0]) / 1e9


def scan() -> int:
    """The floor: one statement over all attendance, every row of it fetched."""
    with connection.cursor() as cursor:
        cursor.execute(FLOOR)
        return len(cursor.fetchall())


def raw() -> int:
    """Every unit from raw rows; the number of units."""
    return sum(1 for _ in evaluate(Unit.objects.all(), AS_OF))


def from_facts() -> int:
    """Today's figures of every unit, and the matrix of units and months; four queries."""
    figures = current_figures(Unit.objects.all(), AS_OF)
    return len(figures) + len(current_months(Unit.objects.all(), YEAR))


def explain_one() -> int:
    """One unit from raw rows, each of its obligations explained."""
    evaluated = evaluate_unit(_a_unit(), AS_OF)
    if evaluated is None:
        raise LookupError("the unit owes nothing")
    return sum(
        bool(explain(evaluated.facts, evaluated.context, result).summary)
        for result in evaluated.evaluation.results
    )


def record_session(*, facts: bool) -> None:
    """A session of seventeen entered and submitted, then undone again."""
    if not facts:
        records_changed.disconnect(dispatch_uid="facts_of_records")
    try:
        with transaction.atomic():
            _record()
            transaction.set_rollback(True)
    finally:
        records_changed.connect(receivers.records, dispatch_uid="facts_of_records")


def _record() -> None:
    unit = _a_unit()
    session = StudySession.objects.create(
        unit=unit, theme="专题学习", date=AS_OF, end_date=AS_OF, form="collective"
    )
    due = RosterEntry.objects.of_unit(unit).in_office(AS_OF).due()
    Attendance.objects.bulk_create(
        Attendance(session=session, member=entry, status="present") for entry in due
    )
    at = dt.datetime.combine(AS_OF, dt.time(10), dt.UTC)
    record_event(about=session, kind=ReviewEvent.Kind.SUBMIT, at=at)


def _a_unit() -> Unit:
    return Unit.objects.get(code="U000007")
