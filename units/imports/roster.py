"""Rosters come in: people and their terms."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from units.imports.fields import RowReader
from units.imports.report import ImportReport, ImportRun, bad_rows
from units.imports.roster_columns import ROLE_WORDS, ROSTER_COLUMNS
from units.imports.roster_terms import PersonKey, Term, compared, on_record, without_portfolio
from units.models import Person, RosterEntry, Unit, UnitName
from units.roster.consequences import touched_by
from units.roster.terms import terms_of
from units.spreadsheets.problems import Problem
from units.spreadsheets.reader import Sheet
from units.spreadsheets.tables import Row, Table
from units.spreadsheets.texts import squeezed

_LIST_SIGNS = frozenset("、,;，；/")


def import_roster(
    *,
    sheets: Iterable[Sheet],
    run: ImportRun,
    unit: Unit | None = None,
    default_start: date | None = None,
) -> ImportReport:
    """Take in every roster table of a workbook, all or nothing unless the run says otherwise.

    ``unit`` is whose roster it is where the rows do not say; ``default_start`` begins terms that
    have no start. A row that is on the roster already counts as unchanged; one that differs from
    what is there is a problem, because a roster is corrected on its page, with its history.
    """
    report = ImportReport()
    tables = report.tables_among(
        sheets,
        ROSTER_COLUMNS,
        one_of=("name",),
        without=_("没有找到名册的表头。"),
        advice=_("表头须在前 10 行内，至少有“姓名”和“中心组职务”两列。"),
    )
    with transaction.atomic():
        take_rosters(tables, report, unit=unit, default_start=default_start, run=run)
        report.settle(run, action="import_roster", unit_code=unit.code if unit else "")
    return report


def take_rosters(
    tables: Iterable[Table],
    report: ImportReport,
    *,
    unit: Unit | None,
    default_start: date | None,
    default_end: date | None = None,
    run: ImportRun,
) -> None:
    """Write the good rows of the tables inside the caller's transaction; problems and counts go
    into ``report``, and the caller decides whether the transaction stands. For one unit alone,
    its records whose due members change go into the warnings. ``default_end`` ends the terms of
    an old roster that have no end."""
    before = terms_of(unit) if unit else ()
    units = _UnitsByWord(unit)
    terms: list[Term] = []
    for table in tables:
        report.take(table)
        if "name" not in table.columns:
            continue
        rows = run.followed(_("核对"), table.rows(), len(table.sheet.rows))
        for position, row in enumerate(rows, start=1):
            report.read += 1
            term, problems = _read(row, units, (default_start, default_end), position)
            report.problems.extend(problems)
            if term:
                terms.append(term)
    _write(terms, report)
    if unit:
        touched = touched_by(unit, before, terms_of(unit))
        report.warnings.extend(str(each) for each in touched)


class _UnitsByWord:
    """Units by code, full and short name; a word that names two units names none.

    Whose roster it is may be given; a row that names another unit is then a slip.
    """

    def __init__(self, only: Unit | None) -> None:
        self.only = only
        self.by_word: dict[str, Unit | None] = {}
        every = {unit.pk: unit for unit in Unit.objects.all()}
        for unit in every.values():
            self._add(unit.code, unit)
        for name in UnitName.objects.all():
            for word in {name.name, name.short_name}:
                self._add(word, every[name.unit_id])

    def _add(self, word: str, unit: Unit) -> None:
        key = squeezed(word)
        known = self.by_word.get(key, unit)
        self.by_word[key] = unit if known == unit else None

    def find(self, reader: RowReader) -> Unit | None:
        word = reader.text("unit", 100)
        if self.only:
            if self.by_word.get(squeezed(word), self.only) not in (self.only, None):
                message = _("这一行写的是“%(word)s”，不是正在导入的单位。")
                reader.refuse("unit", message % {"word": word}, _("请核对，或删去这一行。"))
            return self.only
        if not word:
            reader.refuse(
                "unit", _("没有写单位。"), _("请填单位编码，或在导入时指定单位（--unit）。")
            )
            return None
        unit = self.by_word.get(squeezed(word))
        if unit is None:
            message = (
                _("有两个单位都叫“%(word)s”。")
                if squeezed(word) in self.by_word
                else _("没有单位“%(word)s”。")
            )
            reader.refuse("unit", message % {"word": word}, _("请填单位编码。"))
        return unit


def _read(
    row: Row, units: _UnitsByWord, default: tuple[date | None, date | None], position: int
) -> tuple[Term | None, list[Problem]]:
    reader = RowReader(row)
    if reader.problems:
        return None, reader.problems
    unit = units.find(reader)
    name = reader.text("name", 60, required=True)
    bare = name.replace(" ", "") if not name.isascii() else name
    if _LIST_SIGNS & set(bare):
        reader.refuse("name", _("一格里有几个名字。"), _("请每人一行。"))
    role = reader.choice("role", ROLE_WORDS) or RosterEntry.Role.MEMBER
    start = reader.day("start")
    end = reader.day("end")
    if start is None and not row.has("start"):
        start = default[0]
        if start is None:
            reader.refuse(
                "start", _("没有填任职起的日期。"), _("请补上，或在导入时指定（--roster-from）。")
            )
    if end is None and not row.has("end"):
        end = default[1]
    if start and end and end <= start:
        reader.refuse("end", _("任职止不晚于任职起。"), _("请核对任期。"))
    rank = reader.count("rank")
    post = reader.text("post", 100)
    distinction = reader.text("distinction", 60)
    portfolio = reader.text("portfolio", 200)
    appointment_no = reader.text("appointment", 60)
    note = reader.text("note", 200)
    if reader.problems or unit is None or start is None:
        return None, reader.problems
    return Term(
        row=row,
        unit=unit,
        name=bare,
        distinction=distinction,
        role=role,
        post=post,
        rank_order=position if rank is None else rank,
        start=start,
        end=end,
        appointment_no=appointment_no,
        note=note,
        portfolio=portfolio,
        is_assumed=not row.has("start"),
    ), []


def _write(terms: list[Term], report: ImportReport) -> None:
    unit_ids = {term.unit.pk for term in terms}
    # Two imports of one roster follow each other, so that the second sees what the first wrote.
    list(Unit.objects.select_for_update().filter(pk__in=unit_ids).order_by("pk"))
    people, entries = on_record(unit_ids)
    fresh: list[Term] = []
    completed: list[RosterEntry] = []
    earlier: dict[PersonKey, list[Term]] = defaultdict(list)
    for term in terms:
        known, problem = compared(term, entries[term.person], earlier[term.person])
        earlier[term.person].append(term)
        if problem:
            report.problems.append(problem)
        elif known:
            report.unchanged += 1
            said = _("已存在")
            if entry := without_portfolio(term, entries[term.person]):
                entry.portfolio = term.portfolio
                completed.append(entry)
                said = _("已存在，补上分管工作")
            report.note(term.row.sheet, term.row.number, said)
        else:
            fresh.append(term)
            report.note(term.row.sheet, term.row.number, _("可以导入"))
    wrong = bad_rows(report.problems)
    fresh = [term for term in fresh if (term.row.sheet, term.row.number) not in wrong]
    missing = {term.person for term in fresh} - people.keys()
    for person in Person.objects.bulk_create(
        [Person(unit_id=key[0], name=key[1], distinction=key[2]) for key in sorted(missing)]
    ):
        people[(person.unit_id, person.name, person.distinction)] = person
    RosterEntry.objects.bulk_create(
        [
            RosterEntry(
                person=people[term.person],
                post=term.post,
                role=term.role,
                rank_order=term.rank_order,
                start_date=term.start,
                end_date=term.end,
                appointment_no=term.appointment_no,
                note=term.note,
                portfolio=term.portfolio,
            )
            for term in fresh
        ],
        batch_size=1000,
    )
    # Past `save` on purpose: no fact follows from what somebody is in charge of.
    RosterEntry.objects.bulk_update(completed, ["portfolio"], batch_size=1000)
    report.created += len(fresh)
