"""A unit's ledger comes in: every row good, or nothing."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sessions.ledgers.attending import Participation, participation
from sessions.ledgers.columns import LEDGER_COLUMNS
from sessions.ledgers.reading import LedgerRow, is_ledger, read_rows, table_problems
from sessions.ledgers.recorded import Identity, Records, differences, identity_of
from sessions.ledgers.roster import UnitRoster
from sessions.ledgers.source import Source, record_import
from sessions.ledgers.writing import write_sessions
from units.imports.report import ImportReport, ImportRun
from units.imports.roster import take_rosters
from units.imports.roster_columns import ROSTER_COLUMNS
from units.models import Unit
from units.spreadsheets.problems import Problem
from units.spreadsheets.reader import Sheet
from units.spreadsheets.tables import Table, find_table, no_table

Taken = tuple[LedgerRow, Participation]


class _Days(NamedTuple):
    """The year of sheets that name none, and the local day of the import."""

    year: int | None
    today: date


@dataclass(slots=True)
class LedgerReport(ImportReport):
    """Sessions read and created; ``roster`` is what came of the roster sheets, if taken along."""

    roster: ImportReport | None = None


def import_ledger(
    *,
    sheets: Iterable[Sheet],
    unit: Unit,
    run: ImportRun,
    year: int | None = None,
    with_roster: bool = False,
    roster_from: date | None = None,
    roster_until: date | None = None,
    source: Source | None = None,
) -> LedgerReport:
    """Take in a unit's ledger as submitted sessions, submitted on the local day of ``run.at``.

    ``year`` serves sheets that name none; ``with_roster`` takes the workbook's roster sheets in
    first, ``roster_from`` beginning terms that have no start and ``roster_until`` ending those
    that have no end. Everything happens in one transaction that stands only if every row is good,
    or if the run wants the good rows alone. ``source`` is the workbook, which stays on file with
    the sessions it gave. The same file a second time adds nothing: a session is known by unit,
    day, theme and form.
    """
    report = LedgerReport()
    ledgers, rosters = _sorted_sheets(list(sheets), report, with_roster=with_roster)
    with transaction.atomic():
        # Two imports of one unit follow each other, so that the second sees what the first wrote.
        Unit.objects.select_for_update().get(pk=unit.pk)
        if with_roster:
            report.roster = ImportReport()
            take_rosters(
                rosters,
                report.roster,
                unit=unit,
                default_start=roster_from,
                default_end=roster_until,
                run=run,
            )
            _take_over(report, report.roster)
        taken = _read(
            ledgers, report, UnitRoster(unit), _Days(year, timezone.localdate(run.at)), run
        )
        fresh = _not_on_record(taken, report, unit)
        report.created = len(fresh)
        report.settle(run, action="import_ledger", unit_code=unit.code)
        if report.written and fresh:
            taken_in = record_import(unit=unit, run=run, source=source)
            write_sessions(taken_in=taken_in, rows=fresh, at=run.at)
    return report


def _sorted_sheets(
    sheets: list[Sheet], report: LedgerReport, *, with_roster: bool
) -> tuple[list[Table], list[Table]]:
    """The ledgers and the rosters of a workbook; sheets that are neither are named as ignored."""
    ledgers: list[Table] = []
    rosters: list[Table] = []
    for sheet in sheets:
        ledger = find_table(sheet, LEDGER_COLUMNS)
        roster = find_table(sheet, ROSTER_COLUMNS)
        if ledger and is_ledger(ledger):
            ledgers.append(ledger)
        elif with_roster and roster and "name" in roster.columns:
            rosters.append(roster)
        elif sheet.rows:
            report.ignored_sheets.append(sheet.name)
    if not ledgers:
        report.problems.append(
            no_table(
                sheets,
                _("没有找到学习台账的表头。"),
                _("表头须在前 10 行内，至少有时间、主题、形式三列。"),
            )
        )
    return ledgers, rosters


def _take_over(report: LedgerReport, roster: ImportReport) -> None:
    report.problems.extend(roster.problems)
    report.warnings.extend(roster.warnings)
    report.notes.update(roster.notes)
    report.headers.update(roster.headers)


def _read(
    ledgers: list[Table], report: LedgerReport, roster: UnitRoster, days: _Days, run: ImportRun
) -> list[Taken]:
    """The good rows of all sheets; every problem of the others goes into the report."""
    taken: list[Taken] = []
    for table in ledgers:
        report.take(table)
        problems = [*table_problems(table)]
        report.problems.extend(problems)
        if problems or not table.is_complete:
            continue
        rows = run.followed(_("核对"), read_rows(table, days.year), len(table.sheet.rows))
        for _row, ledger, row_problems in rows:
            report.read += 1
            report.problems.extend(row_problems)
            if ledger is None:
                continue
            took_part, more = participation(ledger, roster.on(ledger.start))
            more = [*_ahead(ledger, days.today), *more]
            report.problems.extend(more)
            if not more:
                taken.append((ledger, took_part))
    return taken


def _ahead(ledger: LedgerRow, today: date) -> Iterator[Problem]:
    """A ledger tells what was done: a day still to come is a slip, or a plan."""
    if ledger.end > today:
        message = _("日期在今天（%(today)s）之后。") % {"today": today.isoformat()}
        yield ledger.row.problem("date", message, _("请核对日期；还没有进行的学习请列入计划。"))


def _not_on_record(taken: list[Taken], report: LedgerReport, unit: Unit) -> list[Taken]:
    """The rows that are new; those on record are counted, those that differ are problems."""
    claimed: dict[Identity, LedgerRow] = {}
    once: list[Taken] = []
    for ledger, took_part in taken:
        first = claimed.setdefault(identity_of(ledger), ledger)
        if first is ledger:
            once.append((ledger, took_part))
        else:
            message = _("与工作表“%(sheet)s”第 %(row)s 行是同一次学习（时间、主题、形式都相同）。")
            place = {"sheet": first.row.sheet, "row": first.row.number}
            report.problems.append(
                ledger.row.problem("theme", message % place, _("请删去重复的行。"))
            )
    records = Records(unit, {ledger.start for ledger, _took_part in once})
    fresh: list[Taken] = []
    for ledger, took_part in once:
        recorded = records.of(ledger, claimed)
        differing = differences(ledger, took_part, recorded) if recorded else []
        if differing:
            message = _("系统里已有这一天、这个主题的学习，但%(what)s不同。")
            report.problems.append(
                ledger.row.problem(
                    "theme", message % {"what": "、".join(differing)}, _("请在学习记录中更正。")
                )
            )
        elif recorded:
            report.unchanged += 1
            report.note(ledger.row.sheet, ledger.row.number, _("已存在"))
        else:
            fresh.append((ledger, took_part))
            report.note(ledger.row.sheet, ledger.row.number, _("可以导入"))
    return fresh
